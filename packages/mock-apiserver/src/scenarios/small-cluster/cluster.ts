import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts, NodeFacts } from '../scenario.ts';

/** A small machine that the cloud may take back at any time. */
const small = (suffix: string, number: number): NodeFacts => ({
  name: `gke-small-pool-5d2c8b17-${suffix}`,
  address: `10.138.0.${number + 1}`,
  externalAddress: `203.0.113.${number + 40}`,
  podCIDR: `10.44.${number - 1}.0/24`,
  cpu: '1',
  memory: '1700Mi',
  labels: { 'cloud.google.com/gke-nodepool': 'small-pool', 'cloud.google.com/gke-preemptible': 'true' },
});

const LAST = small('x8wd', 3);

/** Three small nodes with external addresses; the last comes back under its name, with another external address. */
export const smallCluster: ClusterFacts = {
  nodes: [small('3f7k', 1), small('m0tb', 2), LAST],
  machines: [{ ...LAST, externalAddress: '203.0.113.44' }],
  services: { cidr: '10.47.240.0/20', reserved: { 'default/kubernetes': '10.47.240.1' } },
  images: [ANY_IMAGE],
};
