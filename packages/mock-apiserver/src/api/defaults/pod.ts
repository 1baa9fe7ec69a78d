import type { KubeObject, Pod, Toleration } from '@portolan/shared';
import { limitPod } from '../admission/limit-ranger.ts';
import { admitPriority } from '../admission/priority.ts';
import { admitServiceAccount } from '../admission/service-account.ts';
import type { Admission } from '../resource.ts';
import { defaultPodSpec } from './pod-spec.ts';

/** What the admission plugin DefaultTolerationSeconds adds: five minutes on a node that is not ready or not reachable. */
const DEFAULT_TOLERATIONS: Toleration[] = ['not-ready', 'unreachable'].map((key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

/** A pod's QoS class (`pkg/apis/core/helper/qos`): by whether cpu and memory are asked for and limited. */
export function qosClass(pod: Pod): string {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const asked = containers.some((c) => hasKeys(c.resources?.requests) || hasKeys(c.resources?.limits));
  if (!asked) return 'BestEffort';
  const guaranteed = containers.every(({ resources }) =>
    ['cpu', 'memory'].every((name) => {
      const limit = resources?.limits?.[name];
      return limit !== undefined && (resources?.requests?.[name] ?? limit) === limit;
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function hasKeys(record: Record<string, string> | undefined): boolean {
  return Object.keys(record ?? {}).some((key) => key === 'cpu' || key === 'memory');
}

/** Limits stand in for requests that are not given (`SetDefaults_Pod`). */
function requestLimits({ spec }: Pod): void {
  for (const { resources } of [...spec.containers, ...(spec.initContainers ?? [])]) {
    if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
  }
}

/** Defaults and admission of a pod that is being created. */
export function preparePod(
  object: KubeObject,
  previous: KubeObject | undefined,
  { store }: Pick<Admission, 'store'>,
): void {
  const pod = object as Pod;
  defaultPodSpec(pod.spec);
  if (previous) return;
  requestLimits(pod);
  limitPod(pod, store);
  admitServiceAccount(pod, store);
  pod.spec.enableServiceLinks ??= true;
  admitPriority(pod, store);
  pod.spec.tolerations ??= [];
  for (const toleration of DEFAULT_TOLERATIONS) {
    const covered = pod.spec.tolerations.some(
      ({ key, effect }) => (!key || key === toleration.key) && (!effect || effect === 'NoExecute'),
    );
    if (!covered) pod.spec.tolerations.push({ ...toleration });
  }
  pod.status = { phase: 'Pending', qosClass: qosClass(pod) };
}
