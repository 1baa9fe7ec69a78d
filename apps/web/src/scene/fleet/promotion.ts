import { POD_MARKS, type PodMark } from '@portolan/shared';
import { POD_MARK_CODES } from '../../layout/fleet/plan.ts';

/** How many codes of marks there are; a dimmed mark's code is that much higher. */
export const DIMMED = POD_MARK_CODES.length;

/**
 * Whether a pod must never be smaller than its silhouette: all that are neither well nor on their way there, and those that
 * leave.
 */
export function isPromoted(mark: PodMark): boolean {
  return mark === 'terminating' || !['ok', 'progressing'].includes(POD_MARKS[mark].health);
}

/** The same by code, dimmed or not. */
export const PROMOTED: readonly boolean[] = [...POD_MARK_CODES, ...POD_MARK_CODES].map(isPromoted);

/** How much worse one mark is than another, by code: what decides the tone of a tile's border. */
export const SEVERITY: readonly number[] = [...POD_MARK_CODES, ...POD_MARK_CODES].map(
  (mark) => ({ ready: 0, start: 0, gone: 1, warn: 2, fail: 3 })[POD_MARKS[mark].tone] * Number(isPromoted(mark)),
);
