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
  /** Deletes the oldest running pod. */
  | ({ do: 'killPod' } & PodChoice)
  /** Gives the oldest running pod other labels; null takes a label away. */
  | ({ do: 'relabelPod'; set: Record<string, string | null> } & PodChoice)
  | { do: 'cordon'; node: string }
  | { do: 'uncordon'; node: string }
  /** Cordons a node and evicts what is on it, but for the pods of DaemonSets and mirror pods. */
  | { do: 'drain'; node: string };
