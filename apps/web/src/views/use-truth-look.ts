import { useNow, useSources, useStaleness } from '../store/live.tsx';
import type { Staleness } from '../store/staleness.ts';

/** How long the picture may be behind before it loses its colours, in milliseconds. */
const FADE = 15_000;

const OUTLINES = {
  server: 'outline-2 outline-fail -outline-offset-2',
  protocol: 'outline-2 outline-fail -outline-offset-2',
  sources: 'outline-2 outline-warn outline-dashed -outline-offset-2',
};

/** How true the picture is, and how that looks. */
export interface TruthLook {
  /** This browser's clock in epoch milliseconds, read once a second. */
  now: number;
  /** Null while the picture is current. */
  staleness: Staleness | null;
  /** The classes of a frame around the picture. */
  outline: string;
  /** The class of the picture itself: old data looks old. */
  fade: string;
  /** The kinds that are not current, parted by spaces. */
  old: string;
}

/** How true the picture is, once a second. */
export function useTruthLook(): TruthLook {
  const now = useNow(1_000);
  const staleness = useStaleness(now);
  const old = useSources(now).flatMap(({ kind, state }) => (state === 'stale' ? kind : []));
  return {
    now,
    staleness,
    outline: staleness ? OUTLINES[staleness.what] : '',
    fade: staleness?.what === 'server' && now - staleness.asOf > FADE ? 'desaturated' : '',
    old: old.join(' '),
  };
}
