import { beforeEach, expect, it } from 'vitest';
import { HubRoom } from '../testing/hub-room.ts';
import { Channel } from './channel.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';

let room: HubRoom;

beforeEach(() => {
  room = new HubRoom();
  room.listPods(600);
});

const channel = (namespace: string) => {
  const { clock, source } = room;
  return new Channel(source, { namespaces: [namespace], kinds: [] }, clock);
};

it('[T23] viewers who come within a second share a snapshot; one that comes later gets another, and the old one is let go', async () => {
  const shelf = new SnapshotShelf(room.clock);
  const one = channel('default');
  const made = shelf.of(one);
  const { length } = made.part(0);
  await room.clock.advance(999);
  expect(shelf.of(one)).toBe(made);
  shelf.tidy();
  expect(shelf.bytes).toBe(length);
  await room.clock.advance(1);
  shelf.tidy();
  expect(shelf.bytes).toBe(0);
  expect(shelf.of(one)).not.toBe(made);
});

it('[T23] snapshots that hold more bytes than the budget are let go, the oldest first', () => {
  const [first, second] = [channel('default'), channel('default')];
  const bytes = new SnapshotShelf(room.clock).of(first).part(0).length;
  const shelf = new SnapshotShelf(room.clock, bytes);
  shelf.of(first).part(0);
  const kept = shelf.of(second);
  kept.part(0);
  expect(shelf.bytes).toBe(2 * bytes);
  shelf.tidy();
  expect(shelf.bytes).toBe(bytes);
  expect(shelf.of(second)).toBe(kept);
});

it('[T23] a hub that has nobody to send a snapshot to holds none', async () => {
  const { session } = room.join();
  expect(room.hub.numbers().gauges.snapshotBytes).toBeGreaterThan(0);
  await room.clock.advance(2000);
  expect(room.hub.numbers().gauges.snapshotBytes).toBe(0);
  room.join();
  session.gone();
  expect(room.hub.numbers().gauges).toMatchObject({ clients: 1, scopes: 1 });
});
