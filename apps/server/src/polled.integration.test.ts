import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { kindRow, project } from '@portolan/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { EntityStore } from './store/entity-store.ts';
import { ClusterWatch } from './watch/cluster-watch.ts';
import { chooseClusters } from './watch/kubeconfig.ts';
import { Transport } from './watch/transport.ts';

const specs = (['NodeMetrics', 'PodMetrics'] as const).map((kind) => {
  const row = kindRow(kind);
  return { ...row, read: { ...row.read, pollMs: 20 } };
});

let folder: string;
let mock: MockCluster;
let transport: Transport;
let store: EntityStore;
let watch: ClusterWatch;
/** How many steps each commit had. */
let commits: number[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-polled-'));
  mock = await startMock({ scenario: 'guestbook', services: 'off' });
  const file = join(folder, 'config');
  writeFileSync(file, mock.kubeconfig);
  const [config] = chooseClusters({ file, contexts: [], env: {} });
  if (config === undefined) throw new Error('no cluster was chosen');
  transport = new Transport({ load: config.load, env: {}, clock: systemClock, version: 'test' });
  commits = [];
  store = new EntityStore((steps) => void commits.push(steps.length));
  watch = new ClusterWatch({
    client: transport,
    specs,
    sink: (kind) => store.kind(kind),
    project,
    clock: systemClock,
    changed: () => undefined,
    renewed: () => undefined,
  });
  watch.start();
});
afterEach(async () => {
  watch.stop();
  await transport.close();
  await mock.close();
  rmSync(folder, { recursive: true });
});

const report = (kind: string) => watch.reports().find((one) => one.kind === kind);

it('[W72] metrics are polled where they are served, and what has not changed is no change', async () => {
  await expect.poll(() => report('NodeMetrics')?.syncs.poll ?? 0).toBeGreaterThan(5);
  const nodes = [...store.entities('NodeMetrics')];
  expect(nodes.length).toBeGreaterThan(0);
  for (const node of nodes) expect(node).toMatchObject({ kind: 'NodeMetrics', cpu: expect.any(Number) });
  for (const kind of ['NodeMetrics', 'PodMetrics']) {
    expect(report(kind)).toMatchObject({ state: 'live', failures: 0, resumes: {}, problem: null });
  }
  expect(commits.length).toBeLessThan(report('NodeMetrics')?.syncs.poll ?? 0);
});
