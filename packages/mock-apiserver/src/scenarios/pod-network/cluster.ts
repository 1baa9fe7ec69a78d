import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts, NodeFacts } from '../scenario.ts';

const MASTER = { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' } as const;

const node = (name: string, last: number, range: number): NodeFacts => ({
  name,
  address: `172.16.35.${last}`,
  podCIDR: `10.244.${range}.0/24`,
  cpu: '2',
  memory: '4Gi',
});

/** Three masters and three nodes; the pods of each have a range of 256 addresses of 10.244.0.0/16. */
export const podNetworkCluster: ClusterFacts = {
  nodes: [
    ...[1, 2, 3].map((number) => ({
      ...node(`master${number}`, 10 + number, number - 1),
      roles: ['master'],
      taints: [MASTER],
    })),
    ...[1, 2, 3].map((number) => node(`node${number}`, 20 + number, number + 2)),
  ],
  services: { cidr: '10.96.0.0/12', reserved: { 'default/kubernetes': '10.96.0.1' } },
  images: [{ pattern: /tomcat/, exists: true, pullMs: [9000, 12_000], againMs: [900, 1400] }, ANY_IMAGE],
};
