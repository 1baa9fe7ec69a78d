import type { Action } from '../action.ts';
import { manifestsBeside } from '../manifests.ts';

/** What kubeadm starts on a cluster, and flannel: static pods, kube-proxy and coredns, by file name. */
export const controlPlaneManifests = manifestsBeside(import.meta.url);

const STATIC = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** The static pods of a master, as the API mirrors them. */
export const staticPods = (node: string): Action[] =>
  STATIC.map((name) => ({ do: 'mirror', manifest: `${name}.yaml`, node }));
