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
  return {
    services: count(all('Service')),
    deployments: count(all('Deployment')),
    replicaSets: count(all('ReplicaSet'), ({ replicas }) => replicas.desired > 0 || replicas.current > 0),
    pods: count(all('Pod')),
    nodes: count(graph.all('Node')),
  };
}

function count<E>(entities: Iterable<E>, counts: (entity: E) => boolean = () => true): number {
  let number = 0;
  for (const entity of entities) if (counts(entity)) number++;
  return number;
}
