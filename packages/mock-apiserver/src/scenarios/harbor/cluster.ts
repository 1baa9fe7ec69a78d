import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** Three nodes that share a Ceph pool. */
export const harborCluster: ClusterFacts = {
  nodes: [1, 2, 3].map((number) => ({
    name: `k8s-node${number}`,
    address: `172.16.100.${10 + number}`,
    podCIDR: `10.233.${64 + number}.0/24`,
    cpu: '4',
    memory: '16Gi',
  })),
  services: { cidr: '10.233.0.0/18', reserved: { 'default/kubernetes': '10.233.0.1' } },
  images: [{ pattern: /^vmware\/|^postgres:/, exists: true, pullMs: [1500, 2500], againMs: [500, 900] }, ANY_IMAGE],
};
