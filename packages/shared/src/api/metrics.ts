import type { ResourceList } from './core.ts';
import type { KubeObject } from './meta.ts';

/** metrics.k8s.io/v1beta1: what is used, averaged over the window before the timestamp. */

export interface NodeMetrics extends KubeObject {
  timestamp: string;
  window: string;
  usage: ResourceList;
}

export interface PodMetrics extends KubeObject {
  timestamp: string;
  window: string;
  containers: { name: string; usage: ResourceList }[];
}
