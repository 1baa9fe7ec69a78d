import type { PodDisruptionBudget } from '../api/policy.ts';
import type { PodDisruptionBudgetEntity } from '../entity/policy.ts';
import { projectCommon, projectConditions, projectSelector } from './common.ts';

/** A PodDisruptionBudget of policy v1 or v1beta1; fewer healthy pods than it asks for are a warning. */
export function projectDisruptionBudget(budget: PodDisruptionBudget): PodDisruptionBudgetEntity {
  const { spec, status } = budget;
  const healthy = status?.currentHealthy ?? 0;
  const desired = status?.desiredHealthy ?? 0;
  return {
    kind: 'PodDisruptionBudget',
    ...projectCommon('PodDisruptionBudget', budget),
    health: healthy < desired ? 'warning' : 'ok',
    minAvailable: spec?.minAvailable ?? null,
    maxUnavailable: spec?.maxUnavailable ?? null,
    allowed: status?.disruptionsAllowed ?? 0,
    healthy,
    desired,
    expected: status?.expectedPods ?? 0,
    selector: projectSelector(spec?.selector),
    conditions: projectConditions(status?.conditions),
  };
}
