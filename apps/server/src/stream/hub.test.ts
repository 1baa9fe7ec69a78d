import { isFollowed, PROTOCOL, pollIntervalMs } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { HubRoom } from '../testing/hub-room.ts';
import { HEARTBEAT_MS } from './hub.ts';

let room: HubRoom;

beforeEach(() => {
  room = new HubRoom();
});

describe('a stream', () => {
  it('[T1] begins with hello, the sources, a snapshot by kind in order, and synced with counts and digest', () => {
    room.putPod('a', '1');
    room.putNamespace('default', '2');
    const { viewer } = room.join();
    expect(viewer.events()).toEqual(['hello', 'sources', 'snapshot', 'snapshot', 'synced']);
    expect(viewer.last('hello').data).toEqual({
      protocol: PROTOCOL,
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
    room.listPods(1201);
    const { viewer } = room.join();
    const parts = viewer.received.flatMap((one) => (one.event === 'snapshot' ? [one.data] : []));
    expect(parts.map(({ count, part, parts: of, total }) => [count, part, of, total])).toEqual([
      [500, 1, 3, 1201],
      [500, 2, 3, 1201],
      [201, 3, 3, 1201],
    ]);
    expect(viewer.digest()).toBe(viewer.last('synced').data.digest);
  });

  it('[T2] synced speaks of now, even when the snapshot was made a moment ago', () => {
    room.putPod('a', '1');
    room.join();
    room.putPod('b', '2');
    const { viewer } = room.join();
    expect(viewer.events()).toEqual(['hello', 'sources', 'snapshot', 'change', 'synced']);
    expect(viewer.last('synced').data).toMatchObject({ seq: 2, digest: viewer.digest(), counts: { Pod: 2 } });
  });

  it('[T3] a lone change leaves at once, with an id to resume at', async () => {
    const { viewer } = room.join();
    room.putPod('a', '1');
    await room.clock.settle();
    expect(viewer.last('change')).toMatchObject({ id: 'epoch-1', data: { seq: 1, removes: [] } });
    room.dropPod('a');
    await room.clock.settle();
    expect(viewer.last('change').data).toEqual({
      seq: 2,
      upserts: [],
      removes: [{ kind: 'Pod', uid: 'uid-default-a' }],
    });
  });

  it('[T3] under load changes gather, for 50 ms at most, and only their latest state leaves', async () => {
    const { viewer } = room.join();
    const write = viewer.write.bind(viewer);
    viewer.write = (bytes) => {
      room.clock.work(1000);
      return write(bytes);
    };
    room.putPod('a', '1');
    await room.clock.settle();
    room.putPod('a', '2');
    await room.clock.settle();
    for (let version = 3; version <= 20; version++) room.putPod('a', String(version));
    await room.clock.settle();
    expect(viewer.names()).toEqual(['a@2']);
    await room.clock.advance(50);
    expect(viewer.names()).toEqual(['a@20']);
    expect(viewer.events().filter((event) => event === 'change')).toHaveLength(3);
  });

  it('[T3] one flush that was held up is no load: the change after it leaves at once', async () => {
    const { viewer } = room.join();
    const write = viewer.write.bind(viewer);
    let held = 10;
    viewer.write = (bytes) => {
      room.clock.work(held);
      held = 0;
      return write(bytes);
    };
    room.putPod('a', '1');
    await room.clock.settle();
    room.putPod('a', '2');
    await room.clock.settle();
    expect(viewer.names()).toEqual(['a@2']);
  });

  it('[T4] beats every 15 s with counts, digest and the time, after all that it sums up', async () => {
    const { viewer } = room.join();
    room.putPod('a', '1');
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data).toMatchObject({
      seq: 1,
      digest: viewer.digest(),
      serverTime: room.clock.now(),
    });
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.events().filter((event) => event === 'heartbeat')).toHaveLength(2);
  });

  it('[T5] [V40] the time of a message about the sources is no later than any of them is current', async () => {
    const { viewer } = room.join();
    room.askingMs = 1;
    room.hub.sourcesChanged();
    await room.clock.advance(100);
    const { serverTime, sources } = viewer.last('sources').data;
    const old = sources.filter((one) => !isFollowed(one, serverTime) && pollIntervalMs(one.kind, 0) === null);
    expect([sources.length > 0, old]).toEqual([true, []]);
  });

  it('[T4] goes on beating for those who come after everyone had left', async () => {
    const { session } = room.join();
    session.gone();
    await room.clock.advance(HEARTBEAT_MS * 2);
    const { viewer } = room.join();
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.events()).toContain('heartbeat');
  });

  it('[T16] a viewer that was sent nothing for two seconds gets a pulse, unless it is blocked', async () => {
    const { viewer } = room.join();
    const blocked = room.join({}, true).viewer;
    const before = viewer.chunks.length;
    const already = blocked.chunks.length;
    await room.clock.advance(2000);
    expect(viewer.chunks.slice(before).map(String)).toEqual([':\n\n']);
    await room.clock.advance(1000);
    room.putPod('a', '1');
    await room.clock.advance(1000);
    expect(viewer.chunks.slice(before).map((bytes) => String(bytes).slice(0, 6))).toEqual([':\n\n', 'event:']);
    await room.clock.advance(1000);
    expect(String(viewer.chunks.at(-1))).toBe(':\n\n');
    expect(blocked.chunks.length).toBe(already);
  });

  it('[T5] sources follow when they change, once for many changes together', async () => {
    const { viewer } = room.join();
    room.state = 'backoff';
    room.hub.sourcesChanged();
    room.hub.sourcesChanged();
    await room.clock.advance(100);
    expect(viewer.events().filter((event) => event === 'sources')).toHaveLength(2);
    expect(viewer.last('sources').data.sources[0]?.state).toBe('backoff');
  });

  it('[T5] what became of a source is told before what it let go of', async () => {
    room.putPod('a', '1');
    const { viewer } = room.join();
    room.state = 'forbidden';
    room.hub.sourcesChanged();
    room.store.kind('Pod').replace([]);
    room.state = 'backoff';
    await room.clock.advance(100);
    expect(viewer.events().slice(-2)).toEqual(['sources', 'change']);
    expect(viewer.last('sources').data.sources[0]?.state).toBe('forbidden');
  });

  it('[T5] a kind that is absent or forbidden has no number', () => {
    room.state = 'forbidden';
    expect(Object.keys(room.join().viewer.last('synced').data.counts)).not.toContain('Pod');
  });

  it('[T6] says goodbye with a time to come back', () => {
    const { viewer } = room.join();
    room.hub.close('ending');
    expect(viewer.last('goodbye').data.reason).toBe('ending');
    expect(viewer.ended).toBe(true);
    expect(room.hub.numbers().gauges.clients).toBe(0);
  });
});

describe('scope', () => {
  beforeEach(() => {
    room.putNamespace('default', '1');
    room.putNamespace('other', '2');
    room.putPod('a', '3', 'default');
    room.putPod('b', '4', 'other');
  });

  it('[T9] a namespace shows its own and what belongs to none, in snapshot, changes, counts and digest', async () => {
    const { viewer } = room.join({ scope: { namespaces: ['default'], kinds: [] } });
    expect(viewer.names()).toEqual(['a@3', 'default@1', 'other@2']);
    expect(viewer.last('synced').data).toMatchObject({ digest: viewer.digest(), counts: { Pod: 1, Namespace: 2 } });
    room.putPod('b', '5', 'other');
    room.putPod('a', '6', 'default');
    room.dropPod('b', 'other');
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.names()).toEqual(['a@6', 'default@1', 'other@2']);
    expect(viewer.last('heartbeat').data).toMatchObject({ seq: 7, digest: viewer.digest() });
    expect(Buffer.concat(viewer.chunks).toString('utf8')).not.toContain('uid-other-b');
  });

  it('[T9] a kind shows itself and Namespaces', () => {
    const { viewer } = room.join({ scope: { namespaces: [], kinds: ['Service'] } });
    expect(viewer.names()).toEqual(['default@1', 'other@2']);
    expect(viewer.last('synced').data.counts).toEqual({ Namespace: 2, Service: 0 });
  });

  it('[T10] viewers of one scope, however spelled, get the very same bytes', async () => {
    const one = room.join({ scope: { namespaces: ['default', 'other'], kinds: [] } }).viewer;
    const two = room.join({ scope: { namespaces: ['other', 'default', 'other'], kinds: [] } }).viewer;
    room.putPod('a', '9');
    await room.clock.settle();
    expect(two.chunks.at(-1)).toBe(one.chunks.at(-1));
    expect(two.chunks[2]).toBe(one.chunks[2]);
  });
});

it('[T18] 256 scopes are carried; a viewer of another is refused, one of those is not', () => {
  const of = (name: string) => ({ namespaces: [name], kinds: [] });
  const first = room.join({ scope: of('n0') }).session;
  for (let i = 1; i < 256; i++) room.join({ scope: of(`n${i}`) });
  expect([room.hub.accepts(of('n7')), room.hub.accepts(of('other'))]).toEqual([true, false]);
  first.gone();
  expect(room.hub.accepts(of('other'))).toBe(true);
});
