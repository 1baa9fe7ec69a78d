import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { project } from '@portolan/shared';
import { type Clock, systemClock } from '../clock.ts';
import { EntityStore } from '../store/entity-store.ts';
import { ClusterWatch } from '../watch/cluster-watch.ts';
import type { KindSpec } from '../watch/kind-spec.ts';
import { chooseClusters } from '../watch/kubeconfig.ts';
import { Transport } from '../watch/transport.ts';

/** An embedded cluster whose kinds are watched into a store. */
export interface WatchedMock {
  mock: MockCluster;
  store: EntityStore;
  watch: ClusterWatch;
  /** How many steps each commit had. */
  commits: number[];
  close(): Promise<void>;
}

/** Starts the guestbook's cluster and watches these kinds of it by `clock`. */
export async function watchedMock(specs: readonly KindSpec[], clock: Clock = systemClock): Promise<WatchedMock> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-watched-'));
  const mock = await startMock({ scenario: 'guestbook', services: 'off' });
  const file = join(folder, 'config');
  writeFileSync(file, mock.kubeconfig);
  const [config] = chooseClusters({ file, contexts: [], env: {} });
  if (config === undefined) throw new Error('no cluster was chosen');
  const transport = new Transport({ load: config.load, env: {}, clock: systemClock, version: 'test' });
  const commits: number[] = [];
  const store = new EntityStore((steps) => void commits.push(steps.length));
  const watch = new ClusterWatch({
    client: transport,
    specs,
    sink: (kind) => store.kind(kind),
    project,
    clock,
    changed: () => undefined,
    renewed: () => undefined,
  });
  watch.start();
  return {
    mock,
    store,
    watch,
    commits,
    async close() {
      watch.stop();
      await transport.close();
      await mock.close();
      rmSync(folder, { recursive: true });
    },
  };
}
