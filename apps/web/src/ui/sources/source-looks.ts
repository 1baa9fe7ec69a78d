import type { SourceState, Tone } from '@portolan/shared';
import type { SourceAge } from '../../store/source-age.ts';
import type { GlyphName } from '../../views/glyph.tsx';

/** How a source looks beside the words for its state. */
export interface SourceLook {
  glyph: GlyphName;
  tone: Tone;
}

const LOOKS: Record<SourceState, SourceLook> = {
  idle: { glyph: 'pending', tone: 'start' },
  syncing: { glyph: 'creating', tone: 'start' },
  live: { glyph: 'live', tone: 'ready' },
  resuming: { glyph: 'stale', tone: 'warn' },
  backoff: { glyph: 'fail', tone: 'fail' },
  authFailed: { glyph: 'fail', tone: 'fail' },
  forbidden: { glyph: 'unknown', tone: 'gone' },
  absent: { glyph: 'unknown', tone: 'gone' },
  stopped: { glyph: 'unknown', tone: 'gone' },
};

/** The look of a source; one that was live and has not been confirmed for too long looks old. */
export function sourceLook(state: SourceState, age: SourceAge['state']): SourceLook {
  return state === 'live' && age === 'stale' ? LOOKS.resuming : LOOKS[state];
}
