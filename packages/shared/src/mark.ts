import type { Health } from './entity/common.ts';
import type { NodeEntity, PodEntity } from './entity/core.ts';
import type { DeploymentEntity } from './entity/workloads.ts';

/** The five tones of state; colour is only ever one of these. */
export type Tone = 'ready' | 'start' | 'warn' | 'fail' | 'gone';

/** The silhouette of a pod. */
export type PodMark =
  | 'ready'
  | 'notready'
  | 'pending'
  | 'creating'
  | 'fail'
  | 'pull'
  | 'terminating'
  | 'completed'
  | 'unknown';

/** The silhouette of a node. */
export type NodeMark = 'ok' | 'fail' | 'warn' | 'cordon' | 'unknown';

/** The silhouette of a deployment. */
export type DeploymentMark = 'complete' | 'progressing' | 'stalled' | 'unavailable' | 'paused';

/** What a mark says: its tone, and the health of the entity that wears it. */
export interface MarkRow {
  tone: Tone;
  health: Health;
}

/** The meaning of each pod mark. */
export const POD_MARKS: Record<PodMark, MarkRow> = {
  ready: { tone: 'ready', health: 'ok' },
  notready: { tone: 'warn', health: 'warning' },
  pending: { tone: 'start', health: 'progressing' },
  creating: { tone: 'start', health: 'progressing' },
  fail: { tone: 'fail', health: 'failing' },
  pull: { tone: 'fail', health: 'failing' },
  terminating: { tone: 'gone', health: 'progressing' },
  completed: { tone: 'gone', health: 'ok' },
  unknown: { tone: 'gone', health: 'unknown' },
};

/** The order in which pod marks are counted: well, on the way, in trouble, leaving. */
export const POD_MARK_ORDER: readonly PodMark[] = [
  'ready',
  'creating',
  'pending',
  'notready',
  'fail',
  'pull',
  'terminating',
  'completed',
  'unknown',
];

/** The meaning of each node mark; a cordon is meant, so the node is well. */
export const NODE_MARKS: Record<NodeMark, MarkRow> = {
  ok: { tone: 'ready', health: 'ok' },
  fail: { tone: 'fail', health: 'failing' },
  warn: { tone: 'warn', health: 'warning' },
  cordon: { tone: 'gone', health: 'ok' },
  unknown: { tone: 'gone', health: 'unknown' },
};

/** The meaning of each deployment mark; a pause is meant, so the deployment is well. */
export const DEPLOYMENT_MARKS: Record<DeploymentMark, MarkRow> = {
  complete: { tone: 'ready', health: 'ok' },
  progressing: { tone: 'start', health: 'progressing' },
  stalled: { tone: 'fail', health: 'failing' },
  unavailable: { tone: 'warn', health: 'warning' },
  paused: { tone: 'gone', health: 'ok' },
};

/** STATUS texts that are not failures, after `Init:` is taken off; every other text is one. */
const BY_STATUS: Record<string, PodMark> = {
  '': 'pending',
  Pending: 'pending',
  SchedulingGated: 'pending',
  ContainerCreating: 'creating',
  PodInitializing: 'creating',
  NotReady: 'notready',
  Terminating: 'terminating',
  Completed: 'completed',
  Succeeded: 'completed',
  Unknown: 'unknown',
  NodeLost: 'unknown',
  // Kubernetes' pkg/kubelet/images/types.go and pkg/util/errors.
  ErrImagePull: 'pull',
  ImagePullBackOff: 'pull',
  InvalidImageName: 'pull',
  ErrImageNeverPull: 'pull',
  ImageInspectError: 'pull',
  RegistryUnavailable: 'pull',
  SignatureValidationFailed: 'pull',
};

/**
 * The mark of a pod. When several hold, the first of: terminating, failing, starting, not ready, ready. A scheduled pod
 * that still reads Pending counts as being created.
 */
export function podMark(pod: Pick<PodEntity, 'status' | 'isReady' | 'deleting' | 'node'>): PodMark {
  const mark = markOfStatus(pod);
  if (pod.deleting !== null && mark !== 'completed' && mark !== 'unknown') return 'terminating';
  return mark;
}

function markOfStatus(pod: Pick<PodEntity, 'status' | 'isReady' | 'node'>): PodMark {
  if (pod.status === 'Running') return pod.isReady ? 'ready' : 'notready';
  const text = pod.status.startsWith('Init:') ? pod.status.slice('Init:'.length) : pod.status;
  if (/^\d+\/\d+$/.test(text)) return 'creating';
  if (text === 'Pending' && pod.node !== null) return 'creating';
  return Object.hasOwn(BY_STATUS, text) ? (BY_STATUS[text] ?? 'fail') : 'fail';
}

const PRESSURES = new Set(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']);

/** The mark of a node; when several hold, the first of: not ready, under pressure, cordoned. */
export function nodeMark(node: Pick<NodeEntity, 'status' | 'unschedulable' | 'conditions'>): NodeMark {
  if (node.status.startsWith('NotReady')) return 'fail';
  if (node.conditions.some((c) => PRESSURES.has(c.type) && c.status === 'True')) return 'warn';
  if (node.status.startsWith('Unknown')) return 'unknown';
  return node.unschedulable ? 'cordon' : 'ok';
}

/** A deployment that is unavailable for the first time was so from its creation on, give or take this (ms). */
const CREATION = 10_000;

/**
 * The mark of a deployment; when several hold, the first of: stalled, unavailable, paused, progressing. It is
 * `unavailable` only once it was rolled out, or while it is paused: a new one that is not available yet is progressing.
 * Without a deadline there is no condition Progressing; then it was, if it ceased to be available well after its creation.
 */
export function deploymentMark(
  deployment: Pick<DeploymentEntity, 'created' | 'conditions' | 'paused' | 'observed' | 'settled'>,
): DeploymentMark {
  const condition = (type: string) => deployment.conditions.find((c) => c.type === type);
  const progressing = condition('Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return 'stalled';
  if (condition('ReplicaFailure')?.status === 'True') return 'stalled';
  const available = condition('Available');
  const wasAvailable =
    progressing === undefined
      ? (available?.since ?? 0) - deployment.created > CREATION
      : progressing.reason === 'NewReplicaSetAvailable';
  if (available?.status === 'False' && (wasAvailable || deployment.paused)) return 'unavailable';
  if (deployment.paused) return 'paused';
  return deployment.observed && deployment.settled ? 'complete' : 'progressing';
}

/** The tone of a pod's mark. */
export function podTone(mark: PodMark): Tone {
  return POD_MARKS[mark].tone;
}

/** The tone of a node's mark. */
export function nodeTone(mark: NodeMark): Tone {
  return NODE_MARKS[mark].tone;
}

/** The tone of a deployment's mark. */
export function deploymentTone(mark: DeploymentMark): Tone {
  return DEPLOYMENT_MARKS[mark].tone;
}
