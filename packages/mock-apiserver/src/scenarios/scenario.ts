import type { ScenarioStep } from '@portolan/shared';
import type { ServiceRange } from '../api/address-pool.ts';
import type { ComponentStatusFacts, ControlPlaneFacts, LoadBalancerFacts } from '../controllers/control-plane/facts.ts';
import type { ImageRule } from '../controllers/kubelet/images.ts';
import type { Store } from '../store/store.ts';

/** A node of a simulated cluster; memory as a quantity. */
export interface NodeFacts {
  name: string;
  address: string;
  podCIDR: string;
  cpu: string;
  memory: string;
}

/** What a scenario's cluster is made of before its first step. */
export interface ClusterFacts {
  nodes: readonly NodeFacts[];
  services: ServiceRange;
  images: readonly ImageRule[];
  /** Who runs the scheduler and the controllers; one machine by default. */
  controlPlane?: ControlPlaneFacts;
  /** The cloud's load balancers, where there is one. */
  loadBalancers?: LoadBalancerFacts;
  /** Components beside the scheduler and the controller-manager that `componentstatuses` lists; a healthy etcd by default. */
  componentStatuses?: readonly ComponentStatusFacts[];
}

/** One thing a step asks of the API, as kubectl would. */
export type Action =
  | { do: 'create'; manifest: string }
  | { do: 'scale'; deployment: string; replicas: number }
  | { do: 'setImage'; deployment: string; container: string; image: string }
  | { do: 'undo'; deployment: string }
  | { do: 'killPod'; labels: string }
  | { do: 'delete'; manifest: string };

/** One step of a script: its words, when it may be run, when it counts as done. Both look at the cluster alone. */
export interface Step extends Pick<ScenarioStep, 'id' | 'title' | 'says'> {
  actions: readonly Action[];
  enabled(store: Store): boolean;
  done(store: Store): boolean;
}

/** A cluster and what a presenter does with it. `manifests` are YAML texts by file name. */
export interface ScenarioScript {
  name: string;
  cluster: ClusterFacts;
  manifests: Readonly<Record<string, string>>;
  steps: readonly Step[];
}
