import { existsSync, readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process says of itself. Bytes once its garbage is collected, CPU in microseconds, delays in milliseconds. */
export interface Reading {
  heap: number;
  external: number;
  arrayBuffers: number;
  rss: number;
  cpu: number;
  /** Open files and sockets, by Linux; 0 elsewhere. A socket that is full keeps no loop alive, but stays open. */
  descriptors: number;
  /** What keeps the event loop alive, by Node's names (`Timeout`, `TCPSocketWrap`, …). */
  resources: Record<string, number>;
  /**
   * How late the event loop was since the last reading; `own` is the most of a processor that it used while nothing else had
   * a turn, which no other program lengthens.
   */
  delay: { p50: number; p99: number; max: number; own: number };
}

/** What a probe is asked: a reading, with the garbage collected first or left alone, or a snapshot of the heap. */
export type Question = { id: number; collect: boolean } | { id: number; snapshot: string };

// Loaded before the program (`node --import`), it answers its parent over the IPC channel and keeps nothing alive.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const DESCRIPTORS = '/proc/self/fd';
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const TICK_MS = 5;
let own = 0;
let used = 0;
setInterval(() => {
  const { user, system } = process.threadCpuUsage();
  own = Math.max(own, (user + system) / 1000 - used);
  used = (user + system) / 1000;
}, TICK_MS).unref();

function read(collect: boolean): Reading {
  const lateness = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, own };
  if (collect) {
    collectGarbage();
    collectGarbage();
  }
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const descriptors = existsSync(DESCRIPTORS) ? readdirSync(DESCRIPTORS).length : 0;
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  // A collection stops the world: it is the bench's doing, and not to be counted as the program's.
  setTimeout(() => {
    delay.reset();
    own = 0;
  }, 4 * TICK_MS).unref();
  return { heap: heapUsed, external, arrayBuffers, rss, cpu: user + system, descriptors, resources, delay: lateness };
}

process.on('message', (question: Question | { ask: unknown }) => {
  // What is asked of the program itself is not the probe's.
  if ('ask' in question) return;
  const answer = 'snapshot' in question ? writeHeapSnapshot(question.snapshot) : read(question.collect);
  process.send?.({ id: question.id, answer });
});
process.channel?.unref();
