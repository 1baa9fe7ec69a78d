import type { Source } from '@portolan/shared';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { StreamStatus } from '../stream/connection.ts';
import type { LiveStream } from '../stream/live-stream.ts';
import { onWake } from '../stream/wake.ts';
import type { LiveSnapshot, LiveStore } from './live-store.ts';
import { type SourceAge, sourceAge } from './source-age.ts';
import { type Staleness, stalenessOf } from './staleness.ts';

/** A cluster's stream and the store it fills. */
export interface Live {
  stream: LiveStream;
  store: LiveStore;
}

const Context = createContext<Live | null>(null);

/** Gives everything below it one cluster's live graph. */
export function LiveProvider({ value, children }: { value: Live; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

function useLiveContext(): Live {
  const live = use(Context);
  if (!live) throw new Error('no LiveProvider above this component');
  return live;
}

/**
 * A part of what is shown now; renders again only when it is another. `part` answers what is kept, not what it makes: the
 * same thing as long as nothing changed.
 */
export function useLivePart<T>(part: (snapshot: LiveSnapshot) => T): T {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, () => part(store.snapshot));
}

/** Whether the first snapshot is whole. */
export function useSynced(): boolean {
  return useLivePart(({ synced }) => synced);
}

/** What the server told of its sources; renders again when it tells anew. */
export function useToldSources(): readonly Source[] {
  return useLivePart(({ sources }) => sources);
}

/** How far the server's clock and the apiserver's are from this browser's, as `LiveSnapshot` says. */
export function useClockOffsets(): { offset: number; skew: number } {
  const offset = useLivePart((snapshot) => snapshot.offset);
  const skew = useLivePart((snapshot) => snapshot.skew);
  return { offset, skew };
}

/** The store itself, for what follows it by itself. */
export function useStore(): LiveStore {
  return useLiveContext().store;
}

/** The stream's status; renders again when it changes. */
export function useConnection(): StreamStatus {
  const { stream } = useLiveContext();
  return useSyncExternalStore(stream.subscribe, () => stream.status);
}

/** The stream itself, for what only it can answer or do. */
export function useStream(): LiveStream {
  return useLiveContext().stream;
}

/** This browser's clock in epoch milliseconds, read again every `milliseconds`, and at once when the page wakes. */
export function useNow(milliseconds: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const read = () => setNow(Date.now());
    const timer = setInterval(read, milliseconds);
    const stopWaking = onWake(read);
    return () => {
      stopWaking();
      clearInterval(timer);
    };
  }, [milliseconds]);
  return now;
}

/** How fresh each kind is, measured on the server's clock; `now` is this browser's. */
export function useSources(now: number): SourceAge[] {
  const sources = useToldSources();
  const told = useLivePart((snapshot) => snapshot.told);
  const { offset } = useClockOffsets();
  const { connection, silentSince } = useConnection();
  const { heard } = useStream();
  const server = {
    now: now + offset,
    told,
    heard: heard === null ? null : heard + offset,
    streaming: connection.state === 'live' && silentSince === null,
  };
  return sources.map((source) => sourceAge(source, server));
}

/** Why the picture is not current at `now`, or null when it is. */
export function useStaleness(now: number): Staleness | null {
  const sources = useToldSources();
  const { offset } = useClockOffsets();
  const status = useConnection();
  const { heard } = useStream();
  return stalenessOf({ status, heard, sources, ages: useSources(now), offset, now });
}
