import type { PodMark } from '@portolan/shared';
import { POD_MARK_CODES } from './plan.ts';

/** The number of each pod mark: its index in `POD_MARK_CODES`. */
export const CODE_OF_MARK = Object.fromEntries(POD_MARK_CODES.map((mark, code) => [mark, code])) as Record<
  PodMark,
  number
>;

const TROUBLES: ReadonlySet<PodMark> = new Set(['notready', 'fail', 'pull', 'terminating', 'unknown']);

/** By the number of a mark: 1 for what a mark too small to show its silhouette may not be, failing or draining. */
export const IS_TROUBLE: Uint8Array = Uint8Array.from(POD_MARK_CODES, (mark) => (TROUBLES.has(mark) ? 1 : 0));
