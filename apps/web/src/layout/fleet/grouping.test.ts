import { describe, expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode, samplePod, sampleReplicaSet } from '../../testing/sample-cluster.ts';
import { groupOfNode, groupOfPod } from './grouping.ts';

const pod = samplePod('web', 1, 'a', null, { images: ['nginx:1', 'sidecar'], labels: { tier: '', app: 'web' } });

describe('groups', () => {
  it('[P9] of nodes are zones, or pools by the labels of providers, else by roles', () => {
    const node = (labels: Record<string, string>, roles = '<none>') => sampleNode('n', { labels, roles, zone: 'z1' });
    expect(groupOfNode(node({}), 'zone').title).toBe('z1');
    expect(groupOfNode(node({ 'eks.amazonaws.com/nodegroup': 'blue' }, 'worker'), 'pool').title).toBe('blue');
    expect(groupOfNode(node({}, 'control-plane,master'), 'pool').title).toBe('control-plane,master');
    expect(groupOfNode(node({}), 'pool').title).toBeNull();
    expect(groupOfNode(sampleNode('n'), 'zone').title).toBeNull();
  });

  it('[P9] of pods are by what the pod says; an empty label is not the same as none', () => {
    const title = (by: Parameters<typeof groupOfPod>[1]) => groupOfPod(pod, by, null).title;
    expect(title({ by: 'namespace' })).toBe('default');
    expect(title({ by: 'image' })).toBe('nginx:1');
    expect(title({ by: 'phase' })).toBe('Running');
    expect(title({ by: 'owner' })).toBe('default/web-1');
    expect(title({ by: 'label', key: 'tier' })).toBe('');
    expect(title({ by: 'label', key: 'none' })).toBeNull();
    expect(groupOfPod(sampleLoosePod('p'), { by: 'owner' }, null).title).toBeNull();
  });

  it('[P9] by workload is the owner of the owner, or the owner where that is all there is', () => {
    const graph = graphOf([sampleReplicaSet('web', 1, 1), pod]);
    expect(groupOfPod(pod, { by: 'workload' }, graph)).toEqual({
      key: '=default/Deployment/web',
      title: 'default/web',
    });
    expect(groupOfPod(pod, { by: 'workload' }, null).key).toBe('=default/ReplicaSet/web-1');
  });
});
