import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** A master and a worker, as kubeadm makes them. */
export const kubeSystemCluster: ClusterFacts = {
  nodes: [
    {
      name: 'master',
      address: '192.168.10.11',
      podCIDR: '10.244.0.0/24',
      cpu: '2',
      memory: '4Gi',
      kubeletVersion: 'v1.18.2',
      roles: ['master'],
      taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }],
    },
    {
      name: 'worker',
      address: '192.168.10.12',
      podCIDR: '10.244.1.0/24',
      cpu: '2',
      memory: '4Gi',
      kubeletVersion: 'v1.18.2',
    },
  ],
  services: {
    cidr: '10.96.0.0/12',
    reserved: { 'default/kubernetes': '10.96.0.1', 'kube-system/kube-dns': '10.96.0.10' },
  },
  images: [ANY_IMAGE],
  controlPlane: {
    hosts: ['master'],
    election: { leaseSeconds: 15, retrySeconds: 2, lock: 'endpointsleases', identity: 'host_uuid' },
  },
};
