import type { KubeObject } from '@portolan/shared';
import { parse as parseYaml } from 'yaml';
import { servedBy } from '../api/custom/custom-resources.ts';
import { groupVersion } from '../api/resource.ts';
import { createObject } from '../api/write.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import type { ClusterFacts } from '../scenarios/scenario.ts';
import type { StoreEvent } from '../store/history.ts';
import type { ObjectOf } from '../store/kinds.ts';

/** A simulated cluster on a fake clock, for tests: what a reconcile fails with is thrown when time passes. */
export interface Lab extends Cluster {
  clock: FakeClock;
  /** Creates what a YAML text describes, as `kubectl create -f` would. */
  create(yaml: string): KubeObject;
  /** Lets seconds pass. */
  seconds(count: number): void;
  /** Everything written under a key from now on, in order. */
  record<K extends string>(key: K): StoreEvent<ObjectOf<K>>[];
}

/** Starts a lab; the guestbook's nodes unless told otherwise. */
export function startLab(facts: Partial<ClusterFacts> = {}, seed = 1, speed = 1): Lab {
  const clock = fakeClock(undefined, speed);
  const failures: unknown[] = [];
  const cluster = startCluster({
    facts: { ...guestbookCluster, ...facts },
    clock,
    wall: clock,
    seed,
    frozen: true,
    report: (error) => failures.push(error),
  });
  const { store, api } = cluster;
  return {
    ...cluster,
    clock,
    create(yaml) {
      const { apiVersion, kind, metadata } = parseYaml(yaml, { version: '1.1' }) as KubeObject;
      const served = servedBy(store).find(
        ({ group, version, resource }) => groupVersion(group, version) === apiVersion && resource.kind === kind,
      );
      if (!served) throw new Error(`${kind} of ${apiVersion} is not served`);
      const namespace = served.resource.namespaced ? (metadata.namespace ?? 'default') : undefined;
      const request = {
        method: 'POST',
        served,
        namespace,
        name: undefined,
        subresource: undefined,
        query: new URLSearchParams(),
        accept: undefined,
        contentType: 'application/yaml',
        body: Buffer.from(yaml),
      };
      return createObject(request, api).body as KubeObject;
    },
    seconds(count) {
      clock.advance(count * 1000);
      if (failures.length > 0) throw failures[0];
    },
    record(key) {
      const events: StoreEvent<ObjectOf<typeof key>>[] = [];
      store.watch(key, store.version, (event) => events.push(event));
      return events;
    },
  };
}
