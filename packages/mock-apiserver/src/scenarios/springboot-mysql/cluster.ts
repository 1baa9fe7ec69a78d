import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** One node; its disk is another machine's. */
export const springbootMysqlCluster: ClusterFacts = {
  nodes: [{ name: '10.12.5.115', address: '10.12.5.115', podCIDR: '172.17.63.0/24', cpu: '4', memory: '8Gi' }],
  services: { cidr: '10.254.0.0/16', reserved: { 'default/kubernetes': '10.254.0.1' } },
  images: [{ pattern: /springcloudtest/, exists: true, pullMs: [6000, 9000], againMs: [900, 1400] }, ANY_IMAGE],
};
