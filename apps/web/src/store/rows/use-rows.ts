import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { pagePace } from '../../stream/pace.ts';
import { useStore } from '../live.tsx';
import { RowFeed, type RowsShown } from './row-feed.ts';
import type { RowQuery } from './row-model.ts';

/**
 * The rows that are asked for, in step with the live graph; renders again once a frame in which a row changed. `query`
 * is compared by identity. Until other rows are whole, those asked for before are shown.
 */
export function useRows(query: RowQuery): RowsShown {
  const store = useStore();
  const feed = useMemo(() => new RowFeed(store, pagePace()), [store]);
  useLayoutEffect(() => feed.open(), [feed]);
  useLayoutEffect(() => feed.ask(query), [feed, query]);
  return useSyncExternalStore(feed.subscribe, () => feed.snapshot);
}
