import { type Entity, project } from '@portolan/shared';
import { expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { ChangeLog, type LogPage } from './change-log.ts';

const entity = (name: string, version: string): Entity => project('Namespace', namespaceObject(name, version));
const put = (name: string, version: string) => ({ before: null, after: entity(name, version) });
const drop = (name: string, version: string) => ({ before: entity(name, version), after: null });

const read = (page: LogPage | 'reset') =>
  page === 'reset'
    ? page
    : page.entries.map(({ seq, uid, entity: held }) => `${seq} ${uid} ${held?.version ?? 'gone'}`);

it('[L1] every step takes the next number', () => {
  const log = new ChangeLog('e');
  log.append([put('a', '1'), put('b', '2')]);
  log.append([put('c', '3')]);
  expect(log.seq).toBe(3);
  expect(read(log.after(0, 10))).toEqual(['1 uid-a 1', '2 uid-b 2', '3 uid-c 3']);
  expect(read(log.after(2, 10))).toEqual(['3 uid-c 3']);
  expect(log.after(3, 10)).toEqual({ entries: [], to: 3 });
});

it('[L2] a reader gets the latest state of an entity alone, where it changed last; removals as tombstones', () => {
  const log = new ChangeLog('e');
  log.append([put('a', '1'), put('b', '2'), put('a', '3'), drop('b', '2')]);
  expect(read(log.after(0, 10))).toEqual(['3 uid-a 3', '4 uid-b gone']);
});

it('[L3] a cursor older than the horizon, from the future, or no number gets a reset', () => {
  const log = new ChangeLog('e', 10);
  for (let i = 1; i <= 100; i++) log.append([put(`n${i}`, String(i))]);
  expect(log.after(0, 10)).toBe('reset');
  expect(log.after(101, 10)).toBe('reset');
  expect(log.after(1.5, 10)).toBe('reset');
  expect(log.after(-1, 10)).toBe('reset');
  expect(log.after(89, 100)).toBe('reset');
  expect(log.after(90, 100)).toMatchObject({ to: 100 });
});

it('[L7] what is held follows what there is, not how often it changed', () => {
  const log = new ChangeLog('e');
  for (let i = 1; i <= 50_000; i++) log.append([put(`n${i % 100}`, String(i))]);
  expect(log.gauges()).toMatchObject({ entries: 100, tombstones: 0 });
  expect(log.gauges().places).toBeLessThanOrEqual(2 * 100 + 1024);
  expect(log.after(0, 1000)).toMatchObject({ to: 50_000 });
});

it('[L7] of what comes and goes, no more is held than twice the horizon, and tombstones are counted', () => {
  const log = new ChangeLog('e', 100);
  for (let i = 1; i <= 1000; i++) {
    log.append([put(`n${i}`, '1')]);
    log.append([drop(`n${i}`, '1')]);
    expect(log.gauges().places).toBeLessThanOrEqual(200);
  }
  expect(log.gauges().floor).toBe(1900);
  expect(log.gauges().tombstones).toBe(log.gauges().entries);
  log.append([put('n1000', '2')]);
  expect(log.gauges().tombstones).toBe(log.gauges().entries - 1);
});

it('[L6] a renewed log forgets what was, has another epoch, and goes on counting', () => {
  const log = new ChangeLog('e');
  log.append([put('a', '1'), put('b', '2')]);
  log.renew('f');
  expect(log.epoch).toBe('f');
  expect(log.after(1, 10)).toBe('reset');
  expect(log.after(2, 10)).toEqual({ entries: [], to: 2 });
  log.append([put('a', '3')]);
  expect(read(log.after(2, 10))).toEqual(['3 uid-a 3']);
});

it('[L8] a leap takes its numbers and serves no cursor from before it', () => {
  const log = new ChangeLog('e');
  log.append([put('a', '1'), put('b', '2')]);
  log.leap(50_000);
  expect([log.epoch, log.seq]).toEqual(['e', 50_002]);
  expect([log.after(2, 10), log.after(50_001, 10)]).toEqual(['reset', 'reset']);
  expect(log.after(50_002, 10)).toEqual({ entries: [], to: 50_002 });
  expect(log.gauges()).toEqual({ places: 0, entries: 0, tombstones: 0, floor: 50_002 });
  log.append([put('a', '3')]);
  expect(read(log.after(50_002, 10))).toEqual(['50003 uid-a 3']);
});

it('[L4] a reader may go in small pages and still ends where the log ends', () => {
  const log = new ChangeLog('e');
  for (let i = 1; i <= 50; i++) log.append([put(`n${i % 7}`, String(i))]);
  const latest = new Map<string, string | null>();
  let cursor = 0;
  while (cursor < log.seq) {
    const page = log.after(cursor, 2);
    if (page === 'reset') throw new Error('a reset within the horizon');
    expect(page.to).toBeGreaterThan(cursor);
    expect(page.entries.length).toBeLessThanOrEqual(2);
    for (const { uid, entity: held } of page.entries) latest.set(uid, held?.version ?? null);
    cursor = page.to;
  }
  expect(Object.fromEntries(latest)).toEqual({
    'uid-n0': '49',
    'uid-n1': '50',
    'uid-n2': '44',
    'uid-n3': '45',
    'uid-n4': '46',
    'uid-n5': '47',
    'uid-n6': '48',
  });
});

it('[L5] from any cursor at any time a reader ends with what a reader from the beginning has', () => {
  let state = 3;
  const dice = (sides: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % sides;
  };
  const log = new ChangeLog('e', 40);
  const truth = new Map<string, string>();
  const readers = Array.from({ length: 5 }, () => ({ cursor: 0, held: new Map<string, string>() }));
  let resets = 0;
  for (let i = 1; i <= 3000; i++) {
    const name = `n${dice(30)}`;
    const before = truth.get(name);
    if (before !== undefined && dice(4) === 0) {
      truth.delete(name);
      log.append([drop(name, before)]);
    } else {
      truth.set(name, String(i));
      log.append([put(name, String(i))]);
    }
    const reader = readers[dice(200)];
    if (reader === undefined) continue;
    for (;;) {
      const page = log.after(reader.cursor, 7);
      if (page === 'reset') {
        resets++;
        reader.held = new Map(truth);
        reader.cursor = log.seq;
        break;
      }
      for (const { entity: held, uid } of page.entries) {
        if (held === null) reader.held.delete(uid.slice(4));
        else reader.held.set(held.name, held.version);
      }
      reader.cursor = page.to;
      if (reader.cursor === log.seq) break;
    }
    expect(Object.fromEntries(reader.held)).toEqual(Object.fromEntries(truth));
  }
  expect(resets).toBeGreaterThan(0);
});

it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
  '[L5] from every cursor, in pages of any size and over any horizon, a reader gets what came after it (seed %i)',
  (seed) => {
    let state = seed;
    const dice = (sides: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 16) % sides;
    };
    const horizon = 1 + dice(60);
    const log = new ChangeLog('e', horizon);
    const history: { uid: string; version: string }[] = [];
    const steps = 50 + dice(200);
    for (let i = 1; i <= steps; i++) {
      const name = `n${dice(12)}`;
      const gone = dice(4) === 0;
      log.append([gone ? drop(name, '0') : put(name, String(i))]);
      history.push({ uid: `uid-${name}`, version: gone ? 'gone' : String(i) });
    }
    for (let from = 0; from <= steps; from++) {
      const got: string[] = [];
      let cursor = from;
      let page = log.after(cursor, 1 + dice(9));
      for (; page !== 'reset' && page.to > cursor; page = log.after(cursor, 1 + dice(9))) {
        for (const entry of page.entries) got.push(`${entry.seq} ${entry.uid} ${entry.entity?.version ?? 'gone'}`);
        cursor = page.to;
      }
      if (page === 'reset') {
        expect(from).toBeLessThan(steps - horizon);
        continue;
      }
      const latest = history.flatMap(({ uid, version }, at) =>
        at >= from && !history.slice(at + 1).some((later) => later.uid === uid) ? [`${at + 1} ${uid} ${version}`] : [],
      );
      expect(got).toEqual(latest);
    }
  },
);
