import { project, type SourceState } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { diceOf, everything, HubRoom, Viewer } from '../testing/hub-room.ts';
import { podObject } from '../testing/objects.ts';
import { HEARTBEAT_MS } from './hub.ts';

let room: HubRoom;

beforeEach(() => {
  room = new HubRoom();
});

describe('back-pressure', () => {
  it('[T11, case 29] a full socket is written no further; when it drains, it goes on with the latest states alone', async () => {
    const { viewer, session } = room.join();
    viewer.full = true;
    room.putPod('a', '1');
    await room.clock.settle();
    const before = viewer.received.length;
    for (let version = 2; version <= 300; version++) room.putPod('a', String(version));
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.received.length).toBe(before);
    viewer.full = false;
    session.drained();
    expect(viewer.events().slice(before)).toEqual(['sources', 'change']);
    expect(viewer.names()).toEqual(['a@300']);
  });

  it('[T11] a snapshot waits for its reader, too, and then catches up', async () => {
    room.listPods(1500);
    const { viewer, session } = room.join({}, true);
    expect(viewer.events()).toEqual(['hello', 'sources']);
    session.drained();
    room.putPod('late', '9999');
    for (let writes = 0; writes < 5; writes++) session.drained();
    expect(viewer.events().slice(2)).toEqual(['snapshot', 'snapshot', 'snapshot', 'change', 'synced']);
    expect(viewer.held.size).toBe(1501);
    viewer.full = false;
    session.drained();
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T19] a snapshot that takes long leaves turns of the event loop to others', async () => {
    room.listPods(3000);
    const viewer = new Viewer();
    const write = viewer.write.bind(viewer);
    viewer.write = (bytes) => {
      room.clock.work(3);
      return write(bytes);
    };
    room.hub.open(everything, viewer);
    expect(viewer.events().filter((event) => event === 'snapshot')).toHaveLength(2);
    for (let i = 0; i < 3; i++) await room.clock.settle();
    expect(viewer.events().at(-1)).toBe('synced');
    expect(viewer.digest()).toBe(viewer.last('synced').data.digest);
  });

  it('[T5] whoever could not be told of the sources is told when the socket drains', async () => {
    const { viewer, session } = room.join();
    viewer.full = true;
    room.putPod('a', '1');
    await room.clock.settle();
    room.state = 'backoff';
    room.hub.sourcesChanged();
    await room.clock.advance(100);
    viewer.full = false;
    session.drained();
    expect(viewer.events().at(-1)).toBe('sources');
    expect(viewer.last('sources').data.sources[0]?.state).toBe('backoff');
  });

  describe('a viewer that is behind', () => {
    /** A viewer whose socket is full, and what it is sent once that drains: the states of the sources among the rest. */
    async function behind() {
      room.putPod('a', '1');
      const { viewer, session } = room.join();
      viewer.full = true;
      room.putPod('b', '2');
      await room.clock.settle();
      const before = viewer.received.length;
      const become = async (state: SourceState) => {
        room.state = state;
        room.hub.sourcesChanged();
        await room.clock.advance(100);
      };
      const sent = () => {
        viewer.full = false;
        session.drained();
        return viewer.received
          .slice(before)
          .map((one) => (one.event === 'sources' ? one.data.sources[0]?.state : one.event));
      };
      return { viewer, become, sent };
    }

    it('[T5] is told what became of a source before what that let go of', async () => {
      const { viewer, become, sent } = await behind();
      await become('absent');
      room.dropPod('a');
      room.dropPod('b');
      expect(sent()).toEqual(['absent', 'change']);
      expect(viewer.names()).toEqual([]);
    });

    it('[T5] is told of a source that is live again after its changes', async () => {
      room.state = 'absent';
      const { become, sent } = await behind();
      await become('live');
      room.putPod('c', '3');
      expect(sent()).toEqual(['absent', 'change', 'live']);
    });

    it('[T5] gets no snapshot without what was let go of before it is told', async () => {
      room.listPods(600);
      const waiting = Array.from({ length: 8 }, () => room.join({}, true));
      for (const { session } of waiting) session.drained();
      const { viewer } = room.join();
      expect(viewer.events()).toEqual(['hello', 'sources']);
      room.state = 'absent';
      room.hub.sourcesChanged();
      await room.clock.advance(100);
      for (const { session } of waiting) session.gone();
      await room.clock.settle();
      expect(viewer.events().slice(0, 4)).toEqual(['hello', 'sources', 'sources', 'snapshot']);
    });
  });

  it('[T20] a frame of changes is bounded in bytes too, and nothing is lost between frames', async () => {
    const { viewer, session } = room.join();
    viewer.full = true;
    room.putPod('first', '1');
    await room.clock.settle();
    for (let i = 0; i < 400; i++) {
      const object = podObject(`p${i}`, String(i + 2));
      object.metadata.labels = { long: 'x'.repeat(2000) };
      room.store.kind('Pod').upsert(project('Pod', object));
    }
    const before = viewer.chunks.length;
    viewer.full = false;
    session.drained();
    const frames = viewer.chunks.slice(before);
    expect(frames.length).toBeGreaterThan(5);
    for (const bytes of frames) expect(bytes.length).toBeLessThan(140 * 1024);
    await room.clock.advance(HEARTBEAT_MS);
    expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
  });

  it('[T12, case 29] 30 s blocked ends it', async () => {
    const { viewer } = room.join({}, true);
    await room.clock.advance(29_999);
    expect(viewer.destroyed).toBe(false);
    await room.clock.advance(1);
    expect(viewer.destroyed).toBe(true);
    expect(room.hub.numbers()).toMatchObject({
      gauges: { clients: 0 },
      counters: { closedByServer: 1, closedBlocked: 1 },
    });
  });

  it('[T11, T12, case 29] a frozen tab goes on with the latest states; frozen for too long, it comes back from its cursor', async () => {
    const { viewer, session } = room.join();
    const churn = async (from: number, seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        room.putPod(`p${i % 7}`, String(from + i));
        await room.clock.advance(1000);
      }
    };
    viewer.full = true;
    await churn(1, 20);
    expect(viewer.destroyed).toBe(false);
    viewer.full = false;
    session.drained();
    expect(viewer.digest()).toBe(room.store.digest());
    viewer.full = true;
    await churn(100, 40);
    expect(viewer.destroyed).toBe(true);
    const again = new Viewer();
    for (const [uid, entity] of viewer.held) again.held.set(uid, entity);
    const seq = Number(viewer.received.at(-1)?.id?.split('-')[1]);
    room.hub.open({ ...everything, from: { epoch: 'epoch', seq } }, again);
    expect(again.events()).toEqual(['hello', 'sources', 'change', 'synced']);
    expect(again.digest()).toBe(room.store.digest());
  });

  it('[T24] the numbers say who is at what, what waits in sockets and how far behind the slowest is', async () => {
    room.join();
    const { viewer } = room.join();
    viewer.full = true;
    for (let version = 1; version <= 20; version++) {
      room.putPod('a', String(version));
      await room.clock.advance(10);
    }
    viewer.unsent = 300;
    const { gauges, viewers, counters } = room.hub.numbers();
    expect(viewers).toEqual({ waiting: 0, snapshot: 0, catchingUp: 0, live: 1, blocked: 1 });
    expect(gauges).toMatchObject({ clients: 2, scopes: 1, unsentBytes: 300, behind: 19 });
    expect(counters).toMatchObject({ opened: 2, refused: 0, snapshots: 2 });
    expect(counters.messages).toBeGreaterThan(20);
  });

  it('[T12] 4 MiB unsent ends it', async () => {
    const { viewer } = room.join();
    viewer.full = true;
    viewer.unsent = 4 * 1024 * 1024 + 1;
    room.putPod('a', '1');
    await room.clock.settle();
    expect(viewer.destroyed).toBe(true);
  });

  it('[T13] eight snapshots are sent at once; the ninth reader waits for a place and gets it', async () => {
    room.listPods(1500);
    const slow = Array.from({ length: 8 }, () => room.join());
    const stalled = slow.map(() => room.join({}, true));
    for (const { session } of stalled) session.drained();
    const { viewer } = room.join();
    expect(viewer.events()).toEqual(['hello', 'sources']);
    stalled[0]?.session.gone();
    await room.clock.settle();
    expect(viewer.events().at(-1)).toBe('synced');
  });
});

it('[T14, case 29] whatever the order of changes, drains and departures, every viewer ends with the truth', async () => {
  const dice = diceOf(11);
  let viewers = [
    room.join(),
    room.join({ scope: { namespaces: ['n1'], kinds: [] } }),
    room.join({ scope: { namespaces: [], kinds: ['Pod'] } }),
  ];
  for (let version = 1; version <= 4000; version++) {
    const name = `p${dice(40)}`;
    const namespace = `n${dice(3)}`;
    if (dice(4) === 0) room.dropPod(name, namespace);
    else room.putPod(name, String(version), namespace);
    if (dice(50) === 0) room.putNamespace(`n${dice(3)}`, String(version));
    const one = viewers[dice(viewers.length)];
    const move = dice(30);
    if (one !== undefined && move === 0) one.viewer.full = true;
    if (one !== undefined && move === 1) {
      one.viewer.full = false;
      one.session.drained();
    }
    if (move === 2) await room.clock.advance(dice(100));
    if (move === 3 && dice(4) === 0) viewers.push(room.join({ scope: { namespaces: [`n${dice(3)}`], kinds: [] } }));
  }
  viewers = viewers.filter(({ viewer }) => !viewer.destroyed);
  for (const { viewer, session } of viewers) {
    viewer.full = false;
    session.drained();
  }
  await room.clock.advance(HEARTBEAT_MS);
  expect(viewers.length).toBeGreaterThan(3);
  for (const { viewer } of viewers) expect(viewer.last('heartbeat').data.digest).toBe(viewer.digest());
});
