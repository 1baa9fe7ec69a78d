import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { SELECTED_NODE } from '../volumes/binder.ts';
import { bestVolume, isReachableFrom } from '../volumes/match.ts';
import type { Refusal } from './refusal.ts';

/** What a pod's claims mean for where it may go (`plugins/volumebinding`). */
export interface Claims {
  /** Why it may go nowhere. */
  problem: string | undefined;
  /** The volumes of the claims that are bound. */
  bound: readonly PersistentVolume[];
  /** Claims whose volume is chosen for the node of their first pod. */
  waiting: readonly PersistentVolumeClaim[];
  /** Whether a claim's volume can be made, where none is there. */
  provisioned(claim: PersistentVolumeClaim): boolean;
  volumes: readonly PersistentVolume[];
}

const NONE: Claims = { problem: undefined, bound: [], waiting: [], provisioned: () => false, volumes: [] };

/** Looks once, for all nodes, at a pod's claims. */
export function claimsOf(store: Store, pod: Pod): Claims {
  const { namespace } = pod.metadata;
  const names = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  if (names.length === 0) return NONE;
  const bound: PersistentVolume[] = [];
  const waiting: PersistentVolumeClaim[] = [];
  let unbound = false;
  const classOf = ({ spec }: PersistentVolumeClaim) =>
    store.get('storageclasses.storage.k8s.io', { name: spec.storageClassName ?? '' });
  for (const name of names) {
    const claim = store.get('persistentvolumeclaims', { namespace, name });
    if (!claim) return { ...NONE, problem: `persistentvolumeclaim "${name}" not found` };
    if (claim.metadata.deletionTimestamp) {
      return { ...NONE, problem: `persistentvolumeclaim "${name}" is being deleted` };
    }
    if (claim.status?.phase === 'Lost') {
      return {
        ...NONE,
        problem: `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`,
      };
    }
    const volume = store.get('persistentvolumes', { name: claim.spec.volumeName ?? '' });
    if (claim.status?.phase === 'Bound' && volume) bound.push(volume);
    else if (classOf(claim)?.volumeBindingMode === 'WaitForFirstConsumer') waiting.push(claim);
    else unbound = true;
  }
  return {
    problem: unbound ? 'pod has unbound immediate PersistentVolumeClaims' : undefined,
    bound,
    waiting,
    provisioned: (claim) => classOf(claim)?.provisioner !== 'kubernetes.io/no-provisioner',
    volumes: waiting.length > 0 ? store.list('persistentvolumes') : [],
  };
}

/** Whether a pod's volumes can be used on a node. */
export function refuseByClaims({ bound, waiting, provisioned, volumes }: Claims, node: Node): Refusal | undefined {
  if (!bound.every((volume) => isReachableFrom(volume, node))) {
    return { reason: 'node(s) had volume node affinity conflict', helpless: true };
  }
  const homeless = waiting.some((claim) => !provisioned(claim) && !bestVolume(volumes, claim, node));
  return homeless ? { reason: "node(s) didn't find available persistent volumes to bind", helpless: true } : undefined;
}

/** Tells the binder which node the pod's claims are for; the pod is bound once they are. */
export function selectNode(store: Store, { waiting }: Claims, node: Node): void {
  for (const { metadata } of waiting) {
    store.update('persistentvolumeclaims', metadata, (draft) => {
      draft.metadata.annotations = { ...draft.metadata.annotations, [SELECTED_NODE]: node.metadata.name };
      return draft;
    });
  }
}
