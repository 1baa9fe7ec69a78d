import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts, NodeFacts } from '../scenario.ts';

const machine = (name: string, last: number, range: number): NodeFacts => ({
  name,
  address: `192.168.77.${last}`,
  podCIDR: `10.244.${range}.0/24`,
  cpu: '2',
  memory: '4Gi',
  kubeletVersion: 'v1.11.1',
  runtime: 'docker://17.3.2',
});

/** Three masters and three nodes of 1.11.1. */
export const nodeNotReadyCluster: ClusterFacts = {
  nodes: [
    ...[1, 2, 3].map((number) => ({
      ...machine(`master${number}`, 10 + number, number - 1),
      roles: ['master'],
      taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' } as const],
    })),
    ...[1, 2, 3].map((number) => machine(`node${number}`, 20 + number, number + 2)),
  ],
  services: { cidr: '10.96.0.0/12', reserved: { 'default/kubernetes': '10.96.0.1' } },
  images: [ANY_IMAGE],
  controlPlane: {
    hosts: ['master1', 'master2', 'master3'],
    election: { leaseSeconds: 15, retrySeconds: 2, lock: 'endpoints', identity: 'host_uuid' },
  },
};
