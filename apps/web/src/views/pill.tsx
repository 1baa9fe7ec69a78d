import type { Tone } from '@portolan/shared';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';

const PILLS: Record<Tone, string> = {
  ready: 'bg-ready-bg text-ready-t',
  start: 'bg-start-bg text-start-t',
  warn: 'bg-warn-bg text-warn-t',
  fail: 'bg-fail-bg text-fail-t',
  gone: 'bg-gone-bg text-gone-t',
};

/** A state in words with its silhouette. */
export function Pill({ tone, glyph, children }: { tone: Tone; glyph?: GlyphName; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-6 max-w-full items-center gap-1.5 rounded-full ${glyph ? 'pr-2 pl-1.5' : 'px-2'} text-12 ${PILLS[tone]}`}
    >
      {glyph && <Glyph name={glyph} className="size-3.5" />}
      <span className="truncate">{children}</span>
    </span>
  );
}
