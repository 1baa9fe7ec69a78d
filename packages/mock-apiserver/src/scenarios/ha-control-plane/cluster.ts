import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts, NodeFacts } from '../scenario.ts';

const VERSION = 'v1.6.0';

const machine = (name: string, last: number, range: number): NodeFacts => ({
  name,
  address: `10.0.0.${last}`,
  podCIDR: `172.30.${range}.0/24`,
  cpu: '4',
  memory: '8Gi',
  kubeletVersion: VERSION,
  runtime: 'docker://1.12.6',
});

/** What etcd answers to one who shows it no certificate that it knows. */
const REFUSED = 'remote error: tls: bad certificate';

/** Three controllers and three nodes; leases of 150 s that are renewed for 100 s, looked at every 20 s. */
export const haControlPlaneCluster: ClusterFacts = {
  nodes: [
    ...[1, 2, 3].map((number) => ({
      ...machine(`kube.controller0${number}`, 10 + number, number),
      roles: ['master'],
      taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' } as const],
    })),
    ...[1, 2, 3].map((number) => machine(`kube.node0${number}`, 20 + number, 10 + number)),
  ],
  services: { cidr: '192.168.0.0/16', reserved: { 'default/kubernetes': '192.168.0.1' } },
  images: [ANY_IMAGE],
  controlPlane: {
    hosts: ['kube.controller01', 'kube.controller02', 'kube.controller03'],
    election: { leaseSeconds: 150, retrySeconds: 20, lock: 'endpointsleases', identity: 'host' },
  },
  componentStatuses: [11, 12, 13].map((last, index) => ({
    name: `etcd-${index}`,
    healthy: false,
    message: `Get https://10.0.0.${last}:2379/health: ${REFUSED}`,
  })),
};
