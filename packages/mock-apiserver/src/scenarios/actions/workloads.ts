import { ApiError } from '../../api-error.ts';
import { revisionOf } from '../../controllers/deployment/revisions.ts';
import { controllerOf } from '../../controllers/ownership.ts';
import { toTime } from '../../time.ts';
import type { Target } from '../action.ts';
import { type ActionWorld, patchTarget } from './world.ts';

/** `kubectl scale`. */
export function scale(world: ActionWorld, { replicas, ...target }: Target & { replicas: number }): void {
  patchTarget(world, target, { spec: { replicas } });
}

/** `kubectl set image`. */
export function setImage(world: ActionWorld, action: Target & { container: string; image: string }): void {
  const { container, image, ...target } = action;
  patchTarget(world, target, { spec: { template: { spec: { containers: [{ name: container, image }] } } } });
}

/** `kubectl rollout pause`, and `resume`. */
export const setPaused = (paused: boolean) => (world: ActionWorld, target: Target) =>
  patchTarget(world, target, { spec: { paused: paused || null } });

/** `kubectl rollout restart`. */
export function restart(world: ActionWorld, target: Target): void {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': toTime(world.cluster.api.clock.now()) };
  patchTarget(world, target, { spec: { template: { metadata: { annotations } } } });
}

/** `kubectl rollout undo` of a Deployment: the template of the revision before, without its hash. */
export function undo({ cluster: { store } }: ActionWorld, { name, namespace = 'default' }: Target): void {
  const ref = { namespace, name };
  const deployment = store.need('deployments.apps', ref);
  if (deployment.spec.paused) {
    throw new ApiError('BadRequest', `deployment "${name}" is paused: resume it before it is rolled back`);
  }
  const sets = store
    .list('replicasets.apps', namespace)
    .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid)
    .sort((a, b) => revisionOf(b) - revisionOf(a));
  const template = structuredClone(sets[1]?.spec.template);
  if (!template) throw new ApiError('BadRequest', `no rollout history found for deployment "${name}"`);
  delete template.metadata?.labels?.['pod-template-hash'];
  store.update('deployments.apps', ref, (draft) => {
    draft.spec.template = template;
    return draft;
  });
}
