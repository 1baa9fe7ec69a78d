import { kindRow } from '@portolan/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WatchedMock, watchedMock } from './testing/watched-mock.ts';

const specs = (['NodeMetrics', 'PodMetrics'] as const).map((kind) => {
  const row = kindRow(kind);
  return { ...row, read: { ...row.read, pollMs: 20 } };
});

let room: WatchedMock;

beforeEach(async () => {
  room = await watchedMock(specs);
});
afterEach(() => room.close());

const report = (kind: string) => room.watch.reports().find((one) => one.kind === kind);

it('[W72] metrics are polled where they are served, and what has not changed is no change', async () => {
  await expect.poll(() => report('NodeMetrics')?.syncs.poll ?? 0).toBeGreaterThan(5);
  const nodes = [...room.store.entities('NodeMetrics')];
  expect(nodes.length).toBeGreaterThan(0);
  for (const node of nodes) expect(node).toMatchObject({ kind: 'NodeMetrics', cpu: expect.any(Number) });
  for (const kind of ['NodeMetrics', 'PodMetrics']) {
    expect(report(kind)).toMatchObject({ state: 'live', failures: 0, resumes: {}, problem: null });
  }
  expect(room.commits.length).toBeLessThan(report('NodeMetrics')?.syncs.poll ?? 0);
});
