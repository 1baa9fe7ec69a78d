import type { KubeList, NodeMetrics, PodMetrics } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { startLab } from '../testing/lab.ts';
import { callApi } from './in-process.ts';

describe('metrics.k8s.io', () => {
  it('[M122] says what running pods and ready nodes use, and nothing of others', () => {
    const lab = startLab();
    const get = (path: string) => callApi(lab.api, { method: 'GET', path: `/apis/metrics.k8s.io/v1beta1/${path}` });
    const pods = () => (get('namespaces/default/pods') as KubeList<PodMetrics>).items;
    lab.create(`
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: main, image: 'redis:7', resources: {requests: {cpu: 500m, memory: 256Mi}}}
  - {name: side, image: 'redis:7'}`);
    expect(pods()).toEqual([]);
    lab.seconds(120);
    expect(pods()).toMatchObject([
      {
        metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
        window: '15s',
        containers: [
          { name: 'main', usage: { cpu: expect.stringMatching(/^\d+n$/), memory: expect.stringMatching(/^\d+Ki$/) } },
          { name: 'side' },
        ],
      },
    ]);
    const nodes = (get('nodes') as KubeList<NodeMetrics>).items;
    const cpus = nodes.map(({ usage }) => Number.parseInt(usage.cpu ?? '', 10));
    expect(nodes).toHaveLength(2);
    expect(cpus[0]).not.toBe(cpus[1]);
    expect(() => get('namespaces/default/pods/other')).toThrow('pods.metrics.k8s.io "default/other" not found');
  });
});
