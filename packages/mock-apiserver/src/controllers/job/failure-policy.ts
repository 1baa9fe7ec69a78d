import type { Job, Pod, PodFailurePolicyRule } from '@portolan/shared';

/** What a failed pod means for its Job: whether it counts, and why the Job fails at once where it does. */
export interface Verdict {
  counts: boolean;
  failsJob?: string;
}

/** The container whose end meets a rule's exit codes, with its code. */
function matchingExit(pod: Pod, rule: PodFailurePolicyRule): { name: string; code: number } | undefined {
  const { containerName, operator, values = [] } = rule.onExitCodes ?? { operator: '' };
  for (const { name, state } of [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ]) {
    const code = state?.terminated?.exitCode;
    if (!code || (containerName && containerName !== name)) continue;
    if (values.includes(code) === (operator === 'In')) return { name, code };
  }
  return undefined;
}

const matchingCondition = (pod: Pod, rule: PodFailurePolicyRule) =>
  rule.onPodConditions?.find(({ type, status }) =>
    pod.status?.conditions?.some((condition) => condition.type === type && condition.status === (status || 'True')),
  );

/** What a Job's policy on failures says of a failed pod, by the first rule that meets it (`pkg/controller/job/pod_failure_policy.go`). */
export function verdictOn({ spec }: Job, pod: Pod): Verdict {
  const { namespace, name } = pod.metadata;
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const exit = matchingExit(pod, rule);
    const condition = matchingCondition(pod, rule);
    if (!exit && !condition) continue;
    if (rule.action === 'Ignore') return { counts: false };
    if (rule.action !== 'FailJob') return { counts: true };
    const what = exit
      ? `Container ${exit.name} for pod ${namespace}/${name} failed with exit code ${exit.code}`
      : `Pod ${namespace}/${name} has condition ${condition?.type}`;
    return { counts: true, failsJob: `${what} matching FailJob rule at index ${index}` };
  }
  return { counts: true };
}
