import type { Tone } from '@portolan/shared';

/** The class that colours a glyph, by tone. */
export const GLYPH_TONE: Record<Tone, string> = {
  ready: 'text-ready',
  start: 'text-start',
  warn: 'text-warn',
  fail: 'text-fail',
  gone: 'text-gone',
};

/** The class that colours text, by tone. */
export const TEXT_TONE: Record<Tone, string> = {
  ready: 'text-ready-t',
  start: 'text-start-t',
  warn: 'text-warn-t',
  fail: 'text-fail-t',
  gone: 'text-gone-t',
};
