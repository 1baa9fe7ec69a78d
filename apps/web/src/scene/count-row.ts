import type { PodEntity, PodMark } from '@portolan/shared';
import type { Context } from './context.ts';
import { countMarks } from './pod-facts.ts';
import type { Part } from './shape.ts';

/** From a glyph to its number, and from a number to the next glyph. */
const GLYPH = 16;
const GAP = 8;

/**
 * Pods counted by glyph in one line, "▣ 3 ready ▢ 1 ⍁ 1", within `room` pixels from `x`. Where it is tight the word
 * goes first, then the marks that tell the least; those in trouble are the last to go. `end` is where the line ends,
 * and `all` whether nothing was left out.
 */
export function countRow(
  pods: readonly PodEntity[],
  { x, y, room }: { x: number; y: number; room: number },
  { text, texts, measure }: Context,
): { parts: Part[]; end: number; all: boolean } {
  const counts = countMarks(pods);
  const entries = counts.map((row) => ({
    ...row,
    words: row.mark === 'ready' ? texts.readyCount(row.count) : `${row.count}`,
  }));
  const width = (rows: { words: string }[]) =>
    rows.reduce((sum, { words }) => sum + GLYPH + measure(words, 'meta') + GAP, -GAP);
  if (width(entries) > room) for (const entry of entries) entry.words = String(entry.count);
  let kept = entries;
  while (kept.length > 1 && width(kept) > room) {
    const least = kept.reduce((worst, row) => (telling(row.mark) < telling(worst.mark) ? row : worst));
    kept = kept.filter((row) => row !== least);
  }
  let at = x;
  const parts = kept.flatMap(({ mark, tone, words }): Part[] => {
    const left = at;
    at += GLYPH + measure(words, 'meta') + GAP;
    return [
      { type: 'glyph', key: `mark ${mark}`, x: left, y: y - 11, size: 12, glyph: mark, ink: tone },
      text(`count ${mark}`, words, { x: left + GLYPH, y, ink: 't2' }),
    ];
  });
  return { parts, end: at - GAP, all: kept.length === counts.length };
}

const BY_TELLING: readonly PodMark[] = [
  'completed',
  'unknown',
  'pending',
  'terminating',
  'creating',
  'ready',
  'notready',
];

/** How much a mark tells: failures the most. */
function telling(mark: PodMark): number {
  const at = BY_TELLING.indexOf(mark);
  return at < 0 ? BY_TELLING.length : at;
}
