import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Family, family } from './prometheus.ts';

const single = (name: string, help: string, value: number) => family(name, help, [{ labels: {}, value }]);

/** Numbers of this process: memory, time, what it holds open, and how late its event loop has been since they were last asked for. */
export class ProcessMetrics {
  #delay = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.#delay.enable();
  }

  families(): Family[] {
    const memory = process.memoryUsage();
    const usage = process.cpuUsage();
    const open = Map.groupBy(process.getActiveResourcesInfo(), (type) => type);
    const delay = { p50: this.#delay.percentile(50), p99: this.#delay.percentile(99), max: this.#delay.max };
    this.#delay.reset();
    return [
      single('process_resident_memory_bytes', 'Memory in use.', memory.rss),
      single('process_cpu_seconds_total', 'Time spent on processors.', (usage.user + usage.system) / 1e6),
      single('process_start_time_seconds', 'When it began.', Date.now() / 1000 - process.uptime()),
      single('nodejs_heap_used_bytes', "V8's heap in use.", memory.heapUsed),
      single('nodejs_heap_total_bytes', "V8's heap.", memory.heapTotal),
      single('nodejs_external_memory_bytes', 'Memory outside the heap that objects hold.', memory.external),
      family(
        'nodejs_active_resources',
        'What keeps the event loop alive, by type: sockets, timers, requests.',
        [...open].map(([type, all]) => ({ labels: { type }, value: all.length })),
      ),
      family(
        'nodejs_eventloop_delay_seconds',
        'How late the event loop was since the last scrape.',
        // A histogram without a sample tells NaN, or the largest number, for its extremes.
        Object.entries(delay).flatMap(([quantile, ns]) =>
          Number.isFinite(ns) && ns < 1e15 ? [{ labels: { quantile }, value: ns / 1e9 }] : [],
        ),
      ),
    ];
  }
}
