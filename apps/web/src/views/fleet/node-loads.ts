import { amountOf, type Graph, type NodeEntity, type NodeMetricsEntity } from '@portolan/shared';
import type { NodeAsked } from '../../layout/fleet/model.ts';
import type { NodeLoad } from '../../scene/fleet/fleet-labels.ts';

/** The load of one resource of a node. */
export interface ResourceLoad extends NodeLoad {
  resource: 'cpu' | 'memory';
}

/**
 * The load of a node, as shares of what it can give to pods; without resources of which it says that it gives none.
 * `usage` is null where nothing was measured.
 */
export function nodeLoads(
  { allocatable }: Pick<NodeEntity, 'allocatable'>,
  { requests, limits }: NodeAsked,
  usage: Pick<NodeMetricsEntity, 'cpu' | 'memory'> | null,
): ResourceLoad[] {
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    const all = amountOf(resource, allocatable[resource] ?? '0');
    if (!(all > 0)) return [];
    const used = usage === null ? null : usage[resource] / all;
    return { resource, requested: requests[resource] / all, limited: limits[resource] / all, used };
  });
}

/** What a node uses, where the cluster measures it. */
export function usageOf(graph: Graph, name: string): NodeMetricsEntity | null {
  return graph.find('NodeMetrics', '', name) ?? null;
}
