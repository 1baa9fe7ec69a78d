import type { ReactNode } from 'react';
import { useNow, useSources, useStaleness } from '../../store/live.tsx';

/** How long the picture may be behind before it loses its colours, in milliseconds. */
const FADE = 15_000;

const OUTLINES = {
  server: 'outline-2 outline-fail -outline-offset-2',
  protocol: 'outline-2 outline-fail -outline-offset-2',
  sources: 'outline-2 outline-warn outline-dashed -outline-offset-2',
};

/** Old data looks old: a frame around the picture that says how true it is. */
export function FleetFrame({ children }: { children: ReactNode }) {
  const now = useNow(1_000);
  const staleness = useStaleness(now);
  const faded = staleness?.what === 'server' && now - staleness.asOf > FADE;
  const old = useSources(now).flatMap(({ kind, state }) => (state === 'stale' ? kind : []));
  return (
    <div
      data-stale={old.join(' ')}
      className={`relative min-h-0 flex-1 ${staleness ? OUTLINES[staleness.what] : ''} ${faded ? 'desaturated' : ''}`}
    >
      {children}
    </div>
  );
}
