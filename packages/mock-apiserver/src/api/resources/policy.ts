import { podDisruptionBudgetColumns } from '../columns/workloads.ts';
import { prepareBudget } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { validateBudget } from '../validation/policy.ts';
import { row } from './row.ts';

/** policy/v1. */
export const policyResources: readonly ApiResource[] = [
  row('policy', ['v1'], {
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    generation: true,
    subresources: ['status'],
    columns: podDisruptionBudgetColumns,
    prepare: prepareBudget,
    validate: validateBudget,
  }),
];
