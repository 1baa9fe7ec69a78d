import type { OwnerReference, Pod, StatefulSet } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { createDefaulted } from '../create.ts';
import { claimsOf, ordinalOf } from './identity.ts';

const KEY = 'persistentvolumeclaims';

/** Makes what is missing of a pod's claims; each is an event of the set. */
export function makeClaims(context: ControllerContext, set: StatefulSet, ordinal: number): void {
  for (const claim of claimsOf(set, ordinal)) {
    const { namespace, name = '' } = claim.metadata;
    if (context.store.get(KEY, { namespace, name })) continue;
    createDefaulted(context, KEY, claim);
    const pod = `${set.metadata.name}-${ordinal}`;
    const message = `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`;
    const source = { component: 'statefulset-controller' };
    context.events.record(set, source, { type: 'Normal', reason: 'SuccessfulCreate', message });
  }
}

/**
 * Says who takes a pod's claims with it, as the retention policy has it: the set when it is deleted, the pod when it is one
 * too many, by default nobody (KEP-1847).
 */
export function retainClaims({ store }: ControllerContext, set: StatefulSet, pod: Pod, condemned: boolean): void {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const reference = ({ metadata, apiVersion = '', kind = '' }: Pod | StatefulSet): OwnerReference => ({
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    ...(kind === 'StatefulSet' && { controller: true }),
  });
  const owners = [
    ...(whenDeleted === 'Delete' && !(condemned && whenScaled === 'Delete') ? [reference(set)] : []),
    ...(whenScaled === 'Delete' && condemned ? [reference(pod)] : []),
  ];
  for (const { metadata } of claimsOf(set, ordinalOf(pod))) {
    const ref = { namespace: metadata.namespace, name: metadata.name ?? '' };
    const claim = store.get(KEY, ref);
    if (!claim) continue;
    const others = (claim.metadata.ownerReferences ?? []).filter(
      ({ uid, kind, name }) => uid !== set.metadata.uid && !(kind === 'Pod' && name === pod.metadata.name),
    );
    store.update(KEY, ref, (draft) => {
      const all = [...others, ...owners];
      if (all.length > 0) draft.metadata.ownerReferences = all;
      else delete draft.metadata.ownerReferences;
      return draft;
    });
  }
}
