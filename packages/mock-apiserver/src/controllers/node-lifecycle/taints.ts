import type { Node, Taint } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { toTime } from '../../time.ts';

export const NOT_READY = 'node.kubernetes.io/not-ready';
export const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** Which taint a condition of a node calls for, by the condition's status (`nodeConditionToTaintKeyStatusMap`). */
const BY_CONDITION: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Every taint that conditions and cordons call for; others are none of the controller's business. */
const OWN: ReadonlySet<string | undefined> = new Set([
  ...Object.values(BY_CONDITION).flatMap((keys) => Object.values(keys)),
  UNSCHEDULABLE,
]);

/** The keys of the NoSchedule taints that a node's conditions and its cordon call for. */
function wantedKeys({ spec, status }: Node): string[] {
  const keys = (status?.conditions ?? []).flatMap(({ type, status: is }) => BY_CONDITION[type]?.[is] ?? []);
  return spec?.unschedulable ? [...keys, UNSCHEDULABLE] : keys;
}

function setTaints(store: Store, node: Node, taints: Taint[]): void {
  store.update('nodes', node.metadata, (draft) => {
    const { taints: _before, ...spec } = draft.spec ?? {};
    draft.spec = { ...spec, ...(taints.length > 0 && { taints }) };
    return draft;
  });
}

/** Gives a node the NoSchedule taints that its conditions and its cordon call for, and takes the others away. */
export function syncNoScheduleTaints(store: Store, node: Node, now: number): void {
  const taints = node.spec?.taints ?? [];
  const wanted = wantedKeys(node);
  const has = (key: string) => taints.some((taint) => taint.key === key && taint.effect === 'NoSchedule');
  const kept = taints.filter(({ key, effect }) => effect !== 'NoSchedule' || !OWN.has(key) || wanted.includes(key));
  const added = wanted.filter((key) => !has(key)).map((key) => ({ key, effect: 'NoSchedule', timeAdded: toTime(now) }));
  if (added.length > 0 || kept.length < taints.length) setTaints(store, node, [...kept, ...added]);
}

/** Gives a node the NoExecute taint of this key alone, of the two that unreadiness brings; none where no key is given. */
export function swapNoExecuteTaint(store: Store, node: Node, key: string | undefined, now: number): void {
  const taints = node.spec?.taints ?? [];
  const isOwn = (taint: Taint) =>
    taint.effect === 'NoExecute' && (taint.key === NOT_READY || taint.key === UNREACHABLE);
  const kept = taints.filter((taint) => !isOwn(taint) || taint.key === key);
  const added = key !== undefined && !kept.some(isOwn) ? [{ key, effect: 'NoExecute', timeAdded: toTime(now) }] : [];
  if (added.length > 0 || kept.length < taints.length) setTaints(store, node, [...kept, ...added]);
}

/** Whether a node has a NoExecute taint of this key. */
export function hasNoExecute(node: Node, key: string): boolean {
  return node.spec?.taints?.some((taint) => taint.key === key && taint.effect === 'NoExecute') === true;
}
