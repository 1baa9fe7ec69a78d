import type { ScenarioStep, Taint, Words } from '@portolan/shared';
import type { ServiceRange } from '../api/address-pool.ts';
import type { ComponentStatusFacts, ControlPlaneFacts, LoadBalancerFacts } from '../controllers/control-plane/facts.ts';
import type { ImageRule } from '../controllers/kubelet/images.ts';
import type { NodeTimings } from '../controllers/timings.ts';
import type { Action } from './action.ts';
import type { Expectation } from './expect.ts';
import type { Filling, Living } from './filling.ts';
import type { ClusterSize } from './large/size.ts';
import type { View } from './view.ts';

/** A node of a simulated cluster; memory as a quantity. */
export interface NodeFacts {
  name: string;
  address: string;
  podCIDR: string;
  cpu: string;
  memory: string;
  /** Beside those that every kubelet sets. */
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  /** As labels `node-role.kubernetes.io/ROLE`, which is what kubectl prints. */
  roles?: readonly string[];
  taints?: readonly Taint[];
  /** As label `topology.kubernetes.io/zone`. */
  zone?: string;
  /** An address that is reached from outside. */
  externalAddress?: string;
  /** Of kubelet and kube-proxy. */
  kubeletVersion?: string;
  /** Such as `docker://1.13.1`. */
  runtime?: string;
  osImage?: string;
  kernel?: string;
}

/** What a scenario's cluster is made of before its first step. */
export interface ClusterFacts {
  nodes: readonly NodeFacts[];
  /** Machines that belong to it only once a step has them join. */
  machines?: readonly NodeFacts[];
  services: ServiceRange;
  images: readonly ImageRule[];
  /** How often nodes show signs of life, and how long they are waited for; Kubernetes' own times by default. */
  timings?: Partial<NodeTimings>;
  /** A part of the image that must run on a node before it has a network; without one nodes bring their own. */
  networkPlugin?: string;
  /** What kubelets say until then, where it is not what containerd says. */
  networkMessage?: string;
  /** Who runs the scheduler and the controllers; one machine by default. */
  controlPlane?: ControlPlaneFacts;
  /** The cloud's load balancers, where there is one. */
  loadBalancers?: LoadBalancerFacts;
  /** Components beside the scheduler and the controller-manager that `componentstatuses` lists; a healthy etcd by default. */
  componentStatuses?: readonly ComponentStatusFacts[];
}

/**
 * One step of a script: its words, when it may be run, when it counts as done, and what it must bring about. All look at
 * the cluster alone.
 */
export interface Step extends Pick<ScenarioStep, 'id' | 'title' | 'says'> {
  actions: readonly Action[];
  enabled(view: View): boolean;
  done(view: View): boolean;
  expects: readonly Expectation[];
  /** False for a step that the tour leaves out: one that takes back what another did, or is an alternative to it. */
  inTour?: boolean;
}

/**
 * A cluster and what a presenter does with it. `manifests` are YAML texts by file name; those named in `begins` are created
 * before anybody looks, and `expects` is what they must bring about.
 */
export interface ScenarioScript {
  name: string;
  title: Words;
  about: Words;
  cluster: ClusterFacts;
  /** Where to look: the namespace of its kubeconfig; `default` unless it says otherwise. */
  namespace?: string;
  manifests: Readonly<Record<string, string>>;
  begins?: readonly Action[];
  expects?: readonly Expectation[];
  steps: readonly Step[];
  /** Fills the cluster instead of manifests, where there would be too many; it must call `seed`. */
  fill?(filling: Filling): void;
  /** Begins what goes on by itself once the cluster lives. */
  live?(living: Living): void;
  /** The same scenario of another size; what is not said has its default. Throws SizeError. */
  sized?(size: Partial<ClusterSize>): ScenarioScript;
}
