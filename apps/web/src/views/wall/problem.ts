import type { Tone } from '@portolan/shared';
import type { GlyphName } from '../glyph.tsx';

/**
 * One thing that is wrong, with everything alike gathered into it. `what` is the cluster's own word for it, `who` the
 * name it is said of, and `others` how many more names share it. `since` is epoch milliseconds, null when nothing tells.
 */
export interface Problem {
  key: string;
  glyph: GlyphName;
  tone: Extract<Tone, 'fail' | 'warn' | 'gone'>;
  who: string;
  others: number;
  what: string;
  pods: number;
  nodes: number;
  since: number | null;
}

const SEVERITY = { fail: 0, warn: 1, gone: 2 };

/** The worst first: failing before degraded, then what touches more pods. */
export function byWorst(a: Problem, b: Problem): number {
  return SEVERITY[a.tone] - SEVERITY[b.tone] || b.pods - a.pods || (a.key < b.key ? -1 : 1);
}
