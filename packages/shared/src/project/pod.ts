import type { ContainerStatus, Pod } from '../api/core.ts';
import type { PodEntity } from '../entity/core.ts';
import { POD_MARKS, podMark } from '../mark.ts';
import { printPod } from '../print/pod.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon, projectImages } from './common.ts';
import { interner, internText } from './intern.ts';
import { projectPodResources } from './pod-resources.ts';
import { ProjectionError } from './projection-error.ts';

const internReady = interner<[number, number]>();

/** A Pod with kubectl's columns; its health is that of its mark. */
export function projectPod(pod: Pod): PodEntity {
  const common = projectCommon('Pod', pod);
  if (!Array.isArray(pod.spec?.containers)) throw new ProjectionError('Pod', pod, 'spec.containers');
  const columns = printPod(pod);
  const phase = pod.status?.phase ?? '';
  const isReady = pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
  const deleting = epochMs(pod.metadata.deletionTimestamp);
  const node = pod.spec.nodeName ? internText(pod.spec.nodeName) : null;
  const mark = podMark({ ...columns, node, isReady, deleting });
  // Field by field: an object that is put together from others keeps most of its fields outside itself, and there are many pods.
  return {
    kind: 'Pod',
    uid: common.uid,
    version: common.version,
    namespace: common.namespace,
    name: common.name,
    created: common.created,
    labels: common.labels,
    owner: common.owner,
    health: POD_MARKS[mark].health,
    node,
    ip: pod.status?.podIP || null,
    phase: internText(phase),
    ready: internReady(columns.ready),
    status: internText(columns.status),
    restarts: columns.restarts,
    lastRestart: columns.lastRestart,
    isReady,
    images: projectImages(pod.spec),
    requests: projectPodResources(pod, 'requests'),
    limits: projectPodResources(pod, 'limits'),
    deleting,
    reason: mark === 'ready' || mark === 'completed' ? null : internReason(reasonOf(pod)),
  };
}

function internReason(reason: string | null): string | null {
  return reason === null ? null : internText(reason);
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
