import type { LabelSelector } from '../api/meta.ts';
import type { PodDisruptionBudget } from '../api/policy.ts';
import type { PodDisruptionBudgetEntity } from '../entity/policy.ts';
import { projectCommon, projectConditions, projectSelector } from './common.ts';

/**
 * A PodDisruptionBudget of policy v1 or v1beta1, which `apiVersion` tells; fewer healthy pods than it asks for are a warning.
 * What its controller has not counted yet is null, though the API writes zeros there.
 */
export function projectDisruptionBudget(budget: PodDisruptionBudget): PodDisruptionBudgetEntity {
  const { spec, status } = budget;
  const counted = status?.observedGeneration ? status : null;
  const healthy = counted && (counted.currentHealthy ?? 0);
  const desired = counted && (counted.desiredHealthy ?? 0);
  return {
    kind: 'PodDisruptionBudget',
    ...projectCommon('PodDisruptionBudget', budget),
    health: healthy === null || desired === null ? 'unknown' : healthy < desired ? 'warning' : 'ok',
    minAvailable: spec?.minAvailable ?? null,
    maxUnavailable: spec?.maxUnavailable ?? null,
    allowed: counted && (counted.disruptionsAllowed ?? 0),
    healthy,
    desired,
    expected: counted && (counted.expectedPods ?? 0),
    selector: projectSelector(selectorOf(budget)),
    conditions: projectConditions(status?.conditions),
  };
}

/** By this key each version says of a selector what an empty one says in the other (`pkg/apis/policy/helper.go`). */
const EMPTY_ELSEWHERE = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';

/** An empty selector is for all pods in v1, and for none in v1beta1. */
function selectorOf({ apiVersion, spec }: PodDisruptionBudget): LabelSelector | undefined {
  const { matchLabels = {}, matchExpressions = [] } = spec?.selector ?? {};
  if (Object.keys(matchLabels).length > 0 || matchExpressions.length > 1) return spec?.selector;
  const [only] = matchExpressions;
  if (only === undefined) return apiVersion === 'policy/v1beta1' ? undefined : spec?.selector;
  if (only.key !== EMPTY_ELSEWHERE) return spec?.selector;
  return only.operator === 'DoesNotExist' ? {} : undefined;
}
