import { type Kind, type MessageName, project, type Source, type SourceState } from '@portolan/shared';
import { ChangeLog } from '../log/change-log.ts';
import { EntityStore } from '../store/entity-store.ts';
import { Hub, type Subscription } from '../stream/hub.ts';
import type { Outlet, Session } from '../stream/session.ts';
import type { StreamSource } from '../stream/stream-source.ts';
import { FakeClock } from './fake-clock.ts';
import { namespaceObject, podObject } from './objects.ts';
import { type ReadMessage, StreamReader } from './stream-reader.ts';

/** A viewer: a socket that may be full, and everything that came through it, decoded and held to the protocol. */
export class Viewer extends StreamReader implements Outlet {
  readonly chunks: Buffer[] = [];
  full = false;
  unsent = 0;
  ended = false;
  destroyed = false;

  write(bytes: Buffer): boolean {
    this.chunks.push(bytes);
    for (const block of bytes.toString('utf8').split('\n\n')) if (block !== '') this.take(block);
    return !this.full;
  }

  end(bytes: Buffer): void {
    this.write(bytes);
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
  }

  events(): MessageName[] {
    return this.received.map((one) => one.event);
  }

  override last<N extends MessageName>(event: N): ReadMessage<N> {
    const found = super.last(event);
    if (found === undefined) throw new Error(`no ${event} came`);
    return found;
  }

  names(): string[] {
    return [...this.held.values()].map(({ name, version }) => `${name}@${version}`).sort();
  }
}

/** What a fresh viewer of everything asks for. */
export const everything: Subscription = { scope: { namespaces: [], kinds: [] }, from: null };

/** Numbers from 0 below `sides`, the same for the same seed. */
export function diceOf(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % sides;
  };
}

/** A hub on a fake clock, over a real log and a real store; every source is in the state `state`. */
export class HubRoom {
  readonly clock = new FakeClock();
  readonly log = new ChangeLog('epoch', 2000);
  readonly store = new EntityStore(
    (steps) => {
      this.log.append(steps);
      this.hub.stepped();
    },
    (steps) => {
      this.log.leap(steps);
      this.hub.leapt();
    },
  );
  readonly hub: Hub;
  state: SourceState = 'live';
  /** How long it takes to look at one source. */
  askingMs = 0;

  readonly source: StreamSource;

  constructor() {
    const { log, store } = this;
    this.source = {
      cluster: 'test',
      get epoch() {
        return log.epoch;
      },
      get seq() {
        return log.seq;
      },
      entities: (kind) => store.entities(kind),
      tallies: (kind) => store.tallies(kind),
      after: (seq, limit) => log.after(seq, limit),
      sources: () => [this.#sourceOf('Pod'), this.#sourceOf('Node')],
      skewMs: null,
    };
    this.hub = new Hub(this.source, 'build', this.clock);
  }

  putPod(name: string, version: string, namespace = 'default'): void {
    this.store.kind('Pod').upsert(project('Pod', podObject(name, version, namespace)));
  }

  /** So many pods, read at once. */
  listPods(count: number): void {
    const pods = Array.from({ length: count }, (_, i) => project('Pod', podObject(`p${i}`, String(i + 1))));
    this.store.kind('Pod').replace(pods);
  }

  dropPod(name: string, namespace = 'default'): void {
    this.store.kind('Pod').remove(`uid-${namespace}-${name}`);
  }

  putNamespace(name: string, version: string): void {
    this.store.kind('Namespace').upsert(project('Namespace', namespaceObject(name, version)));
  }

  join(subscription: Partial<Subscription> = {}, full = false): { viewer: Viewer; session: Session } {
    const viewer = new Viewer();
    viewer.full = full;
    return { viewer, session: this.hub.open({ ...everything, ...subscription }, viewer) };
  }

  #sourceOf(kind: Kind): Source {
    this.clock.work(this.askingMs);
    return {
      kind,
      state: this.state,
      objects: 0,
      since: 0,
      heard: null,
      current: this.state === 'live' ? this.clock.now() : null,
      problem: null,
      retryAt: null,
      reading: null,
    };
  }
}
