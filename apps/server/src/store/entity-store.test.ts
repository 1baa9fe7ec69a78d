import { Digest, type Entity, project } from '@portolan/shared';
import { beforeEach, expect, it } from 'vitest';
import { namespaceObject, podObject } from '../testing/objects.ts';
import { EntityStore, type Transition } from './entity-store.ts';

const namespace = (name: string, version: string, uid?: string) =>
  project('Namespace', namespaceObject(name, version, uid));

let commits: [string | null, string | null][][];
let store: EntityStore;
beforeEach(() => {
  const shown = (entity: Entity | null) => entity && `${entity.uid}@${entity.version}`;
  commits = [];
  store = new EntityStore((steps: readonly Transition[]) =>
    commits.push(steps.map(({ before, after }) => [shown(before), shown(after)])),
  );
});

it('[S1] an insert, an update and a removal are each told once, with what was before', () => {
  const namespaces = store.kind('Namespace');
  namespaces.upsert(namespace('a', '1'));
  namespaces.upsert(namespace('a', '2'));
  namespaces.remove('uid-a');
  expect(commits).toEqual([[[null, 'uid-a@1']], [['uid-a@1', 'uid-a@2']], [['uid-a@2', null]]]);
  expect(namespaces.size).toBe(0);
});

it('[S2] the same version again is no change, nor is the removal of what is not there', () => {
  const namespaces = store.kind('Namespace');
  namespaces.upsert(namespace('a', '1'));
  namespaces.upsert(namespace('a', '1'));
  namespaces.remove('uid-b');
  expect(commits).toHaveLength(1);
});

it('[S3, case 24] another uid under the same name is a removal and an insertion, in one commit', () => {
  store.kind('Namespace').upsert(namespace('a', '1'));
  store.kind('Namespace').upsert(namespace('a', '9', 'uid-reborn'));
  expect(commits[1]).toEqual([
    ['uid-a@1', null],
    [null, 'uid-reborn@9'],
  ]);
  expect(store.find('Namespace', '', 'a')?.uid).toBe('uid-reborn');
});

it('[S3] a late removal of the old uid leaves the new one be', () => {
  store.kind('Namespace').upsert(namespace('a', '1'));
  store.kind('Namespace').upsert(namespace('a', '9', 'uid-reborn'));
  store.kind('Namespace').remove('uid-a');
  expect(store.find('Namespace', '', 'a')?.uid).toBe('uid-reborn');
});

it('[S4] a whole list is one commit of the differences alone, removals first', () => {
  const namespaces = store.kind('Namespace');
  namespaces.replace([namespace('gone', '1'), namespace('same', '2'), namespace('new', '3')]);
  namespaces.replace([namespace('born', '7'), namespace('same', '2'), namespace('new', '6')]);
  expect(commits[1]).toEqual([
    ['uid-gone@1', null],
    [null, 'uid-born@7'],
    ['uid-new@3', 'uid-new@6'],
  ]);
});

it('[S4, case 24] one delete-and-recreate within a list is still a removal and an insertion', () => {
  store.kind('Namespace').replace([namespace('a', '1')]);
  store.kind('Namespace').replace([namespace('a', '5', 'uid-reborn')]);
  expect(commits[1]).toEqual([
    ['uid-a@1', null],
    [null, 'uid-reborn@5'],
  ]);
});

it('[S6] a fresh list is told by content: versions of another life may be used again', () => {
  const namespaces = store.kind('Namespace');
  const otherwise = { ...namespace('b', '5'), labels: { other: 'yes' } };
  namespaces.replace([namespace('a', '5'), namespace('b', '5'), namespace('c', '9')]);
  namespaces.replace([namespace('a', '5'), otherwise, namespace('c', '4')]);
  expect(commits[1]).toEqual([['uid-c@9', 'uid-c@4']]);
  namespaces.replace([namespace('a', '5'), otherwise, namespace('c', '4')], { fresh: true });
  expect(commits[2]).toEqual([['uid-b@5', 'uid-b@5']]);
  expect(store.find('Namespace', '', 'b')?.labels).toEqual({ other: 'yes' });
});

it('[S7] a replacement is not seen before it is committed, however long it is prepared', () => {
  const namespaces = store.kind('Namespace');
  namespaces.replace([namespace('a', '1')]);
  const many = Array.from({ length: 2000 }, (_, i) => namespace(`n${i}`, String(i + 2)));
  const replacement = namespaces.replacing(many);
  let pieces = 0;
  while (replacement.prepare()) {
    pieces += 1;
    expect([...namespaces.entities()].map(({ name }) => name)).toEqual(['a']);
    expect(commits).toHaveLength(1);
  }
  expect(pieces).toBeGreaterThan(5);
  replacement.commit();
  expect(namespaces.size).toBe(2000);
  expect(commits).toHaveLength(2);
  expect(commits[1]?.[0]).toEqual(['uid-a@1', null]);
});

it('[S8] what is more than 10,000 steps is told as their number, and is held as it would be else', () => {
  const leaps: number[] = [];
  const leaping = new EntityStore(
    (steps) => leaps.push(-steps.length),
    (steps) => leaps.push(steps),
  );
  const many = Array.from({ length: 10_001 }, (_, i) => namespace(`n${i}`, String(i + 1)));
  leaping.kind('Namespace').replace(many.slice(1));
  leaping.kind('Namespace').replace(many);
  leaping.kind('Namespace').replace([]);
  expect(leaps).toEqual([-10_000, -1, 10_001]);
  leaping.kind('Namespace').replace(many);
  store.kind('Namespace').replace(many);
  expect(leaping.digest()).toBe(store.digest());
  expect(commits[0]).toHaveLength(10_001);
});

it('[S9] numbers and digests are kept by namespace', () => {
  const pods = store.kind('Pod');
  const pod = (name: string, at: string) => project('Pod', podObject(name, '1', at));
  pods.replace([pod('a', 'x'), pod('b', 'x'), pod('c', 'y')]);
  pods.remove(pod('c', 'y').uid);
  const digest = new Digest();
  for (const name of ['a', 'b']) digest.add(pod(name, 'x').uid, '1');
  const tallies = [...store.tallies('Pod')].map((one) => [one.namespace, one.count, one.digest.toString()]);
  expect(tallies).toEqual([['x', 2, digest.toString()]]);
});

it('[S5] after any walk the store, its digest and its commits agree with a store made anew', () => {
  const held = new Map<string, Entity>();
  const walked = new EntityStore((steps) => {
    for (const { before, after } of steps) {
      if (before !== null) {
        expect(held.get(before.uid)).toBe(before);
        held.delete(before.uid);
      }
      if (after !== null) held.set(after.uid, after);
    }
  });
  let state = 7;
  const dice = (sides: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % sides;
  };
  for (let version = 1; version < 2000; version++) {
    const name = `p${dice(12)}`;
    const uid = `${name}-${dice(3)}`;
    const pods = walked.kind('Pod');
    const one = (at: string) => project('Pod', podObject(at, String(version), 'default', uid));
    const move = dice(10);
    if (move === 0) pods.replace([...held.values()].filter(() => dice(2) === 0));
    else if (move < 4) pods.remove(uid);
    else pods.upsert(one(name));
    const names = [...held.values()].map((entity) => entity.name);
    expect(new Set(names).size).toBe(names.length);
  }
  const digest = new Digest();
  for (const { uid, version } of held.values()) digest.add(uid, version);
  expect(walked.digest()).toBe(digest.toString());
  const byUid = (entities: Iterable<Entity>) => Object.fromEntries([...entities].map((entity) => [entity.uid, entity]));
  expect(byUid(walked.entities('Pod'))).toEqual(byUid(held.values()));
});
