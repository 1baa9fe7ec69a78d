import { describe, expect, it } from 'vitest';
import { ColumnsError, decodeColumns, encodeColumns } from './columns.ts';
import type { PodEntity } from './entity/core.ts';
import { project } from './project/project.ts';
import { messages } from './protocol.ts';
import { pick, seededRandom } from './random.ts';
import { aPod } from './testing/objects.ts';

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

describe('columns', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('[R9] bring back what went in (seed %d)', (seed) => {
    const pods = randomPods(seed);
    const columns = overTheWire(encodeColumns(pods));
    expect(decodeColumns('Pod', pods.length, columns)).toEqual(pods);
  });

  it('[R9] take the smaller of the two forms, and fit the schema of the stream', () => {
    const pods = randomPods(3);
    const columns = encodeColumns(pods);
    expect(Array.isArray(columns.uid)).toBe(true);
    expect(columns.labels).toHaveProperty('d');
    for (const [field, column] of Object.entries(columns)) {
      const plain = pods.map((pod) => (pod as Record<string, unknown>)[field]);
      expect(JSON.stringify(column).length).toBeLessThanOrEqual(JSON.stringify(plain).length);
    }
    const message = { kind: 'Pod', count: pods.length, columns, part: 0, parts: 1, total: pods.length };
    expect(messages.snapshot.safeParse(message).success).toBe(true);
  });

  it('[R9] of nothing are none', () => {
    expect(encodeColumns([])).toEqual({});
    expect(decodeColumns('Pod', 0, {})).toEqual([]);
  });

  it('[R10] share the objects of a dictionary among the rows', () => {
    const [a, b] = decodeColumns('Pod', 2, { labels: { d: [{ app: 'web' }], ix: [0, 0] } });
    expect(a?.labels).toBe(b?.labels);
  });

  it('[R10] that do not fit are refused by name', () => {
    expect(() => decodeColumns('Pod', 2, { name: ['a'] })).toThrow(ColumnsError);
    expect(() => decodeColumns('Pod', 1, { name: { d: ['a'], ix: [1] } })).toThrow(
      'snapshot of Pod, column name: row 0 points at no value',
    );
  });
});
