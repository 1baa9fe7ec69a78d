import type { Condition, Node } from '@portolan/shared';
import { toTime } from '../../time.ts';

/** One condition that a kubelet writes of its node, and what it says when all is well and when not (`pkg/kubelet/nodestatus`). */
interface ConditionRow {
  type: 'MemoryPressure' | 'DiskPressure' | 'PIDPressure' | 'Ready';
  well: { status: 'True' | 'False'; reason: string; message: string; event: string };
  ill: { status: 'True' | 'False'; reason: string; message: string; event: string };
}

/** In the order in which kubelets write them. */
export const CONDITION_ROWS: readonly ConditionRow[] = [
  {
    type: 'MemoryPressure',
    well: {
      status: 'False',
      reason: 'KubeletHasSufficientMemory',
      message: 'kubelet has sufficient memory available',
      event: 'NodeHasSufficientMemory',
    },
    ill: {
      status: 'True',
      reason: 'KubeletHasInsufficientMemory',
      message: 'kubelet has insufficient memory available',
      event: 'NodeHasInsufficientMemory',
    },
  },
  {
    type: 'DiskPressure',
    well: {
      status: 'False',
      reason: 'KubeletHasNoDiskPressure',
      message: 'kubelet has no disk pressure',
      event: 'NodeHasNoDiskPressure',
    },
    ill: {
      status: 'True',
      reason: 'KubeletHasDiskPressure',
      message: 'kubelet has disk pressure',
      event: 'NodeHasDiskPressure',
    },
  },
  {
    type: 'PIDPressure',
    well: {
      status: 'False',
      reason: 'KubeletHasSufficientPID',
      message: 'kubelet has sufficient PID available',
      event: 'NodeHasSufficientPID',
    },
    ill: {
      status: 'True',
      reason: 'KubeletHasInsufficientPID',
      message: 'kubelet has insufficient PID available',
      event: 'NodeHasInsufficientPID',
    },
  },
  {
    type: 'Ready',
    well: { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status', event: 'NodeReady' },
    ill: { status: 'False', reason: 'KubeletNotReady', message: '', event: 'NodeNotReady' },
  },
];

/** Lists what a node is short of, whatever its pods use: `MemoryPressure,DiskPressure`. */
export const PRESSURE_ANNOTATION = 'portolan.dev/pressure';

/** What a node's annotation says it is short of. */
export function pressuresOn({ metadata }: Node): Set<string> {
  return new Set((metadata.annotations?.[PRESSURE_ANNOTATION] ?? '').split(/[\s,]+/).filter((word) => word !== ''));
}

/**
 * A node's conditions as its kubelet sees them, `notReady` being why it is not ready; the changes that are told as events come
 * along. Times of the changes stay where nothing changed.
 */
export function nodeConditions(
  node: Node,
  notReady: string | undefined,
  now: number,
): { conditions: Condition[]; events: string[] } {
  const before = node.status?.conditions ?? [];
  const pressures = pressuresOn(node);
  const events: string[] = [];
  const own = CONDITION_ROWS.map(({ type, well, ill }): Condition => {
    const isIll = type === 'Ready' ? notReady !== undefined : pressures.has(type);
    const { status, reason, message, event } = isIll ? ill : well;
    const known = before.find((condition) => condition.type === type);
    if (known?.status !== status) events.push(event);
    return {
      type,
      status,
      lastHeartbeatTime: toTime(now),
      lastTransitionTime: known?.status === status ? (known.lastTransitionTime ?? toTime(now)) : toTime(now),
      reason,
      message: type === 'Ready' && notReady !== undefined ? notReady : message,
    };
  });
  const others = before.filter(({ type }) => !CONDITION_ROWS.some((row) => row.type === type));
  return { conditions: [...others, ...own], events };
}
