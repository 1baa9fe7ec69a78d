import type { ClusterFacts } from '../scenario.ts';

/** The two nodes, the addresses and the images of Kubernetes 1.4's guestbook tutorial. */
export const guestbookCluster: ClusterFacts = {
  nodes: [
    { name: 'node1', address: '192.168.3.53', podCIDR: '10.255.70.0/24', cpu: '1', memory: '2Gi' },
    { name: 'node2', address: '192.168.3.54', podCIDR: '10.255.73.0/24', cpu: '1', memory: '2Gi' },
  ],
  services: {
    cidr: '10.254.0.0/16',
    reserved: {
      'default/kubernetes': '10.254.0.1',
      'default/redis-master': '10.254.203.144',
      'default/redis-slave': '10.254.0.214',
      'default/frontend': '10.254.18.215',
    },
  },
  images: [
    { pattern: /broken|missing|no-such|does-not-exist/, exists: false, pullMs: [900, 1500], againMs: [900, 1500] },
    { pattern: /guestbook-php-frontend:/, exists: true, pullMs: [8000, 9000], againMs: [5000, 6000] },
    { pattern: /guestbook-php-frontend/, exists: true, pullMs: [5200, 5800], againMs: [6500, 7200] },
    { pattern: /redis/, exists: true, pullMs: [3000, 4000], againMs: [900, 1400] },
    { pattern: /./, exists: true, pullMs: [2500, 4500], againMs: [800, 1400] },
  ],
};
