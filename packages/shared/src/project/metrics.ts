import type { ResourceList } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
import type { NodeMetrics, PodMetrics } from '../api/metrics.ts';
import type { NodeMetricsEntity, PodMetricsEntity } from '../entity/policy.ts';
import { parseQuantity } from '../quantity.ts';
import { projectCommon } from './common.ts';
import { withContentVersion } from './content-version.ts';

const MEBIBYTE = 1024 ** 2;

/** The finest difference that counts: 5 millicores, a mebibyte. */
const FINEST = { cpu: 5, memory: MEBIBYTE };

/** What a node uses. */
export function projectNodeMetrics(metrics: NodeMetrics): NodeMetricsEntity {
  return withContentVersion({
    kind: 'NodeMetrics',
    ...projectCommon('NodeMetrics', named(metrics, 'nodes')),
    health: 'ok',
    ...coarse([metrics.usage]),
  });
}

/** What the containers of a pod use together. */
export function projectPodMetrics(metrics: PodMetrics): PodMetricsEntity {
  return withContentVersion({
    kind: 'PodMetrics',
    ...projectCommon('PodMetrics', named(metrics, 'pods')),
    health: 'ok',
    ...coarse((metrics.containers ?? []).map(({ usage }) => usage)),
  });
}

/** Metrics have neither uid nor version, and are created anew each time they are read. */
function named<M extends KubeObject>(metrics: M, plural: string): M {
  const { namespace, name } = metrics.metadata;
  const uid = ['metrics', plural, namespace, name].filter(Boolean).join('/');
  const fixed = { uid, resourceVersion: 'none', creationTimestamp: new Date(0).toISOString() };
  return { ...metrics, metadata: { ...metrics.metadata, ...fixed } };
}

function coarse(usages: readonly (ResourceList | undefined)[]): { cpu: number; memory: number } {
  const total = (name: string) => usages.reduce((sum, usage) => sum + parseQuantity(usage?.[name] ?? '0'), 0n);
  return {
    cpu: roundTo(Number(total('cpu')) / 1e6, FINEST.cpu, 1),
    memory: roundTo(Number(total('memory')) / 1e9, FINEST.memory, MEBIBYTE),
  };
}

/** Two significant figures in `unit`, never finer than `finest`: what wavers by less is no change. */
function roundTo(value: number, finest: number, unit: number): number {
  const figures = 10 ** (Math.floor(Math.log10(Math.max(1, value / unit))) - 1) * unit;
  const step = Math.max(finest, figures);
  return Math.round(value / step) * step;
}
