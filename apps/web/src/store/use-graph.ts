import type { Graph } from '@portolan/shared';
import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { pageClock } from '../stream/ports.ts';
import type { Concern } from './concern.ts';
import { GraphPulse } from './graph-pulse.ts';
import { useStore } from './live.tsx';

/**
 * The graph that is shown, in an object that is new whenever it changed in what concerns: renders again at once in quiet,
 * and then four times a second at most. `concern` is compared by identity.
 */
export function useGraph(concern: Concern): { readonly graph: Graph } {
  const store = useStore();
  const pulse = useMemo(() => new GraphPulse({ followed: store, clock: pageClock, concern }), [store, concern]);
  useLayoutEffect(() => pulse.open(), [pulse]);
  return useSyncExternalStore(pulse.subscribe, () => pulse.snapshot);
}
