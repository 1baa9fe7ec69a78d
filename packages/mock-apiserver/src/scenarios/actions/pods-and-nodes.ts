import type { Pod, Taint } from '@portolan/shared';
import { callApi } from '../../api/in-process.ts';
import { controllerOf } from '../../controllers/ownership.ts';
import type { PodChoice } from '../action.ts';
import { targetPath } from '../resource-path.ts';
import { type ActionWorld, oldestRunning, patchTarget, podsOf } from './world.ts';

const MIRROR = 'kubernetes.io/config.mirror';

const podTarget = ({ metadata: { name, namespace = 'default' } }: Pod) => ({ kind: 'Pod', name, namespace });

const deletePod = ({ cluster }: ActionWorld, pod: Pod) =>
  callApi(cluster.api, { method: 'DELETE', path: targetPath(podTarget(pod)) });

/** `kubectl delete pod`. */
export function killPod(world: ActionWorld, choice: PodChoice): void {
  deletePod(world, oldestRunning(world, choice));
}

/** `kubectl delete pod` of all but the oldest. */
export function deletePods(world: ActionWorld, { keep, ...choice }: PodChoice & { keep: number }): void {
  for (const pod of podsOf(world, choice).slice(keep)) deletePod(world, pod);
}

/** `kubectl label pod --overwrite`. */
export function relabelPod(world: ActionWorld, action: PodChoice & { set: Record<string, string | null> }): void {
  patchTarget(world, podTarget(oldestRunning(world, action)), { metadata: { labels: action.set } });
}

/** `kubectl cordon`, and `uncordon`. */
export const setUnschedulable =
  (unschedulable: boolean) =>
  (world: ActionWorld, { node }: { node: string }) =>
    patchTarget(world, { kind: 'Node', name: node }, { spec: { unschedulable: unschedulable || null } });

function changeTaints({ cluster }: ActionWorld, node: string, change: (taints: readonly Taint[]) => Taint[]): void {
  cluster.store.update('nodes', { name: node }, (draft) => {
    draft.spec = { ...draft.spec, taints: change(draft.spec?.taints ?? []) };
    return draft;
  });
}

/** `kubectl taint node NODE KEY=VALUE:EFFECT --overwrite`. */
export function taint(world: ActionWorld, action: { node: string; taint: Taint }): void {
  const { key, effect } = action.taint;
  changeTaints(world, action.node, (taints) => [
    ...taints.filter((other) => other.key !== key || other.effect !== effect),
    { ...action.taint },
  ]);
}

/** `kubectl taint node NODE KEY-`. */
export function untaint(world: ActionWorld, { node, key }: { node: string; key: string }): void {
  changeTaints(world, node, (taints) => taints.filter((other) => other.key !== key));
}

/** `kubectl drain --ignore-daemonsets --force`: what a budget holds back stays, and another drain tries again. */
export function drain(world: ActionWorld, { node }: { node: string }): void {
  setUnschedulable(true)(world, { node });
  const { store, api } = world.cluster;
  for (const pod of store.list('pods')) {
    if (pod.spec.nodeName !== node || pod.metadata.deletionTimestamp) continue;
    if (controllerOf(pod)?.kind === 'DaemonSet' || pod.metadata.annotations?.[MIRROR] !== undefined) continue;
    const { name, namespace } = pod.metadata;
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    callApi(api, { method: 'POST', path: `${targetPath(podTarget(pod))}/eviction`, body });
  }
}
