import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** Four nodes that take three executors each. */
export const sparkCluster: ClusterFacts = {
  nodes: [1, 2, 3, 4].map((number) => ({
    name: `worker${number}`,
    address: `192.168.20.${10 + number}`,
    podCIDR: `10.244.${number}.0/24`,
    cpu: '4',
    memory: '8Gi',
    roles: ['worker'],
  })),
  services: { cidr: '10.96.0.0/12', reserved: { 'default/kubernetes': '10.96.0.1' } },
  images: [{ pattern: /spark/, exists: true, pullMs: [6000, 8000], againMs: [700, 1100] }, ANY_IMAGE],
};
