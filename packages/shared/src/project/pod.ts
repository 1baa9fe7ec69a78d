import type { ContainerStatus, Pod } from '../api/core.ts';
import type { PodEntity } from '../entity/core.ts';
import { POD_MARKS, podMark } from '../mark.ts';
import { printPod } from '../print/pod.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon, projectImages } from './common.ts';
import { projectPodResources } from './pod-resources.ts';
import { ProjectionError } from './projection-error.ts';

/** A Pod with kubectl's columns; its health is that of its mark. */
export function projectPod(pod: Pod): PodEntity {
  const common = projectCommon('Pod', pod);
  if (!Array.isArray(pod.spec?.containers)) throw new ProjectionError('Pod', pod, 'spec.containers');
  const columns = printPod(pod);
  const own = {
    node: pod.spec.nodeName || null,
    ip: pod.status?.podIP || null,
    phase: pod.status?.phase ?? '',
    ...columns,
    isReady: pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true,
    images: projectImages(pod.spec),
    requests: projectPodResources(pod, 'requests'),
    limits: projectPodResources(pod, 'limits'),
    deleting: epochMs(pod.metadata.deletionTimestamp),
  };
  const mark = podMark(own);
  return {
    kind: 'Pod',
    ...common,
    health: POD_MARKS[mark].health,
    ...own,
    reason: mark === 'ready' || mark === 'completed' ? null : reasonOf(pod),
  };
}

/** The cluster's own words, the most telling first. A container's termination message is its own output and is not read. */
function reasonOf(pod: Pod): string | null {
  const { status } = pod;
  if (status?.message || status?.reason) return status.message || status.reason || null;
  for (const container of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    const words = wordsOf(container);
    if (words !== null) return words;
  }
  const scheduled = status?.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
  const ready = status?.conditions?.find((c) => c.type === 'Ready' && c.status === 'False');
  return scheduled?.message || scheduled?.reason || ready?.message || ready?.reason || null;
}

function wordsOf({ name, state }: ContainerStatus): string | null {
  if (state?.waiting?.message) return state.waiting.message;
  const ended = state?.terminated;
  if (ended === undefined || ended === null || ended.exitCode === 0) return null;
  return `container ${name} ended: ${ended.reason || 'Error'}, exit code ${ended.exitCode}`;
}
