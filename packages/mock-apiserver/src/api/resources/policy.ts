import { podDisruptionBudgetColumns } from '../columns/workloads.ts';
import { policyV1beta1 } from '../conversions/policy-v1beta1.ts';
import { prepareBudget } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { validateBudget } from '../validation/policy.ts';
import { row } from './row.ts';

/** policy/v1, and the v1beta1 that kubectl before 1.21 asks for. */
export const policyResources: readonly ApiResource[] = [
  row('policy', ['v1', 'v1beta1'], {
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    generation: true,
    subresources: ['status'],
    columns: podDisruptionBudgetColumns,
    prepare: prepareBudget,
    validate: validateBudget,
    conversions: { v1beta1: policyV1beta1 },
  }),
];
