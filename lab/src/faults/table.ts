import { ANSWER_ROWS } from './answer-rows.ts';
import type { FaultRow } from './fault-row.ts';
import { LINE_ROWS } from './line-rows.ts';
import { networkRows } from './network-rows.ts';
import { WORLD_ROWS } from './world-rows.ts';

/** The one table of faults. */
export const FAULT_TABLE: readonly FaultRow[] = [
  ...networkRows('api'),
  ...networkRows('page'),
  ...ANSWER_ROWS,
  ...LINE_ROWS,
  ...WORLD_ROWS,
];

/** The row of one fault; throws for one that is not in the table. */
export function faultRow(id: string): FaultRow {
  const row = FAULT_TABLE.find((one) => one.id === id);
  if (row === undefined)
    throw new RangeError(`there is no fault "${id}"; there are ${FAULT_TABLE.map((one) => one.id).join(', ')}`);
  return row;
}
