import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** Three nodes of one size. */
export const backupCluster: ClusterFacts = {
  nodes: [1, 2, 3].map((number) => ({
    name: `node${number}`,
    address: `192.168.8.${10 + number}`,
    podCIDR: `10.244.${number}.0/24`,
    cpu: '2',
    memory: '4Gi',
  })),
  services: { cidr: '10.96.0.0/12', reserved: { 'default/kubernetes': '10.96.0.1' } },
  images: [ANY_IMAGE],
};
