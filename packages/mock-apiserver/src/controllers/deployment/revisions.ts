import { isDeepStrictEqual } from 'node:util';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '@portolan/shared';
import { prepareReplicaSet } from '../../api/defaults/workloads.ts';
import { ApiError } from '../../api-error.ts';
import { templateHash } from '../../names.ts';
import { copyOf } from '../../store/structure.ts';
import type { ControllerContext } from '../context.ts';
import { controllerRef } from '../ownership.ts';
import { conditionOf, hasDeadline, newCondition, PROGRESSING, withCondition } from './conditions.ts';
import { maxSurge, newReplicas } from './limits.ts';

/** What `kubectl rollout history` and `undo` read, and what scaling goes by (`pkg/controller/deployment/util`). */
const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAX = 'deployment.kubernetes.io/max-replicas';
const HASH = 'pod-template-hash';

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED,
  MAX,
  'deprecated.deployment.rollback.to',
]);

export function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

export function desiredOf(set: ReplicaSet): number | undefined {
  const desired = set.metadata.annotations?.[DESIRED];
  return desired === undefined ? undefined : Number(desired);
}

export function maxOf(set: ReplicaSet): number | undefined {
  const max = set.metadata.annotations?.[MAX];
  return max === undefined ? undefined : Number(max);
}

/** The annotations that say what the Deployment wanted when this size was chosen. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec.replicas ?? 1;
  return { [DESIRED]: String(replicas), [MAX]: String(replicas + maxSurge(deployment)) };
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

export const byAge = (a: ReplicaSet, b: ReplicaSet) =>
  Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp) ||
  Number(revisionOf(a) - revisionOf(b)) ||
  (a.metadata.name < b.metadata.name ? -1 : 1);

/** The oldest ReplicaSet with the Deployment's own template, hash aside (`FindNewReplicaSet`). */
function findNewest(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const template = withoutHash(deployment.spec.template);
  return [...sets].sort(byAge).find((set) => isDeepStrictEqual(withoutHash(set.spec.template), template));
}

/** The annotations of the new ReplicaSet at `revision`; an older one of its own goes to its history. */
function newestAnnotations(deployment: Deployment, set: ReplicaSet, revision: number): Record<string, string> {
  const annotations = { ...set.metadata.annotations };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key)) annotations[key] = value;
  }
  const had = annotations[REVISION];
  if (had === undefined || Number(had) < revision) {
    annotations[REVISION] = String(revision);
    if (had !== undefined) {
      annotations[REVISION_HISTORY] = [annotations[REVISION_HISTORY], had].filter(Boolean).join(',');
    }
  }
  return annotations;
}

/** The Deployment's revision and, on `reason`, its Progressing condition, in one write at the version it was read. */
function noteRevision(
  context: ControllerContext,
  deployment: Deployment,
  set: ReplicaSet,
  found: { reason: string; message: string; always: boolean },
): Deployment {
  const conditions = deployment.status?.conditions ?? [];
  const revision = set.metadata.annotations?.[REVISION];
  const notes = hasDeadline(deployment) && (found.always || !conditionOf(conditions, PROGRESSING));
  if (!notes && deployment.metadata.annotations?.[REVISION] === revision) return deployment;
  const condition = newCondition(PROGRESSING, 'True', found.reason, found.message, context.clock.now());
  const noted: Deployment = {
    ...deployment,
    metadata: {
      ...deployment.metadata,
      annotations: { ...deployment.metadata.annotations, ...(revision && { [REVISION]: revision }) },
    },
    ...(notes && { status: { ...deployment.status, conditions: withCondition(conditions, condition) } }),
  };
  const { metadata } = deployment;
  context.store.update('deployments.apps', metadata, () => copyOf(noted), metadata.resourceVersion);
  return noted;
}

/** The ReplicaSets of a Deployment, and the Deployment as it stands after noting its revision. */
export interface Revisions {
  deployment: Deployment;
  newest: ReplicaSet | undefined;
  old: ReplicaSet[];
}

/**
 * Finds the new ReplicaSet, raises its revision above all others', and makes it if `create`
 * (`getAllReplicaSetsAndSyncRevision` in `pkg/controller/deployment/sync.go`).
 */
export function syncRevisions(
  context: ControllerContext,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  create: boolean,
): Revisions {
  const found = findNewest(deployment, sets);
  const old = sets.filter((set) => set !== found);
  const revision = Math.max(0, ...old.map(revisionOf)) + 1;
  if (found) {
    const annotations = newestAnnotations(deployment, found, revision);
    const minReadySeconds = deployment.spec.minReadySeconds;
    const changed =
      !isDeepStrictEqual(annotations, found.metadata.annotations) || found.spec.minReadySeconds !== minReadySeconds;
    if (changed) {
      const change = (draft: ReplicaSet) => {
        draft.metadata.annotations = annotations;
        if (minReadySeconds !== undefined) draft.spec.minReadySeconds = minReadySeconds;
        else delete draft.spec.minReadySeconds;
        return draft;
      };
      const { metadata } = found;
      const newest = context.store.update('replicasets.apps', metadata, change, metadata.resourceVersion);
      return { deployment, newest, old };
    }
    const message = `Found new replica set "${found.metadata.name}"`;
    const noted = noteRevision(context, deployment, found, { reason: 'FoundNewReplicaSet', message, always: false });
    return { deployment: noted, newest: found, old };
  }
  if (!create) return { deployment, newest: undefined, old };
  const made = createNewest(context, deployment, old, revision);
  const message = `Created new replica set "${made.metadata.name}"`;
  const noted = noteRevision(context, deployment, made, { reason: 'NewReplicaSetCreated', message, always: true });
  return { deployment: noted, newest: made, old };
}

function createNewest(
  context: ControllerContext,
  deployment: Deployment,
  old: readonly ReplicaSet[],
  revision: number,
): ReplicaSet {
  const { store } = context;
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = templateHash(template, deployment.status?.collisionCount);
  const replicas = newReplicas(deployment, old, 0);
  const set = {
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace && { namespace: deployment.metadata.namespace }),
      labels: { ...template.metadata?.labels, [HASH]: hash },
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas,
      ...(minReadySeconds !== undefined && { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector?.matchLabels, [HASH]: hash } },
      // A copy of its own, for the defaults to be filled in.
      template: {
        ...copyOf(template),
        metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [HASH]: hash } },
      },
    },
  } as unknown as ReplicaSet;
  set.metadata.annotations = { ...newestAnnotations(deployment, set, revision), ...sizeAnnotations(deployment) };
  prepareReplicaSet(set, undefined);
  try {
    const made = store.create('replicasets.apps', set);
    if (replicas > 0) recordScaling(context, deployment, made.metadata.name, 'up', replicas);
    return made;
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'AlreadyExists') {
      // Another's set has the name: count the collision, so that the next hash is another.
      store.update('deployments.apps', deployment.metadata, (draft) => {
        draft.status = { ...draft.status, collisionCount: (draft.status?.collisionCount ?? 0) + 1 };
        return draft;
      });
    }
    throw error;
  }
}

/** `Scaled up replica set X to N`. */
export function recordScaling(
  context: ControllerContext,
  deployment: Deployment,
  set: string,
  direction: 'up' | 'down',
  replicas: number,
): void {
  const message = `Scaled ${direction} replica set ${set} to ${replicas}`;
  context.events.record(
    deployment,
    { component: 'deployment-controller' },
    { type: 'Normal', reason: 'ScalingReplicaSet', message },
  );
}
