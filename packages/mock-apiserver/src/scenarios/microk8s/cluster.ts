import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

/** One machine that is all of the cluster. */
export const microk8sCluster: ClusterFacts = {
  nodes: [
    {
      name: 'microk8s',
      address: '192.168.64.5',
      podCIDR: '10.1.128.0/24',
      cpu: '4',
      memory: '8Gi',
      labels: { 'microk8s.io/cluster': 'true' },
    },
  ],
  services: {
    cidr: '10.152.183.0/24',
    reserved: {
      'default/kubernetes': '10.152.183.1',
      'kube-system/kube-dns': '10.152.183.10',
      'kube-system/kubernetes-dashboard': '10.152.183.64',
    },
  },
  images: [ANY_IMAGE],
};
