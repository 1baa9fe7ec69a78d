import type { Collection } from './collection.ts';

const none = (plural: string, kind: string): Collection => ({
  version: 'v1',
  plural,
  kind,
  count: 0,
  uid: () => '',
  object: () => {
    throw new RangeError(`there is no ${kind}`);
  },
});

/** A cluster of small pods and nothing else, each dated in the label `at` (ms) when it is made. */
export function plainPods(count: number): Collection[] {
  const pods: Collection = {
    version: 'v1',
    plural: 'pods',
    kind: 'Pod',
    count,
    uid: (index) => `uid-${index}`,
    object: (index, resourceVersion) => ({
      metadata: {
        name: `web-${index}`,
        namespace: 'default',
        uid: `uid-${index}`,
        resourceVersion,
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: { app: 'web', at: (performance.timeOrigin + performance.now()).toFixed(3) },
      },
      spec: { nodeName: `node-${index % 20}`, containers: [{ name: 'main', image: 'registry.example/web:1' }] },
      status: {
        phase: 'Running',
        podIP: `10.0.${index >> 8}.${index & 255}`,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: {} } }],
      },
    }),
  };
  return [none('namespaces', 'Namespace'), none('nodes', 'Node'), pods];
}
