import type { PodMark } from '@portolan/shared';

/** Where a revision is going. */
export type Trend = 'growing' | 'shrinking' | 'stalled' | 'paused';

/**
 * The words of the picture. Kubernetes' own terms (kinds, reasons, conditions) are never translated, and numbers come
 * as numbers.
 */
export interface ChartTexts {
  /** The name of the whole picture. */
  chart(namespace: string): string;
  pod(name: string, status: string, node: string | null): string;
  podOnNode(name: string, status: string, node: string): string;
  card(kind: string, name: string, state: string): string;
  loosePods: string;
  available: string;
  ready: string;
  active: string;
  strategy(type: string, surge: string | null, unavailable: string | null): string;
  amount(given: string, pods: number): string;
  onePodANode: string;
  openOnNodes: string;
  external(addresses: string): string;
  noSelector: string;
  selectsNoPod: string;
  of(total: number): string;
  readyCount(ready: number): string;
  revision(revision: number): string;
  newest: string;
  version(revision: number): string;
  readyOf(ready: number, of: number): string;
  older(revisions: number): string;
  pods(count: number): string;
  trend: Record<Trend, string>;
  mark: Record<PodMark, string>;
  toCome: string;
  whereRun: string;
  moreNodes(nodes: number, pods: number): string;
  /** Pods on a node of how many it can run; `here` are those of the namespace that is shown. */
  podsOfCapacity(pods: number, capacity: string | null, here: number): string;
  unknownNode: string;
}
