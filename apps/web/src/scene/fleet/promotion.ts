import { POD_MARKS, type PodMark } from '@portolan/shared';
import { POD_MARK_CODES } from '../../layout/fleet/plan.ts';

/** How many codes of marks there are; a dimmed mark's code is that much higher. */
export const DIMMED = POD_MARK_CODES.length;
/** By how much the code is higher of a mark that a filter lights alone, so that it is to be found from afar. */
export const SOUGHT = 2 * DIMMED;

/** Whether a code is that of a dimmed mark. */
export function isDimmed(code: number): boolean {
  return code >= DIMMED && code < SOUGHT;
}

/**
 * Whether a pod must never be smaller than its silhouette: all that are neither well nor on their way there, and those that
 * leave.
 */
export function isPromoted(mark: PodMark): boolean {
  return mark === 'terminating' || !['ok', 'progressing'].includes(POD_MARKS[mark].health);
}

/** The same by code, dimmed or not; all that are sought are, but for those that are ready. */
export const PROMOTED: readonly boolean[] = [
  ...[...POD_MARK_CODES, ...POD_MARK_CODES].map(isPromoted),
  ...POD_MARK_CODES.map((mark) => mark !== 'ready'),
];

const SEVERITIES = POD_MARK_CODES.map(
  (mark) => ({ ready: 0, start: 0, gone: 1, warn: 2, fail: 3 })[POD_MARKS[mark].tone] * Number(isPromoted(mark)),
);

/** How much worse one mark is than another, by code: what decides the tone of a tile's border. A dimmed one has no say. */
export const SEVERITY: readonly number[] = [...SEVERITIES, ...SEVERITIES.map(() => 0), ...SEVERITIES];
