import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts, NodeFacts } from '../scenario.ts';

const VERSION = 'v1.18.2';

const worker: NodeFacts = {
  name: 'node1',
  address: '192.168.33.12',
  podCIDR: '10.240.1.0/24',
  cpu: '2',
  memory: '2Gi',
  kubeletVersion: VERSION,
  runtime: 'docker://19.3.8',
};

/** One master as `kubeadm init` leaves it, and a machine that has not joined. */
export const kubeadmCluster: ClusterFacts = {
  nodes: [
    {
      name: 'master',
      address: '192.168.33.11',
      podCIDR: '10.240.0.0/24',
      cpu: '2',
      memory: '2Gi',
      kubeletVersion: VERSION,
      runtime: 'docker://19.3.8',
      roles: ['master'],
      taints: [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }],
    },
  ],
  machines: [worker],
  networkPlugin: 'flannel',
  networkMessage:
    'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized',
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
