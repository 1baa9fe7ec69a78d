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

/**
 * Counts one namespace, or all with null. ReplicaSets that neither have pods nor should are history and not counted. Costs
 * one pass over the ReplicaSets.
 */
export function summary(graph: Graph, namespace: string | null): Summary {
  const count = (kind: Kind) => graph.count(kind, namespace ?? undefined);
  let replicaSets = 0;
  for (const { replicas } of namespace === null
    ? graph.all('ReplicaSet')
    : graph.inNamespace('ReplicaSet', namespace)) {
    if (replicas.desired > 0 || replicas.current > 0) replicaSets += 1;
  }
  return {
    services: count('Service'),
    deployments: count('Deployment'),
    replicaSets,
    pods: count('Pod'),
    nodes: graph.count('Node'),
  };
}
