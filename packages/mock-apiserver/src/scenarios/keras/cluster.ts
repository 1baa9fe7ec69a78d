import { ANY_IMAGE } from '../images.ts';
import type { ClusterFacts } from '../scenario.ts';

const POOL = 'gke-keras-default-pool-7b1f2c9d';

/** Three nodes of 4 vCPU and 15 GB, and a cloud whose load balancers take most of a minute. */
export const kerasCluster: ClusterFacts = {
  nodes: ['1kx4', '9qzt', 'w2mh'].map((suffix, index) => ({
    name: `${POOL}-${suffix}`,
    address: `10.128.0.${index + 2}`,
    externalAddress: `203.0.113.${index + 21}`,
    podCIDR: `10.8.${index}.0/24`,
    cpu: '4',
    memory: '15Gi',
    zone: 'us-central1-a',
    labels: { 'cloud.google.com/gke-nodepool': 'default-pool' },
  })),
  services: { cidr: '10.11.240.0/20', reserved: { 'default/kubernetes': '10.11.240.1' } },
  // A model and the libraries that run it are a large image.
  images: [{ pattern: /keras/, exists: true, pullMs: [14_000, 18_000], againMs: [900, 1400] }, ANY_IMAGE],
  loadBalancers: {
    cidr: '35.225.226.0/24',
    reserved: { 'default/keras-app': '35.225.226.94' },
    afterMs: [38_000, 48_000],
  },
};
