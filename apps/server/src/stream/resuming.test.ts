import { beforeEach, describe, expect, it } from 'vitest';
import { diceOf, everything, HubRoom, Viewer } from '../testing/hub-room.ts';
import { HEARTBEAT_MS, type Subscription } from './hub.ts';
import type { Outlet } from './session.ts';

let room: HubRoom;

beforeEach(() => {
  room = new HubRoom();
});

describe('resuming', () => {
  it('[T7] from a cursor of this epoch gets what it missed, then synced, and no snapshot', () => {
    room.putPod('a', '1');
    room.putPod('b', '2');
    room.putPod('a', '3');
    const { viewer } = room.join({ from: { epoch: 'epoch', seq: 2 } });
    expect(viewer.events()).toEqual(['hello', 'sources', 'change', 'synced']);
    expect(viewer.names()).toEqual(['a@3']);
  });

  it.each([
    ['another epoch', { epoch: 'older', seq: 1 }],
    ['the future', { epoch: 'epoch', seq: 99 }],
    ['nonsense', 'unreadable' as const],
  ])('[T8] from a cursor of %s gets a reset and a snapshot', (_what, from) => {
    room.putPod('a', '1');
    const { viewer } = room.join({ from });
    expect(viewer.events()).toEqual(['hello', 'sources', 'reset', 'snapshot', 'synced']);
    expect(viewer.names()).toEqual(['a@1']);
  });

  it('[T8] from before the horizon gets a reset and a snapshot', () => {
    for (let version = 1; version <= 5000; version++) room.putPod('a', String(version));
    const { viewer } = room.join({ from: { epoch: 'epoch', seq: 1 } });
    expect(viewer.events()).toEqual(['hello', 'sources', 'reset', 'snapshot', 'synced']);
  });
});

it.each([[{ namespaces: [], kinds: [] }], [{ namespaces: ['n1'], kinds: [] }]])(
  '[T7, case 29] from every number of the log a viewer of %j comes to the truth',
  async (scope) => {
    const dice = diceOf(29);
    const { viewer: witness } = room.join({ scope });
    const heldAt = [new Map(witness.held)];
    for (let version = 1; room.log.seq < 200; version++) {
      const name = `p${dice(20)}`;
      const namespace = `n${dice(3)}`;
      if (dice(3) === 0) room.dropPod(name, namespace);
      else room.putPod(name, String(version), namespace);
      await room.clock.advance(50);
      heldAt[room.log.seq] = new Map(witness.held);
    }
    for (const [seq, held] of heldAt.entries()) {
      const viewer = new Viewer();
      for (const [uid, entity] of held) viewer.held.set(uid, entity);
      room.hub.open({ scope, from: { epoch: 'epoch', seq } }, viewer);
      expect(viewer.events()).not.toContain('snapshot');
      expect([seq, viewer.digest()]).toEqual([seq, viewer.last('synced').data.digest]);
    }
  },
);

describe('another epoch', () => {
  it('[T15] every viewer gets a reset, another hello on the same stream, and a snapshot', async () => {
    room.putPod('a', '5');
    const { viewer } = room.join();
    const already = viewer.events().length;
    room.log.renew('other');
    room.hub.renew('versions went backwards');
    expect(viewer.events().slice(already)).toEqual(['reset', 'hello', 'sources', 'snapshot', 'synced']);
    expect(viewer.last('reset').data.reason).toBe('versions went backwards');
    expect(viewer.last('hello').data).toMatchObject({ epoch: 'other', seq: 1 });
    room.putPod('a', '2');
    await room.clock.settle();
    expect(viewer.last('change')).toMatchObject({ id: 'other-2' });
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T15] whoever comes back from the epoch before gets a reset', () => {
    room.putPod('a', '5');
    room.log.renew('other');
    expect(room.join({ from: { epoch: 'epoch', seq: 1 } }).viewer.events()).toContain('reset');
  });
});

/** A viewer that keeps what it was sent and reads nothing. */
class Recorder implements Outlet {
  sent = '';
  readonly unsent = 0;

  write(bytes: Buffer): boolean {
    this.sent += bytes.toString();
    return true;
  }

  end(bytes: Buffer): void {
    this.write(bytes);
  }

  destroy(): void {
    throw new Error('a viewer that takes everything was cut off');
  }
}

it('[T25] what is too much to be told one by one is a snapshot to whoever is there, and none is from before it', async () => {
  room.putPod('a', '1');
  const { viewer } = room.join();
  room.listPods(10_001);
  const late = room.join().viewer;
  await room.clock.advance(HEARTBEAT_MS);
  const events = viewer.events();
  expect(events.slice(0, events.indexOf('reset'))).toEqual(['hello', 'sources', 'snapshot', 'synced']);
  for (const one of [viewer, late]) {
    expect(one.events()).not.toContain('change');
    expect(one.events().filter((event) => event === 'snapshot').length).toBeGreaterThanOrEqual(21);
    expect(one.last('heartbeat').data).toMatchObject({ counts: { Pod: 10_001 }, digest: one.digest() });
    expect(one.held.size).toBe(10_001);
  }
  expect(late.events()).not.toContain('reset');
});

it('[T6, T8, case 29] a restart with 5,000 viewers brings all of them to the truth, at times of their own', async () => {
  const VIEWERS = 5000;
  const open = (from: Subscription['from']) => {
    const recorder = new Recorder();
    room.hub.open({ ...everything, from }, recorder);
    return recorder;
  };
  room.putPod('a', '1');
  const before = Array.from({ length: VIEWERS }, () => open(null));
  const dice = diceOf(5);
  room.clock.random = () => dice(30_000) / 30_000;
  room.hub.close('restart');
  const waits = before.map(({ sent }) => Number(/"retryMs":(\d+)/.exec(sent)?.[1])).sort((a, b) => a - b);
  expect([waits.length, waits.every((wait) => wait >= 1000 && wait <= 6000)]).toEqual([VIEWERS, true]);
  // No tenth of a second brings back more than a twenty-fifth of them.
  for (const [i, wait] of waits.entries())
    expect((waits[i + VIEWERS / 25] ?? Number.POSITIVE_INFINITY) - wait).toBeGreaterThan(100);

  room = new HubRoom();
  room.log.renew('another');
  room.putPod('a', '2');
  room.putPod('b', '3');
  const after = waits.map((wait, i) => {
    room.clock.work(wait - (waits[i - 1] ?? 0));
    return open({ epoch: 'epoch', seq: 1 });
  });
  await room.clock.advance(HEARTBEAT_MS);
  const streams = new Set(after.map(({ sent }) => sent.replaceAll(/"serverTime":\d+/g, '"serverTime":0')));
  for (const stream of streams) {
    const viewer = new Viewer();
    viewer.write(Buffer.from(stream));
    expect(viewer.events().slice(0, 5)).toEqual(['hello', 'sources', 'reset', 'snapshot', 'synced']);
    expect(viewer.names()).toEqual(['a@2', 'b@3']);
  }
  expect(room.hub.numbers()).toMatchObject({ viewers: { live: VIEWERS }, counters: { resets: VIEWERS, refused: 0 } });
});
