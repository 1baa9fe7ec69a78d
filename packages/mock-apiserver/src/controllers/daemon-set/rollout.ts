import type { DaemonSet, IntOrString, Pod } from '@portolan/shared';

/** The daemons on one node. */
export interface OnNode {
  node: string;
  pods: readonly Pod[];
}

/** What a turn of a rolling update does: pods to delete, and nodes that get a second pod. */
export interface Replacement {
  remove: Pod[];
  surge: string[];
}

/** How pods are told apart in a rolling update. */
export interface RolloutView {
  isUpdated(pod: Pod): boolean;
  isAvailable(pod: Pod): boolean;
}

const scaled = (value: IntOrString | undefined, total: number): number => {
  if (value === undefined) return 0;
  return typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) * total) / 100);
};

/** The pod of the update and the older one on a node; undefined while there are two of either. */
function pairOn(
  { pods }: OnNode,
  { isUpdated }: RolloutView,
): { fresh: Pod | undefined; old: Pod | undefined } | undefined {
  const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  const fresh = staying.filter(isUpdated);
  const old = staying.filter((pod) => !isUpdated(pod));
  return fresh.length > 1 || old.length > 1 ? undefined : { fresh: fresh[0], old: old[0] };
}

/**
 * Which daemons are replaced next (`rollingUpdate` in `pkg/controller/daemon/update.go`): those that are not available at
 * once, others as far as maxUnavailable allows; with a surge the old one goes when the other is available.
 */
export function nextReplacement(
  { spec }: DaemonSet,
  placed: readonly OnNode[],
  desired: number,
  view: RolloutView,
): Replacement {
  const { maxSurge, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  const surge = scaled(maxSurge, desired);
  const most = Math.max(scaled(maxUnavailable ?? 1, desired), surge === 0 ? 1 : 0);
  return surge > 0 ? surging(placed, surge, view) : replacing(placed, most, view);
}

function replacing(placed: readonly OnNode[], most: number, view: RolloutView): Replacement {
  const at: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const onNode of placed) {
    const pair = pairOn(onNode, view);
    if (pair?.old && !pair.fresh) (view.isAvailable(pair.old) ? candidates : at).push(pair.old);
    // What is not settled on its node counts as not available.
    else if (!pair?.fresh || pair.old || !view.isAvailable(pair.fresh)) unavailable += 1;
  }
  return { remove: [...at, ...candidates.slice(0, Math.max(0, most - unavailable))], surge: [] };
}

function surging(placed: readonly OnNode[], most: number, view: RolloutView): Replacement {
  const remove: Pod[] = [];
  const at: string[] = [];
  const candidates: string[] = [];
  let surged = 0;
  for (const onNode of placed) {
    const pair = pairOn(onNode, view);
    if (!pair) surged += 1;
    else if (pair.old && !pair.fresh) (view.isAvailable(pair.old) ? candidates : at).push(onNode.node);
    else if (pair.old && pair.fresh) {
      if (view.isAvailable(pair.fresh)) remove.push(pair.old);
      else surged += 1;
    }
  }
  return { remove, surge: [...at, ...candidates.slice(0, Math.max(0, most - surged))] };
}
