import type { CustomResourceDefinition } from '@portolan/shared';
import { priorityClassColumns, runtimeClassColumns } from '../columns/access.ts';
import { createdAtColumns } from '../columns/column.ts';
import { endpointSliceColumns } from '../columns/core.ts';
import { leaseColumns } from '../columns/workloads.ts';
import { discoveryV1beta1 } from '../conversions/discovery-v1beta1.ts';
import { holdsObjects } from '../custom/definition-state.ts';
import { prepareDefinition, preparePriorityClass } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { validateDefinition } from '../validation/definition.ts';
import { validatePriorityClass } from '../validation/policy.ts';
import { row } from './row.ts';

/**
 * The groups of one or two kinds: scheduling.k8s.io, coordination.k8s.io, node.k8s.io, discovery.k8s.io, all v1;
 * slices in v1beta1 too, for kubectl before 1.21.
 */
export const clusterResources: readonly ApiResource[] = [
  row('scheduling.k8s.io', ['v1'], {
    kind: 'PriorityClass',
    plural: 'priorityclasses',
    shortNames: ['pc'],
    namespaced: false,
    generation: true,
    columns: priorityClassColumns,
    prepare: preparePriorityClass,
    validate: validatePriorityClass,
  }),
  row('coordination.k8s.io', ['v1'], { kind: 'Lease', plural: 'leases', columns: leaseColumns }),
  row('node.k8s.io', ['v1'], {
    kind: 'RuntimeClass',
    plural: 'runtimeclasses',
    namespaced: false,
    columns: runtimeClassColumns,
  }),
  row('discovery.k8s.io', ['v1', 'v1beta1'], {
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    generation: true,
    columns: endpointSliceColumns,
    conversions: { v1beta1: discoveryV1beta1 },
  }),
  row('apiextensions.k8s.io', ['v1'], {
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    namespaced: false,
    generation: true,
    subresources: ['status'],
    columns: createdAtColumns,
    needsSpec: true,
    heldBack: (definition) => holdsObjects(definition as CustomResourceDefinition),
    prepare: prepareDefinition,
    validate: validateDefinition,
  }),
];
