import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { pagePace } from '../stream/pace.ts';
import { pageClock } from '../stream/ports.ts';
import { type Kept, KeptFeed } from './kept-feed.ts';
import { useStore } from './live.tsx';

const never = () => () => undefined;
const NOTHING = { kept: null };

/**
 * What `make` makes, in step with the live graph; `kept` is null until it is whole. Renders again, with a new object, when
 * what there is to tell changed, four times a second at most. `make` is compared by identity.
 */
export function useKept<T extends Kept>(make: () => T): { readonly kept: T | null } {
  const store = useStore();
  const [feed, setFeed] = useState<KeptFeed<T> | null>(null);
  useLayoutEffect(() => {
    const made = new KeptFeed({ followed: store, pace: pagePace(), clock: pageClock, make });
    const close = made.open();
    setFeed(made);
    return () => {
      close();
      setFeed(null);
    };
  }, [store, make]);
  return useSyncExternalStore(feed?.subscribe ?? never, () => feed?.snapshot ?? NOTHING);
}
