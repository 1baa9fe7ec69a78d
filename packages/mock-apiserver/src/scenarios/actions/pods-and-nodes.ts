import { callApi } from '../../api/in-process.ts';
import { controllerOf } from '../../controllers/ownership.ts';
import type { PodChoice } from '../action.ts';
import { targetPath } from '../resource-path.ts';
import { type ActionWorld, oldestRunning, patchTarget } from './world.ts';

const MIRROR = 'kubernetes.io/config.mirror';

const podTarget = ({
  metadata: { name, namespace = 'default' },
}: {
  metadata: { name: string; namespace?: string };
}) => ({
  kind: 'Pod',
  name,
  namespace,
});

/** `kubectl delete pod`. */
export function killPod(world: ActionWorld, choice: PodChoice): void {
  callApi(world.cluster.api, { method: 'DELETE', path: targetPath(podTarget(oldestRunning(world, choice))) });
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
