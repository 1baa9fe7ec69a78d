import { type Kind, type MessageName, project, type Source, type SourceState } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChangeLog } from '../log/change-log.ts';
import { EntityStore } from '../store/entity-store.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { namespaceObject, podObject } from '../testing/objects.ts';
import { type ReadMessage, StreamReader } from '../testing/stream-reader.ts';
import { HEARTBEAT_MS, Hub, type Subscription } from './hub.ts';
import type { Outlet, Session } from './session.ts';

/** A viewer: a socket that may be full, and everything that came through it, decoded and held to the protocol. */
class Viewer extends StreamReader implements Outlet {
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

let clock: FakeClock;
let log: ChangeLog;
let store: EntityStore;
let hub: Hub;
let state: SourceState;

const sourceOf = (kind: Kind): Source => ({
  kind,
  state,
  objects: 0,
  since: 0,
  heard: null,
  current: null,
  problem: null,
  retryAt: null,
  reading: null,
});

beforeEach(() => {
  clock = new FakeClock();
  state = 'live';
  log = new ChangeLog('epoch', 2000);
  store = new EntityStore((steps) => {
    log.append(steps);
    hub.stepped(steps);
  });
  hub = new Hub(
    {
      cluster: 'test',
      get epoch() {
        return log.epoch;
      },
      get seq() {
        return log.seq;
      },
      entities: (kind) => store.entities(kind),
      after: (seq, limit) => log.after(seq, limit),
      sources: () => [sourceOf('Pod'), sourceOf('Node')],
      skewMs: null,
    },
    'build',
    clock,
  );
});

const everything: Subscription = { scope: { namespaces: [], kinds: [] }, from: null };
const putPod = (name: string, version: string, namespace = 'default') =>
  store.kind('Pod').upsert(project('Pod', podObject(name, version, namespace)));
const putNamespace = (name: string, version: string) =>
  store.kind('Namespace').upsert(project('Namespace', namespaceObject(name, version)));

function join(subscription: Partial<Subscription> = {}, full = false): { viewer: Viewer; session: Session } {
  const viewer = new Viewer();
  viewer.full = full;
  return { viewer, session: hub.open({ ...everything, ...subscription }, viewer) };
}

describe('a stream', () => {
  it('[T1] begins with hello, the sources, a snapshot by kind in order, and synced with counts and digest', () => {
    putPod('a', '1');
    putNamespace('default', '2');
    const { viewer } = join();
    expect(viewer.events()).toEqual(['hello', 'sources', 'snapshot', 'snapshot', 'synced']);
    expect(viewer.last('hello').data).toEqual({
      protocol: 1,
      epoch: 'epoch',
      seq: 2,
      build: 'build',
      cluster: 'test',
      scope: { namespaces: [], kinds: [] },
      heartbeatMs: HEARTBEAT_MS,
    });
    expect(viewer.names()).toEqual(['a@1', 'default@2']);
    const { data, id } = viewer.last('synced');
    expect(data).toMatchObject({ seq: 2, digest: viewer.digest() });
    expect(data.counts).toMatchObject({ Pod: 1, Namespace: 1, Service: 0 });
    expect(id).toBe('epoch-2');
  });

  it('[T2] a part holds 500 entities of one kind at most, and says where it stands', () => {
    store
      .kind('Pod')
      .replace(Array.from({ length: 1201 }, (_, i) => project('Pod', podObject(`p${i}`, String(i + 1)))));
    const { viewer } = join();
    const parts = viewer.received.flatMap((one) => (one.event === 'snapshot' ? [one.data] : []));
    expect(parts.map(({ count, part, parts: of, total }) => [count, part, of, total])).toEqual([
      [500, 1, 3, 1201],
      [500, 2, 3, 1201],
      [201, 3, 3, 1201],
    ]);
    expect(viewer.digest()).toBe(viewer.last('synced').data.digest);
  });

  it('[T2] synced speaks of now, even when the snapshot was made a moment ago', () => {
    putPod('a', '1');
    join();
    putPod('b', '2');
    const { viewer } = join();
    expect(viewer.events()).toEqual(['hello', 'sources', 'snapshot', 'change', 'synced']);
    expect(viewer.last('synced').data).toMatchObject({ seq: 2, digest: viewer.digest(), counts: { Pod: 2 } });
  });

  it('[T3] a lone change leaves at once, with an id to resume at', async () => {
    const { viewer } = join();
    putPod('a', '1');
    await clock.settle();
    expect(viewer.last('change')).toMatchObject({ id: 'epoch-1', data: { seq: 1, removes: [] } });
    store.kind('Pod').remove('uid-default-a');
    await clock.settle();
    expect(viewer.last('change').data).toEqual({
      seq: 2,
      upserts: [],
      removes: [{ kind: 'Pod', uid: 'uid-default-a' }],
    });
  });

  it('[T3] under load changes gather, for 50 ms at most, and only their latest state leaves', async () => {
    const { viewer } = join();
    const write = viewer.write.bind(viewer);
    viewer.write = (bytes) => {
      clock.work(1000);
      return write(bytes);
    };
    putPod('a', '1');
    await clock.settle();
    putPod('a', '2');
    await clock.settle();
    for (let version = 3; version <= 20; version++) putPod('a', String(version));
    await clock.settle();
    expect(viewer.names()).toEqual(['a@2']);
    await clock.advance(50);
    expect(viewer.names()).toEqual(['a@20']);
    expect(viewer.events().filter((event) => event === 'change')).toHaveLength(3);
  });

  it('[T3] one flush that was held up is no load: the change after it leaves at once', async () => {
    const { viewer } = join();
    const write = viewer.write.bind(viewer);
    let held = 10;
    viewer.write = (bytes) => {
      clock.work(held);
      held = 0;
      return write(bytes);
    };
    putPod('a', '1');
    await clock.settle();
    putPod('a', '2');
    await clock.settle();
    expect(viewer.names()).toEqual(['a@2']);
  });

  it('[T4] beats every 15 s with counts, digest and the time, after all that it sums up', async () => {
    const { viewer } = join();
    putPod('a', '1');
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data).toMatchObject({ seq: 1, digest: viewer.digest(), serverTime: clock.now() });
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.events().filter((event) => event === 'heartbeat')).toHaveLength(2);
  });

  it('[T4] goes on beating for those who come after everyone had left', async () => {
    const { session } = join();
    session.gone();
    await clock.advance(HEARTBEAT_MS * 2);
    const { viewer } = join();
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.events()).toContain('heartbeat');
  });

  it('[T16] a viewer that was sent nothing for two seconds gets a pulse, unless it is blocked', async () => {
    const { viewer } = join();
    const blocked = join({}, true).viewer;
    const before = viewer.chunks.length;
    const already = blocked.chunks.length;
    await clock.advance(2000);
    expect(viewer.chunks.slice(before).map(String)).toEqual([':\n\n']);
    await clock.advance(1000);
    putPod('a', '1');
    await clock.advance(1000);
    expect(viewer.chunks.slice(before).map((bytes) => String(bytes).slice(0, 6))).toEqual([':\n\n', 'event:']);
    await clock.advance(1000);
    expect(String(viewer.chunks.at(-1))).toBe(':\n\n');
    expect(blocked.chunks.length).toBe(already);
  });

  it('[T5] sources follow when they change, once for many changes together', async () => {
    const { viewer } = join();
    state = 'backoff';
    hub.sourcesChanged();
    hub.sourcesChanged();
    await clock.advance(100);
    expect(viewer.events().filter((event) => event === 'sources')).toHaveLength(2);
    expect(viewer.last('sources').data.sources[0]?.state).toBe('backoff');
  });

  it('[T5] a kind that is absent or forbidden has no number', () => {
    state = 'forbidden';
    expect(Object.keys(join().viewer.last('synced').data.counts)).not.toContain('Pod');
  });

  it('[T6] says goodbye with a time to come back', () => {
    const { viewer } = join();
    hub.close('ending');
    expect(viewer.last('goodbye').data.reason).toBe('ending');
    expect(viewer.ended).toBe(true);
    expect(hub.counters().clients).toBe(0);
  });
});

describe('resuming', () => {
  it('[T7] from a cursor of this epoch gets what it missed, then synced, and no snapshot', () => {
    putPod('a', '1');
    putPod('b', '2');
    putPod('a', '3');
    const { viewer } = join({ from: { epoch: 'epoch', seq: 2 } });
    expect(viewer.events()).toEqual(['hello', 'sources', 'change', 'synced']);
    expect(viewer.names()).toEqual(['a@3']);
  });

  it.each([
    ['another epoch', { epoch: 'older', seq: 1 }],
    ['the future', { epoch: 'epoch', seq: 99 }],
    ['nonsense', 'unreadable' as const],
  ])('[T8] from a cursor of %s gets a reset and a snapshot', (_what, from) => {
    putPod('a', '1');
    const { viewer } = join({ from });
    expect(viewer.events()).toEqual(['hello', 'sources', 'reset', 'snapshot', 'synced']);
    expect(viewer.names()).toEqual(['a@1']);
  });

  it('[T8] from before the horizon gets a reset and a snapshot', () => {
    for (let version = 1; version <= 5000; version++) putPod('a', String(version));
    const { viewer } = join({ from: { epoch: 'epoch', seq: 1 } });
    expect(viewer.events()).toEqual(['hello', 'sources', 'reset', 'snapshot', 'synced']);
  });
});

it.each([[{ namespaces: [], kinds: [] }], [{ namespaces: ['n1'], kinds: [] }]])(
  '[T7, case 29] from every number of the log a viewer of %j comes to the truth',
  async (scope) => {
    let seed = 29;
    const dice = (sides: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 16) % sides;
    };
    const { viewer: witness } = join({ scope });
    const heldAt = [new Map(witness.held)];
    for (let version = 1; log.seq < 200; version++) {
      const name = `p${dice(20)}`;
      const namespace = `n${dice(3)}`;
      if (dice(3) === 0) store.kind('Pod').remove(`uid-${namespace}-${name}`);
      else putPod(name, String(version), namespace);
      await clock.advance(50);
      heldAt[log.seq] = new Map(witness.held);
    }
    for (const [seq, held] of heldAt.entries()) {
      const viewer = new Viewer();
      for (const [uid, entity] of held) viewer.held.set(uid, entity);
      hub.open({ scope, from: { epoch: 'epoch', seq } }, viewer);
      expect(viewer.events()).not.toContain('snapshot');
      expect([seq, viewer.digest()]).toEqual([seq, viewer.last('synced').data.digest]);
    }
  },
);

describe('another epoch', () => {
  it('[T15] every viewer gets a reset, another hello on the same stream, and a snapshot', async () => {
    putPod('a', '5');
    const { viewer } = join();
    const already = viewer.events().length;
    log.renew('other');
    hub.renew('versions went backwards');
    expect(viewer.events().slice(already)).toEqual(['reset', 'hello', 'sources', 'snapshot', 'synced']);
    expect(viewer.last('reset').data.reason).toBe('versions went backwards');
    expect(viewer.last('hello').data).toMatchObject({ epoch: 'other', seq: 1 });
    putPod('a', '2');
    await clock.settle();
    expect(viewer.last('change')).toMatchObject({ id: 'other-2' });
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T15] whoever comes back from the epoch before gets a reset', () => {
    putPod('a', '5');
    log.renew('other');
    expect(join({ from: { epoch: 'epoch', seq: 1 } }).viewer.events()).toContain('reset');
  });
});

describe('scope', () => {
  beforeEach(() => {
    putNamespace('default', '1');
    putNamespace('other', '2');
    putPod('a', '3', 'default');
    putPod('b', '4', 'other');
  });

  it('[T9] a namespace shows its own and what belongs to none, in snapshot, changes, counts and digest', async () => {
    const { viewer } = join({ scope: { namespaces: ['default'], kinds: [] } });
    expect(viewer.names()).toEqual(['a@3', 'default@1', 'other@2']);
    expect(viewer.last('synced').data).toMatchObject({ digest: viewer.digest(), counts: { Pod: 1, Namespace: 2 } });
    putPod('b', '5', 'other');
    putPod('a', '6', 'default');
    store.kind('Pod').remove('uid-other-b');
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.names()).toEqual(['a@6', 'default@1', 'other@2']);
    expect(viewer.last('heartbeat').data).toMatchObject({ seq: 7, digest: viewer.digest() });
    expect(Buffer.concat(viewer.chunks).toString('utf8')).not.toContain('uid-other-b');
  });

  it('[T9] a kind shows itself and Namespaces', () => {
    const { viewer } = join({ scope: { namespaces: [], kinds: ['Service'] } });
    expect(viewer.names()).toEqual(['default@1', 'other@2']);
    expect(viewer.last('synced').data.counts).toEqual({ Namespace: 2, Service: 0 });
  });

  it('[T10] viewers of one scope, however spelled, get the very same bytes', async () => {
    const one = join({ scope: { namespaces: ['default', 'other'], kinds: [] } }).viewer;
    const two = join({ scope: { namespaces: ['other', 'default', 'other'], kinds: [] } }).viewer;
    putPod('a', '9');
    await clock.settle();
    expect(two.chunks.at(-1)).toBe(one.chunks.at(-1));
    expect(two.chunks[2]).toBe(one.chunks[2]);
  });
});

it('[T18] 256 scopes are carried; a viewer of another is refused, one of those is not', () => {
  const of = (name: string) => ({ namespaces: [name], kinds: [] });
  const first = join({ scope: of('n0') }).session;
  for (let i = 1; i < 256; i++) join({ scope: of(`n${i}`) });
  expect([hub.accepts(of('n7')), hub.accepts(of('other'))]).toEqual([true, false]);
  first.gone();
  expect(hub.accepts(of('other'))).toBe(true);
});

describe('back-pressure', () => {
  it('[T11, case 29] a full socket is written no further; when it drains, it goes on with the latest states alone', async () => {
    const { viewer, session } = join();
    viewer.full = true;
    putPod('a', '1');
    await clock.settle();
    const before = viewer.received.length;
    for (let version = 2; version <= 300; version++) putPod('a', String(version));
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.received.length).toBe(before);
    viewer.full = false;
    session.drained();
    expect(viewer.events().slice(before)).toEqual(['change', 'sources']);
    expect(viewer.names()).toEqual(['a@300']);
  });

  it('[T11] a snapshot waits for its reader, too, and then catches up', async () => {
    store
      .kind('Pod')
      .replace(Array.from({ length: 1500 }, (_, i) => project('Pod', podObject(`p${i}`, String(i + 1)))));
    const { viewer, session } = join({}, true);
    expect(viewer.events()).toEqual(['hello', 'sources']);
    session.drained();
    putPod('late', '9999');
    for (let writes = 0; writes < 5; writes++) session.drained();
    expect(viewer.events().slice(2)).toEqual(['snapshot', 'snapshot', 'snapshot', 'change', 'synced']);
    expect(viewer.held.size).toBe(1501);
    viewer.full = false;
    session.drained();
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T19] a snapshot that takes long leaves turns of the event loop to others', async () => {
    store
      .kind('Pod')
      .replace(Array.from({ length: 3000 }, (_, i) => project('Pod', podObject(`p${i}`, String(i + 1)))));
    const viewer = new Viewer();
    const write = viewer.write.bind(viewer);
    viewer.write = (bytes) => {
      clock.work(3);
      return write(bytes);
    };
    hub.open(everything, viewer);
    expect(viewer.events().filter((event) => event === 'snapshot')).toHaveLength(2);
    for (let i = 0; i < 3; i++) await clock.settle();
    expect(viewer.events().at(-1)).toBe('synced');
    expect(viewer.digest()).toBe(viewer.last('synced').data.digest);
  });

  it('[T5] whoever could not be told of the sources is told when the socket drains', async () => {
    const { viewer, session } = join();
    viewer.full = true;
    putPod('a', '1');
    await clock.settle();
    state = 'backoff';
    hub.sourcesChanged();
    await clock.advance(100);
    viewer.full = false;
    session.drained();
    expect(viewer.events().at(-1)).toBe('sources');
    expect(viewer.last('sources').data.sources[0]?.state).toBe('backoff');
  });

  it('[T20] a frame of changes is bounded in bytes too, and nothing is lost between frames', async () => {
    const { viewer, session } = join();
    viewer.full = true;
    putPod('first', '1');
    await clock.settle();
    for (let i = 0; i < 400; i++) {
      const object = podObject(`p${i}`, String(i + 2));
      object.metadata.labels = { long: 'x'.repeat(2000) };
      store.kind('Pod').upsert(project('Pod', object));
    }
    const before = viewer.chunks.length;
    viewer.full = false;
    session.drained();
    const frames = viewer.chunks.slice(before);
    expect(frames.length).toBeGreaterThan(5);
    for (const bytes of frames) expect(bytes.length).toBeLessThan(140 * 1024);
    await clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T12, case 29] 30 s blocked ends it', async () => {
    const { viewer } = join({}, true);
    await clock.advance(29_999);
    expect(viewer.destroyed).toBe(false);
    await clock.advance(1);
    expect(viewer.destroyed).toBe(true);
    expect(hub.counters()).toMatchObject({ clients: 0, closedByServer: 1, closedBlocked: 1 });
  });

  it('[T12] 4 MiB unsent ends it', async () => {
    const { viewer } = join();
    viewer.unsent = 4 * 1024 * 1024 + 1;
    putPod('a', '1');
    await clock.settle();
    expect(viewer.destroyed).toBe(true);
  });

  it('[T13] eight snapshots are sent at once; the ninth reader waits for a place and gets it', async () => {
    store
      .kind('Pod')
      .replace(Array.from({ length: 1500 }, (_, i) => project('Pod', podObject(`p${i}`, String(i + 1)))));
    const slow = Array.from({ length: 8 }, () => join());
    const stalled = slow.map(() => join({}, true));
    for (const { session } of stalled) session.drained();
    const { viewer } = join();
    expect(viewer.events()).toEqual(['hello', 'sources']);
    stalled[0]?.session.gone();
    await clock.settle();
    expect(viewer.events().at(-1)).toBe('synced');
  });
});

it('[T14] whatever the order of changes, drains and departures, every viewer ends with the truth', async () => {
  let seed = 11;
  const dice = (sides: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 16) % sides;
  };
  let viewers = [
    join(),
    join({ scope: { namespaces: ['n1'], kinds: [] } }),
    join({ scope: { namespaces: [], kinds: ['Pod'] } }),
  ];
  for (let version = 1; version <= 4000; version++) {
    const name = `p${dice(40)}`;
    const namespace = `n${dice(3)}`;
    if (dice(4) === 0) store.kind('Pod').remove(`uid-${namespace}-${name}`);
    else putPod(name, String(version), namespace);
    if (dice(50) === 0) putNamespace(`n${dice(3)}`, String(version));
    const one = viewers[dice(viewers.length)];
    const move = dice(30);
    if (one !== undefined && move === 0) one.viewer.full = true;
    if (one !== undefined && move === 1) {
      one.viewer.full = false;
      one.session.drained();
    }
    if (move === 2) await clock.advance(dice(100));
    if (move === 3 && dice(4) === 0) viewers.push(join({ scope: { namespaces: [`n${dice(3)}`], kinds: [] } }));
  }
  viewers = viewers.filter(({ viewer }) => !viewer.destroyed);
  for (const { viewer, session } of viewers) {
    viewer.full = false;
    session.drained();
  }
  await clock.advance(HEARTBEAT_MS);
  expect(viewers.length).toBeGreaterThan(3);
  for (const { viewer } of viewers) expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
});
