import type { Condition, Deployment } from '@portolan/shared';
import { toTime } from '../../time.ts';

type Conditions = Condition[];

export function conditionOf(conditions: Conditions | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** `util.NewDeploymentCondition`. */
export function newCondition(
  type: string,
  status: Condition['status'],
  reason: string,
  message: string,
  now: number,
): Condition {
  const time = toTime(now);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

/** The conditions with this one in place of its type's; the same status and reason change nothing (`SetDeploymentCondition`). */
export function withCondition(conditions: Conditions, condition: Condition): Conditions {
  const current = conditionOf(conditions, condition.type);
  if (current && current.status === condition.status && current.reason === condition.reason) return conditions;
  const lastTransitionTime =
    current?.status === condition.status ? current.lastTransitionTime : condition.lastTransitionTime;
  const next: Condition = { ...condition, ...(lastTransitionTime !== undefined && { lastTransitionTime }) };
  return [...withoutCondition(conditions, condition.type), next];
}

export function withoutCondition(conditions: Conditions, type: string): Conditions {
  return conditions.filter((condition) => condition.type !== type);
}

export const PROGRESSING = 'Progressing';
const NO_DEADLINE = 2_147_483_647;

/** Whether the Deployment reports progress at all: those of extensions/v1beta1 by default do not. */
export function hasDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== NO_DEADLINE;
}
