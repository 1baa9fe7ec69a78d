import { headlineText, type Tone, type Verdict } from '@portolan/shared';
import type { I18n } from '../../i18n/i18n.tsx';
import type { SourceAge } from '../../store/source-age.ts';
import type { GlyphName } from '../glyph.tsx';

/** What the wall says in one word and one sentence. */
export interface WallTruth {
  word: 'healthy' | 'degraded' | 'critical' | 'unknown';
  glyph: GlyphName;
  tone: Tone;
  sentence: string;
}

/** What the truth depends on. `verdict` is null before the first picture. `behind` is how long the stream has not been live, in milliseconds; null while it is. */
export interface WallInput {
  verdict: Verdict | null;
  behind: number | null;
  ages: readonly SourceAge[];
}

/** A picture that has been behind for longer than this is no ground for a verdict. */
const LIMIT = 15_000;

const WORDS = {
  Healthy: { word: 'healthy', glyph: 'ok' },
  Degraded: { word: 'degraded', glyph: 'warn' },
  Critical: { word: 'critical', glyph: 'fail' },
  Unknown: { word: 'unknown', glyph: 'unknown' },
} as const;

/** The verdict, unless what it rests on is old: then it is unknown, and the sentence says how old. */
export function wallTruth({ verdict, behind, ages }: WallInput, { text, format, language }: I18n): WallTruth {
  const unknown = (sentence: string): WallTruth => ({ ...WORDS.Unknown, tone: 'gone', sentence });
  if (verdict === null) return unknown(text.wallWaiting);
  if (behind !== null && behind > LIMIT) return unknown(text.wallLost(format.freshness(behind)));
  const old = ages.filter(({ kind, state }) => state === 'stale' && (kind === 'Node' || kind === 'Pod'));
  if (old.length > 0) {
    const kinds = old.map(({ kind }) => kind).join(', ');
    return unknown(text.wallSourcesOld(kinds, format.freshness(Math.max(...old.map(({ age }) => age)))));
  }
  const unseen = ages.filter(
    ({ kind, state }) => state !== 'live' && state !== 'stale' && (kind === 'Node' || kind === 'Pod'),
  );
  if (unseen.length > 0) return unknown(text.wallUnseen(unseen.map(({ kind }) => kind).join(', ')));
  const { word, tone, reason } = verdict;
  return { ...WORDS[word], tone, sentence: headlineText(reason, language) };
}
