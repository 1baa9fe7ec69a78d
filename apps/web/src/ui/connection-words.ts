import type { Tone } from '@portolan/shared';
import type { I18n } from '../i18n/i18n.tsx';
import type { StreamStatus } from '../stream/connection.ts';
import type { GlyphName } from '../views/glyph.tsx';

/** The connection as the top bar says it: a silhouette, a word, and a number where there is one. */
export interface ConnectionWords {
  glyph: GlyphName;
  tone: Tone;
  word: string;
  detail: string | null;
}

/** A live connection that has said nothing for this long is not called live: the server speaks every 15 s. */
const QUIET = 20_000;

/** What the indicator says at `now`, given when the last message came. */
export function connectionWords(
  { connection, behindSince, silentSince, problem }: StreamStatus,
  heard: number | null,
  now: number,
  { text, format }: I18n,
): ConnectionWords {
  if (silentSince !== null) {
    return { glyph: 'fail', tone: 'fail', word: text.silent(format.freshness(now - silentSince)), detail: null };
  }
  switch (connection.state) {
    case 'connecting': {
      const again = heard !== null || (behindSince !== null && connection.since - behindSince > 0);
      return { glyph: 'stale', tone: 'warn', word: again ? text.reconnecting : text.connecting, detail: null };
    }
    case 'syncing': {
      const { received, expected } = connection;
      const detail = expected === 0 ? null : `${format.number(received)} / ${format.number(expected)}`;
      return { glyph: 'creating', tone: 'start', word: text.receiving, detail };
    }
    case 'live': {
      const age = now - (heard ?? connection.since);
      if (age > QUIET) return { glyph: 'stale', tone: 'warn', word: text.heard(format.freshness(age)), detail: null };
      return { glyph: 'live', tone: 'ready', word: text.live, detail: format.freshness(age) };
    }
    case 'waiting':
      return {
        glyph: 'fail',
        tone: 'fail',
        word: text.lostNext(format.wait(connection.retryAt - now)),
        detail: connection.reason === 'refused' ? problem : null,
      };
    case 'stopped':
      return {
        glyph: 'fail',
        tone: 'fail',
        word: connection.reason === 'protocol' ? text.stoppedProtocol : text.stopped,
        detail: null,
      };
  }
}
