import type { KubeObject, Pod, Toleration } from '@portolan/shared';
import type { Admission } from '../resource.ts';
import { defaultPodSpec } from './pod-spec.ts';
import { admitPriority } from './priority.ts';

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

/** Defaults and admission of a pod that is being created. */
export function preparePod(
  object: KubeObject,
  previous: KubeObject | undefined,
  { store }: Pick<Admission, 'store'>,
): void {
  const pod = object as Pod;
  defaultPodSpec(pod.spec);
  if (previous) return;
  pod.spec.serviceAccountName ??= 'default';
  pod.spec.serviceAccount ??= pod.spec.serviceAccountName;
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
