import { seededRandom } from '@portolan/shared';
import { drawSchedule, type Step, scheduleInWords } from './faults/schedule.ts';
import { type Outcome, play, traitsOf } from './world/world.ts';

/** What to run: the seeds, how many worlds at once, and which steps of each schedule (all, when none are named). */
export interface Run {
  seeds: readonly number[];
  atOnce: number;
  only?: readonly number[];
  /** Told of each world as it ends. */
  ended?: (seed: number, outcome: Outcome) => void;
}

/** What came of many worlds. `failures` are told with their schedules and the way to play them again. */
export interface Report {
  failures: string[];
  worlds: number;
  faults: Map<string, { injected: number; met: number }>;
  counters: Map<string, number>;
  /** The longest that any world took to heal, in its clock's ms. */
  settledMs: number;
}

/** The schedule of a seed, or some steps of it. */
export function scheduleOf(seed: number, only: readonly number[] = []): Step[] {
  return drawSchedule(seededRandom(seed)).filter((_step, index) => only.length === 0 || only.includes(index));
}

/** Plays the worlds of many seeds, several at once in this process. */
export async function runSeeds({ seeds, atOnce, only = [], ended }: Run): Promise<Report> {
  const report: Report = { failures: [], worlds: 0, faults: new Map(), counters: new Map(), settledMs: 0 };
  const left = [...seeds];
  const worker = async () => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const outcome = await play(seed, scheduleOf(seed, only), traitsOf(seed));
      gather(report, outcome);
      if (outcome.problem !== null) report.failures.push(failure(seed, only, outcome.problem));
      ended?.(seed, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, seeds.length) }, worker));
  return report;
}

function failure(seed: number, only: readonly number[], problem: string): string {
  const steps = only.length === 0 ? '' : ` --only ${only.join(',')}`;
  return [
    `seed ${seed} (${JSON.stringify(traitsOf(seed))}): ${problem}`,
    scheduleInWords(scheduleOf(seed)),
    `  again: npm run lab -- --seed ${seed}${steps}`,
  ].join('\n');
}

function gather(report: Report, { faults, counters, settledMs }: Outcome): void {
  report.worlds++;
  report.settledMs = Math.max(report.settledMs, settledMs);
  for (const [name, { injected, met }] of faults) {
    const sum = report.faults.get(name) ?? { injected: 0, met: 0 };
    report.faults.set(name, { injected: sum.injected + injected, met: sum.met + met });
  }
  for (const [name, value] of counters) report.counters.set(name, (report.counters.get(name) ?? 0) + value);
}
