import type { Random } from '@portolan/shared';
import { between } from '@portolan/shared';
import type { FaultRow, Params } from './fault-row.ts';
import { FAULT_TABLE } from './table.ts';

/** One fault of a run: when it begins and how long it lasts, in the clock's milliseconds since the run began. */
export interface Step {
  at: number;
  forMs: number;
  fault: string;
  params: Params;
}

const SPAN_MS = 90_000;

/** Four to nine faults, drawn by weight, in order of time; they may overlap. */
export function drawSchedule(random: Random, rows: readonly FaultRow[] = FAULT_TABLE): Step[] {
  const steps = Array.from({ length: between(random, 4, 9) }, () => {
    const row = drawRow(random, rows);
    return {
      at: between(random, 0, SPAN_MS),
      forMs: between(random, 1000, 35_000),
      fault: row.id,
      params: row.plan(random),
    };
  });
  return steps.sort((a, b) => a.at - b.at);
}

/** A schedule as it is printed, a line a step, each with the number that `--only` takes. */
export function scheduleInWords(steps: readonly Step[]): string {
  return steps
    .map(({ at, forMs, fault, params }, index) => {
      const told = Object.entries(params).map(([name, value]) => `${name}=${value}`);
      return `  ${index}  at ${(at / 1000).toFixed(1)} s for ${(forMs / 1000).toFixed(1)} s  ${[fault, ...told].join(' ')}`;
    })
    .join('\n');
}

function drawRow(random: Random, rows: readonly FaultRow[]): FaultRow {
  let left = random() * rows.reduce((sum, { weight }) => sum + weight, 0);
  for (const row of rows) {
    left -= row.weight;
    if (left < 0) return row;
  }
  throw new RangeError('there are no faults to draw from');
}
