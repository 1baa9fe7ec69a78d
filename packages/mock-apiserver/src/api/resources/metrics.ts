import type { NodeMetrics, PodMetrics, ResourceList } from '@portolan/shared';
import { ageColumn, nameColumn, text } from '../columns/column.ts';
import { nodeUsage, podUsage } from '../metrics.ts';
import type { ApiResource, Column } from '../resource.ts';
import { row } from './row.ts';

const total = (usages: ResourceList[], name: string) => usages.map((usage) => usage[name]).join(',');

const columns = (usages: (object: NodeMetrics & PodMetrics) => ResourceList[]): Column[] => [
  nameColumn,
  text<NodeMetrics & PodMetrics>('CPU', (object) => total(usages(object), 'cpu')),
  text<NodeMetrics & PodMetrics>('Memory', (object) => total(usages(object), 'memory')),
  text<NodeMetrics & PodMetrics>('Window', ({ window }) => window),
  ageColumn,
];

/** metrics.k8s.io/v1beta1, as metrics-server serves it. */
export const metricsResources: readonly ApiResource[] = [
  row('metrics.k8s.io', ['v1beta1'], {
    kind: 'NodeMetrics',
    plural: 'nodes',
    singular: '',
    namespaced: false,
    verbs: ['get', 'list'],
    columns: columns(({ usage }) => [usage]),
    virtual: nodeUsage,
  }),
  row('metrics.k8s.io', ['v1beta1'], {
    kind: 'PodMetrics',
    plural: 'pods',
    singular: '',
    verbs: ['get', 'list'],
    columns: columns(({ containers }) => containers.map(({ usage }) => usage)),
    virtual: podUsage,
  }),
];
