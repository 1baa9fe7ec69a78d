import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** Two nodes of one size. */
export const serviceCluster: ClusterFacts = {
  nodes: [1, 2].map((number) => ({
    name: `node${number}`,
    address: `192.168.6.${10 + number}`,
    podCIDR: `10.244.${number}.0/24`,
    cpu: '2',
    memory: '4Gi',
  })),
  services: {
    cidr: '10.96.0.0/12',
    reserved: { 'default/kubernetes': '10.96.0.1', 'default/backend-service': '10.101.12.40' },
  },
  images: [ANY_IMAGE],
};
