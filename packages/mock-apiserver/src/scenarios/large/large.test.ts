import type { KubeObject, Pod } from '@portolan/shared';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../../cluster.ts';
import { isReady } from '../../controllers/pod-state.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { largeScenario } from './large.ts';
import { sizeOf } from './size.ts';

const SIZE = { nodes: 40, pods: 900, churn: 5 };

/** Starts a cluster of a size on a fake clock. */
function start(size: { nodes: number; pods: number; churn: number }, seed = 1): Cluster & { clock: FakeClock } {
  const script = largeScenario(size);
  const clock = fakeClock();
  const report = (error: unknown) => {
    throw error;
  };
  const cluster = startCluster({
    facts: script.cluster,
    fill: script.fill,
    clock,
    wall: clock,
    seed,
    frozen: true,
    report,
  });
  return { ...cluster, clock };
}

const isActive = (pod: Pod) =>
  !pod.metadata.deletionTimestamp && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';

const waitingReasons = (pods: readonly Pod[]) =>
  new Set(pods.flatMap(({ status }) => status?.containerStatuses?.map(({ state }) => state?.waiting?.reason) ?? []));

/** No two live pods share an address, and no node has more than it can take. */
function expectSound({ store }: Cluster): void {
  const pods = store.list('pods');
  const addresses = pods.filter(isActive).flatMap(({ status }) => status?.podIP ?? []);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const node of store.list('nodes')) {
    const here = store.by('pods', 'node', node.metadata.name).filter(isActive);
    expect(here.length).toBeLessThanOrEqual(Number(node.status?.allocatable?.pods));
  }
}

describe('a large cluster', () => {
  let cluster: Cluster & { clock: FakeClock };

  beforeAll(() => {
    cluster = start(SIZE);
  });

  it('[M191] has its nodes and pods, and every pod an owner, a place that has room, and an address of its own', () => {
    const { store } = cluster;
    const pods = store.list('pods');
    expect(store.count('nodes')).toBe(SIZE.nodes);
    expect(pods.filter(({ metadata }) => !metadata.deletionTimestamp)).toHaveLength(SIZE.pods);
    for (const { metadata } of pods) {
      const owner = metadata.ownerReferences?.[0];
      expect(store.withUid(owner?.uid ?? '')?.object.metadata.name).toBe(owner?.name);
    }
    expectSound(cluster);
  });

  it('[M191] has pods and nodes in many states', () => {
    const { store } = cluster;
    const pods = store.list('pods');
    const reasons = waitingReasons(pods);
    expect(reasons.has('CrashLoopBackOff') && reasons.has('ImagePullBackOff')).toBe(true);
    const pending = pods.find(({ spec }) => !spec.nodeName);
    expect(pending?.status?.conditions?.[0]).toMatchObject({ type: 'PodScheduled', reason: 'Unschedulable' });
    expect(pods.some(({ status }) => status?.phase === 'Succeeded')).toBe(true);
    expect(pods.some(({ metadata }) => metadata.deletionTimestamp)).toBe(true);
    const nodes = store.list('nodes');
    const conditions = nodes.flatMap(
      ({ status }) => status?.conditions?.map(({ type, status: is }) => `${type} ${is}`) ?? [],
    );
    expect(conditions).toEqual(expect.arrayContaining(['Ready Unknown', 'MemoryPressure True']));
    expect(nodes.some(({ spec }) => spec?.unschedulable)).toBe(true);
  });

  it('[M192] its controllers find nothing to repair when they start', () => {
    const idle = start({ ...SIZE, churn: 0 });
    const written: string[] = [];
    for (const { key } of idle.store.resources()) {
      if (key === 'leases.coordination.k8s.io' || key === 'events') continue;
      idle.store.watch(key, idle.store.version, ({ type, object }: { type: string; object: KubeObject }) =>
        written.push(`${type} ${key} ${object.metadata.name}`),
      );
    }
    idle.clock.advance(60_000);
    expect(written).toEqual([]);
  });

  it('[M192] a Service leads to the ready pods that it selects, and a ReplicaSet counts them', () => {
    const { store } = cluster;
    for (const set of store.list('replicasets.apps')) {
      const ready = store.by('pods', 'controller', set.metadata.uid).filter((pod) => isActive(pod) && isReady(pod));
      expect(set.status?.readyReplicas ?? 0).toBe(ready.length);
    }
    for (const { metadata, spec } of store.list('services').filter((service) => service.spec.selector)) {
      const slices = store.by('endpointslices.discovery.k8s.io', 'service', `${metadata.namespace}/${metadata.name}`);
      const listed = slices.flatMap(({ endpoints }) => (endpoints ?? []).filter(({ conditions }) => conditions?.ready));
      const pods = store
        .list('pods', metadata.namespace)
        .filter((pod) => pod.metadata.labels?.app === spec.selector?.app);
      expect(listed.length).toBe(pods.filter((pod) => isActive(pod) && isReady(pod)).length);
    }
  });

  it('[M191] the same seed makes the same cluster, another another', () => {
    const names = (seed: number) =>
      start({ nodes: 10, pods: 60, churn: 0 }, seed)
        .store.list('pods')
        .map(({ metadata }) => metadata.name);
    expect(names(7)).toEqual(names(7));
    expect(names(8)).not.toEqual(names(7));
  });

  it('[M193] churn writes about as much as was said, and leaves a sound cluster of about its size', {
    timeout: 30_000,
  }, () => {
    const busy = start(SIZE);
    const { store, clock } = busy;
    let writes = 0;
    store.watch('pods', store.version, () => {
      writes += 1;
    });
    largeScenario(SIZE).live?.({ store, clock, seed: 1 });
    clock.advance(300_000);
    expect(writes / 300).toBeGreaterThan(SIZE.churn / 2);
    expect(writes / 300).toBeLessThan(SIZE.churn * 2);
    expectSound(busy);
    const active = store.list('pods').filter((pod) => !pod.metadata.deletionTimestamp).length;
    expect(Math.abs(active - SIZE.pods)).toBeLessThan(SIZE.pods / 5);
  });

  it.each([
    [{ nodes: 0 }, 'a cluster of 0 nodes'],
    [{ nodes: 2, pods: 500 }, '500 pods do not fit on 2 nodes: give 0 to 200'],
    [{ churn: -1 }, '-1 changes a second'],
  ])('[M194] refuses the size %o', (size, message) => {
    expect(() => sizeOf(size)).toThrow(message);
  });

  it('[M194] has 30 pods a node and a change a second for each 3000 pods, unless told', () => {
    expect(sizeOf()).toEqual({ nodes: 5000, pods: 150_000, churn: 50 });
    expect(sizeOf({ nodes: 200 })).toEqual({ nodes: 200, pods: 6000, churn: 2 });
  });
});
