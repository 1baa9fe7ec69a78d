import type { Taint } from '@portolan/shared';
import type { ComponentName } from '../controllers/control-plane/components.ts';
import type { NodeTimings } from '../controllers/timings.ts';

/** An object as a step names it: a kind that is served, its name, and its namespace where that is not `default`. */
export interface Target {
  kind: string;
  name: string;
  namespace?: string;
}

/** Pods as a step names them: those in a namespace (`default`) with these labels, in kubectl's grammar. */
export interface PodChoice {
  labels: string;
  namespace?: string;
}

/** One thing a step asks of the cluster, mostly as kubectl would. */
export type Action =
  /** Creates every object of a manifest; what is there already is left as it is, so that a step can be run again. */
  | { do: 'create'; manifest: string }
  /** Deletes what a manifest names, if it is there. */
  | { do: 'delete'; manifest: string }
  | ({ do: 'deleteObject' } & Target)
  | ({ do: 'scale'; replicas: number } & Target)
  | ({ do: 'setImage'; container: string; image: string } & Target)
  | ({ do: 'undo' } & Target)
  | ({ do: 'pause' } & Target)
  | ({ do: 'resume' } & Target)
  | ({ do: 'restart' } & Target)
  /** A strategic merge patch; `subresource` is `status` for what only controllers write. */
  | ({ do: 'patch'; patch: Record<string, unknown>; subresource?: 'status' } & Target)
  /**
   * Creates so many objects of a manifest that belong to an object, as what runs in a driver would; each takes the next
   * number, which stands for `$N` in the manifest.
   */
  | { do: 'createOwned'; manifest: string; owner: Target; count: number }
  /** What a node runs of itself, as its kubelet mirrors it: a manifest's pod, with the node's name behind its own. */
  | { do: 'mirror'; manifest: string; node: string }
  /** Deletes the newest pods of a choice, so that `keep` remain. */
  | ({ do: 'deletePods'; keep: number } & PodChoice)
  /** Deletes the oldest running pod. */
  | ({ do: 'killPod' } & PodChoice)
  /** Gives the oldest running pod other labels; null takes a label away. */
  | ({ do: 'relabelPod'; set: Record<string, string | null> } & PodChoice)
  /** Makes a probe of a pod fail, or heals it. */
  | { do: 'failProbe'; pod: string; namespace?: string; probe: 'readiness' | 'liveness' | 'startup'; failing: boolean }
  /** Ends a container of a pod, its first where none is named, with an exit code. */
  | { do: 'exit'; pod: string; namespace?: string; container?: string; code: number }
  /** Stops the kubelet of a node, as a power cut would. */
  | { do: 'stopNode'; node: string }
  | { do: 'startNode'; node: string }
  /** One of the scenario's machines joins the cluster. */
  | { do: 'joinNode'; node: string }
  /** Ends a component's process, by default the leader's. */
  | { do: 'stopComponent'; component: ComponentName; host?: string }
  /** Starts a component's process again, by default wherever it is stopped. */
  | { do: 'startComponent'; component: ComponentName; host?: string }
  /** Puts a demand of cpu on a workload, in millicores. */
  | ({ do: 'demand'; milliCores: number } & Target)
  /** Sets what the controller-manager and the kubelets count by, in seconds. */
  | { do: 'setTimings'; timings: Partial<NodeTimings> }
  /** `kubectl taint`, and with a key alone what takes such taints away. */
  | { do: 'taint'; node: string; taint: Taint }
  | { do: 'untaint'; node: string; key: string }
  | { do: 'cordon'; node: string }
  | { do: 'uncordon'; node: string }
  /** Cordons a node and evicts what is on it, but for the pods of DaemonSets and mirror pods. */
  | { do: 'drain'; node: string };
