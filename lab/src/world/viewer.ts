import { type Entity, KINDS } from '@portolan/shared';
import { LiveStore } from '../../../apps/web/src/store/live-store.ts';
import { type SourceAge, sourceAge } from '../../../apps/web/src/store/source-age.ts';
import { type Staleness, stalenessOf } from '../../../apps/web/src/store/staleness.ts';
import { LiveStream } from '../../../apps/web/src/stream/live-stream.ts';
import type { Tab } from '../faults/fault-row.ts';
import type { ScaledClock } from '../scaled-clock.ts';
import type { Shown } from '../truth/compare-truth.ts';
import { type OpenSource, openEventSource, type Reading } from './event-source.ts';

const FRAME_MS = 16;
/** The page's own (`probeServer`). */
const PATIENCE_MS = 1800;

/** A browser's tab without its screen: the page's own stream and store, over a socket that can be left unread. */
export class Viewer implements Tab {
  readonly name: string;
  readonly scope: Shown;
  readonly stream: LiveStream;
  readonly store: LiveStore;
  readonly #clock: ScaledClock;
  readonly #reading: Reading;
  #open: OpenSource | null = null;
  /** Streams that were opened; messages by name. */
  readonly counters = new Map<string, number>();
  /** What is due while the tab sleeps. */
  #asleep: (() => void)[] | null = null;

  constructor(name: string, base: string, scope: Shown, byHeader: boolean, clock: ScaledClock) {
    this.name = name;
    this.scope = scope;
    this.#clock = clock;
    this.#reading = { frozen: false, lingerMs: 0, byHeader, compressed: true };
    const after = (ms: number, run: () => void) => {
      let cancelled = false;
      const due = () => {
        if (cancelled) return;
        if (this.#asleep === null) run();
        else this.#asleep.push(due);
      };
      const cancel = clock.after(ms, due);
      return () => {
        cancelled = true;
        cancel();
      };
    };
    this.store = new LiveStore({ frame: (run) => after(FRAME_MS, run), now: clock.now });
    const query = new URLSearchParams([
      ...scope.namespaces.map((one) => ['namespace', one]),
      ...scope.kinds.map((one) => ['kind', one]),
    ]).toString();
    this.stream = new LiveStream({
      url: `${base}/stream${query === '' ? '' : `?${query}`}`,
      clock: { ...clock, after },
      random: clock.random,
      sink: this.store,
      probe: () => this.#probe(new URL('/healthz', base)),
      transport: (url, handlers) => {
        this.#count('opened');
        const open = openEventSource(url, this.#reading, clock, {
          ...handlers,
          message: (event, data, id) => {
            this.#count(event);
            handlers.message(event, data, id);
          },
        });
        this.#open = open;
        return () => open.close();
      },
    });
  }

  freeze(): () => void {
    this.#reading.frozen = true;
    this.#open?.changed();
    return () => {
      this.#reading.frozen = false;
      this.#open?.changed();
    };
  }

  sleep(): () => void {
    const thaw = this.freeze();
    this.#asleep = [];
    return () => {
      const due = this.#asleep ?? [];
      this.#asleep = null;
      // The page hears of it before its timers, and before what came meanwhile.
      this.stream.wake();
      for (const run of due) run();
      thaw();
    };
  }

  recompress(): void {
    this.#reading.compressed = !this.#reading.compressed;
  }

  linger(ms: number): void {
    this.#reading.lingerMs = ms;
  }

  /** What it shows. */
  entities(): Entity[] {
    const { graph } = this.store.snapshot;
    return KINDS.flatMap((kind): Entity[] => [...graph.all(kind)]);
  }

  /** How fresh it calls each kind. */
  ages(): SourceAge[] {
    const { sources, told, offset } = this.store.snapshot;
    const { heard, status } = this.stream;
    const streaming = status.connection.state === 'live' && status.silentSince === null;
    const server = { now: this.#clock.now() + offset, told, heard: heard === null ? null : heard + offset, streaming };
    return sources.map((source) => sourceAge(source, server));
  }

  /** Why it calls its picture old, or null when it calls it current. */
  staleness(): Staleness | null {
    const { sources, offset } = this.store.snapshot;
    const { status, heard } = this.stream;
    return stalenessOf({ status, heard, sources, ages: this.ages(), offset, now: this.#clock.now() });
  }

  /** As the page asks, on its clock: is the server there at all? */
  async #probe(url: URL): Promise<boolean> {
    const late = new AbortController();
    const cancel = this.#clock.after(PATIENCE_MS, () => late.abort());
    const answered = await fetch(url, { signal: late.signal }).then(
      () => true,
      () => false,
    );
    cancel();
    return answered;
  }

  #count(what: string): void {
    this.counters.set(what, (this.counters.get(what) ?? 0) + 1);
  }
}
