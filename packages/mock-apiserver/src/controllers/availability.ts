import type { Pod } from '@portolan/shared';
import type { Since } from './since.ts';

/**
 * Simulated milliseconds until a pod has been ready for `minReadySeconds`: 0 or less once it has, undefined while it is not
 * ready (`IsPodAvailable` in `pkg/api/v1/pod`).
 */
export function untilAvailable(since: Since, pod: Pod, minReadySeconds: number): number | undefined {
  const ready = pod.status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'True');
  if (!ready) {
    // When it is ready again that counts anew, though it be in the same second.
    since.forget(pod.metadata.uid);
    return undefined;
  }
  if (minReadySeconds === 0) return 0;
  return minReadySeconds * 1000 - since.of(pod.metadata.uid, ready.lastTransitionTime ?? '');
}
