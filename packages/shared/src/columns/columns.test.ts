import { describe, expect, it } from 'vitest';
import type { PodEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import { project } from '../project/project.ts';
import { messages } from '../protocol.ts';
import { pick, type Random, seededRandom } from '../random.ts';
import { aPod } from '../testing/objects.ts';
import type { Column } from './column.ts';
import { ColumnsError, decodeColumns, encodeColumns } from './columns.ts';

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value));

function randomPods(seed: number): PodEntity[] {
  const chance = seededRandom(seed);
  const base = project('Pod', aPod());
  return Array.from({ length: Math.floor(chance() * 60) }, (_, i) => ({
    ...base,
    uid: `uid-${i}`,
    node: pick(chance, [null, 'node1', 'node2']),
    labels: pick<Record<string, string>>(chance, [{}, { app: 'web' }, { app: 'api', tier: 'back' }]),
    images: pick<string[]>(chance, [[], ['a:1'], ['a:1', 'b:2']]),
    restarts: Math.floor(chance() * 1000),
    ready: pick<[number, number]>(chance, [
      [0, 1],
      [1, 1],
    ]),
    isReady: chance() < 0.5,
  }));
}

/** Entities with one field of these values, which the columns know nothing of. */
const having = (values: readonly unknown[]) => values.map((value) => ({ kind: 'Pod', value }) as unknown as Entity);
const columnOf = (values: readonly unknown[]) => encodeColumns(having(values)).value as Column;
const through = (values: readonly unknown[]) =>
  decodeColumns('Pod', values.length, overTheWire(encodeColumns(having(values)))).map(
    (one) => (one as unknown as { value: unknown }).value,
  );
const formOf = (values: readonly unknown[]) => {
  const column = columnOf(values);
  return Array.isArray(column) ? 'plain' : column.as;
};
const decoded = (column: Column, count: number) => decodeColumns('Pod', count, { name: column });

const hex = (chance: Random, digits: number) =>
  Array.from({ length: digits }, () => Math.floor(chance() * 16).toString(16)).join('');
const uuid = (chance: Random) => [8, 4, 4, 4, 12].map((digits) => hex(chance, digits)).join('-');

const drawn = (draw: (chance: Random) => unknown) => {
  const chance = seededRandom(1);
  return Array.from({ length: 40 }, () => draw(chance));
};

/** Values of every sort that a field may have, and of such as are nearly of a sort. */
const SORTS: readonly ((chance: Random) => unknown)[] = [
  () => null,
  (chance) => chance() < 0.5,
  (chance) => Math.floor(chance() * 1e6),
  (chance) => Math.floor(chance() * 2 ** 53) * (chance() < 0.5 ? -1 : 1),
  (chance) => 1_700_000_000_000 + 1000 * Math.floor(chance() * 90),
  (chance) => chance() * 10,
  (chance) => String(Math.floor(chance() * 1e9)),
  (chance) => pick(chance, ['007', '0', '', '-1', '1e3', '9007199254740993', '１２']),
  uuid,
  (chance) => uuid(chance).toUpperCase(),
  (chance) => `10.${Math.floor(chance() * 300)}.0.${Math.floor(chance() * 256)}`,
  (chance) => pick(chance, ['10.0.0.01', '1.2.3', 'fd00::1', '255.255.255.255', '0.0.0.0']),
  (chance) => `web-${pick(chance, ['a', 'b'])}-${hex(chance, 5)}`,
  (chance) => `${hex(chance, Math.floor(chance() * 4))}-`,
  (chance) => pick(chance, ['é', '海图', '🚢', '\u2028', '"\\', '\ud800']),
  (chance) => ({ app: hex(chance, 3), ...(chance() < 0.5 && { tier: 'back' }) }),
  (chance) => ({ [pick(chance, ['a', 'b', '1', 'constructor'])]: chance() < 0.5 ? null : [{ x: hex(chance, 2) }] }),
  (chance) => JSON.parse(`{"__proto__":"${hex(chance, 2)}"}`),
  (chance) => Array.from({ length: Math.floor(chance() * 4) }, () => `a-${hex(chance, 2)}`),
  (chance) => [[Math.floor(chance() * 9)], []],
];

describe('columns', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('[R9] bring back the entities (seed %d)', (seed) => {
    const pods = randomPods(seed);
    const columns = overTheWire(encodeColumns(pods));
    expect(decodeColumns('Pod', pods.length, columns)).toEqual(pods);
  });

  it.each(Array.from({ length: 300 }, (_, seed) => seed))('[R9] bring back values of any sort (seed %d)', (seed) => {
    const chance = seededRandom(seed);
    const sorts = Array.from({ length: 1 + Math.floor(chance() * 2) }, () => pick(chance, SORTS));
    const pool = Array.from({ length: 1 + Math.floor(chance() * 80) }, () => pick(chance, sorts)(chance));
    const again = chance() < 0.4;
    const values = pool.map((value) => (again ? pick(chance, pool) : value));
    // As texts: what has a field of the name `__proto__` is never equal, not even to itself.
    expect(JSON.stringify(through(values))).toBe(JSON.stringify(values));
  });

  it.each<[string, unknown[]]>([
    ['plain', ['a', 'b', 'c']],
    ['plain', [true, 1, 'x', 2.5, 3]],
    ['dictionary', ['Running', 'Running', 'Pending', 'Running']],
    ['dictionary', [{ app: 'web' }, { app: 'web' }, { app: 'api' }, { app: 'web' }]],
    ['integers', [1, 2, 4, 8, 16, 32]],
    ['integers', [1_700_000_000_000, 1_700_000_001_000, 1_700_000_003_000, 1_700_000_006_000]],
    ['packed', drawn((chance) => String(10_000_000 + Math.floor(chance() * 9_000_000)))],
    ['packed', drawn((chance) => `10.0.${Math.floor(chance() * 200)}.${Math.floor(chance() * 256)}`)],
    ['uuids', drawn(uuid)],
    ['width', ['x2k4p', 'q7bcd', 'mzn52', 'v9wfr']],
    ['split', ['web-7d9f-x', 'web-7d9f-yy', 'web-7d9f-zzz', 'web-7d9f-w']],
    ['holes', [null, 'a-1', 'b-22', 'c', null, 'd', 'e', null, null]],
    ['lists', [['a'], ['b'], ['c', 'd'], []]],
    ['objects', [{ app: 'a' }, { app: 'b' }, { app: 'c', tier: 'x' }, {}]],
  ])('[R9] take the form %s', (form, values) => {
    expect(formOf(values)).toBe(form);
    expect(through(values)).toStrictEqual(values);
  });

  it('[R9] fit the schema of the stream', () => {
    const pods = randomPods(3);
    const columns = encodeColumns(pods);
    expect(columns.labels).toHaveProperty('as', 'dictionary');
    const message = { kind: 'Pod', count: pods.length, columns, part: 0, parts: 1, total: pods.length };
    expect(messages.snapshot.safeParse(message).success).toBe(true);
  });

  it('[R9] of nothing are none', () => {
    expect(encodeColumns([])).toEqual({});
    expect(decodeColumns('Pod', 0, {})).toEqual([]);
  });

  it('[R10] share the objects of a dictionary among the rows', () => {
    const [a, b] = decodeColumns('Pod', 2, { labels: { as: 'dictionary', values: [{ app: 'web' }], rows: [0, 0] } });
    expect(a?.labels).toBe(b?.labels);
  });

  it.each<[string, Column, number, string]>([
    ['of too few values', ['a'], 2, '1 rows where 2 were announced'],
    ['of a row without a value', { as: 'dictionary', values: ['a'], rows: [1] }, 1, 'row 0 points at no value'],
    ['of runs without end', { as: 'dictionary', values: ['a'], rows: [0], runs: [1e9] }, 2, 'more rows than the 2'],
    ['of runs that do not match', { as: 'dictionary', values: ['a'], rows: [0], runs: [] }, 1, '0 runs of 1 values'],
    ['of bytes that are none', { as: 'uuids', base64: '%' }, 1, 'base64'],
    ['of too few bytes', { as: 'uuids', base64: 'AAAA' }, 1, '3 bytes where there are to be 16'],
    ['of a width of nothing', { as: 'width', width: 0, text: '' }, 1, '0 characters for 1 rows'],
    [
      'of an address that is none',
      { as: 'integers', of: 'ip', base: -1, step: 1, sums: false, each: [0] },
      1,
      '-1 is no address',
    ],
    ['of a form that is not known', { as: 'dictionary', values: { as: 'else' }, rows: [0] }, 1, 'no known form'],
    ['of a shape that is not there', { as: 'objects', keys: [], shapes: [], rows: [0], fields: [] }, 1, 'no shape 0'],
    ['of a key that is not there', { as: 'objects', keys: [], shapes: [[3]], rows: [0], fields: [] }, 1, 'no key 3'],
    ['of lists without their values', { as: 'lists', lengths: [2], values: ['a'] }, 1, '1 rows where 2'],
  ])('[R10] %s are refused by name', (_name, column, count, problem) => {
    expect(() => decoded(column, count)).toThrow(ColumnsError);
    expect(() => decoded(column, count)).toThrow('snapshot of Pod, column name: ');
    expect(() => decoded(column, count)).toThrow(problem);
  });
});
