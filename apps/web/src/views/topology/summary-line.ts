import { type Graph, type Kind, summary } from '@portolan/shared';
import type { I18n } from '../../i18n/i18n.tsx';

/** Workloads that are only spoken of where there are some. */
const RARER = ['StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob'] as const satisfies Kind[];

/** What stands in a namespace, counted: `kinds` is "3 Services · 3 Deployments · 4 ReplicaSets", `pods` "8 pods on 2 nodes". */
export interface SummaryLine {
  kinds: string;
  pods: string;
}

/** The line below the headline of a namespace. Pods that may not be listed, or were not yet, are not counted as none. */
export function summaryLine(graph: Graph, namespace: string, podsKnown: boolean, { text, format }: I18n): SummaryLine {
  const { services, deployments, replicaSets, pods, nodes } = summary(graph, namespace);
  const shown = format.number;
  const parts: string[] = [];
  if (services > 0) parts.push(text.summaryServices(services, shown(services)));
  if (deployments > 0) parts.push(text.summaryDeployments(deployments, shown(deployments)));
  if (replicaSets > 0) parts.push(text.summaryReplicaSets(replicaSets, shown(replicaSets)));
  for (const kind of RARER) {
    const many = graph.count(kind, namespace);
    if (many > 0) parts.push(text.summaryWorkloads(kind, many, shown(many)));
  }
  return {
    kinds: parts.join(' · '),
    pods: !podsKnown
      ? text.summaryPodsUnknown
      : nodes > 0
        ? text.summaryPodsOn(pods, shown(pods), nodes, shown(nodes))
        : text.summaryPods(pods, shown(pods)),
  };
}
