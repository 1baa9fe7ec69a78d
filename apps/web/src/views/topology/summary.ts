import type { Graph, Kind } from '@portolan/shared';
import type { I18n } from '../../i18n/i18n.tsx';

const WORKLOADS = ['StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob'] as const satisfies Kind[];

const count = (entities: Iterable<unknown>): number => [...entities].length;

/** What stands in a namespace, counted: "3 Services · 3 Deployments · 4 ReplicaSets · 8 pods on 2 nodes". */
export function summary(graph: Graph, namespace: string, { text, format }: I18n): string {
  const n = (kind: Kind) => count(graph.inNamespace(kind, namespace));
  const shown = (value: number) => format.number(value);
  const parts: string[] = [];
  const services = n('Service');
  const deployments = n('Deployment');
  const replicaSets = n('ReplicaSet');
  if (services > 0) parts.push(text.summaryServices(services, shown(services)));
  if (deployments > 0) parts.push(text.summaryDeployments(deployments, shown(deployments)));
  if (replicaSets > 0) parts.push(text.summaryReplicaSets(replicaSets, shown(replicaSets)));
  for (const kind of WORKLOADS) {
    const many = n(kind);
    if (many > 0) parts.push(text.summaryWorkloads(kind, many, shown(many)));
  }
  const pods = n('Pod');
  const nodes = count(graph.all('Node'));
  if (nodes > 0) parts.push(text.summaryPodsOn(pods, shown(pods), nodes, shown(nodes)));
  else parts.push(text.summaryPods(pods, shown(pods)));
  return parts.join(' · ');
}
