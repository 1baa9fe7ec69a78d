import type { Kind } from '../entity/entity.ts';
import type { Graph } from '../relations/graph.ts';

/** What stands in a namespace, or in all of them, in numbers; `nodes` are all of the cluster's. */
export interface Summary {
  services: number;
  deployments: number;
  replicaSets: number;
  pods: number;
  nodes: number;
}

/** Counts one namespace, or all with null. ReplicaSets that neither have pods nor should are history and not counted. */
export function summary(graph: Graph, namespace: string | null): Summary {
  const all = <K extends Kind>(kind: K) => (namespace === null ? graph.all(kind) : graph.inNamespace(kind, namespace));
  const replicaSets = [...all('ReplicaSet')].filter(({ replicas }) => replicas.desired > 0 || replicas.current > 0);
  return {
    services: [...all('Service')].length,
    deployments: [...all('Deployment')].length,
    replicaSets: replicaSets.length,
    pods: [...all('Pod')].length,
    nodes: [...graph.all('Node')].length,
  };
}
