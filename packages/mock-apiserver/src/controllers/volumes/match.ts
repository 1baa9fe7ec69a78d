import {
  compareQuantities,
  fromLabelSelector,
  matches,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
} from '@portolan/shared';
import { matchesTerm } from '../node-affinity.ts';

const storageOf = ({ spec }: PersistentVolume) => spec.capacity?.storage ?? '0';
const requestOf = ({ spec }: PersistentVolumeClaim) => spec.resources?.requests?.storage ?? '0';

/** Whether a volume is kept for a claim, by name or already by its uid. */
export function isKeptFor({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = spec;
  if (!claimRef || claimRef.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return claimRef.uid === undefined || claimRef.uid === metadata.uid;
}

/** Why a volume cannot be a claim's, in the controller's words; undefined where it can (`checkVolumeSatisfyClaim`). */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (compareQuantities(storageOf(volume), requestOf(claim)) < 0) return 'requested PV is too small';
  if ((volume.spec.storageClassName ?? '') !== (claim.spec.storageClassName ?? '')) {
    return 'storageClassName does not match';
  }
  if ((volume.spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem'))
    return 'incompatible volumeMode';
  const modes = new Set(volume.spec.accessModes);
  if (!claim.spec.accessModes?.every((mode) => modes.has(mode))) return 'incompatible accessMode';
  return undefined;
}

/** Whether a volume may be used on a node. */
export function isReachableFrom({ spec }: PersistentVolume, node: Node | undefined): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || !node || terms.some((term) => matchesTerm(node, term));
}

/** The smallest free volume that is right for a claim; one kept for it goes first (`findMatchingVolume`). */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  node: Node | undefined,
): PersistentVolume | undefined {
  const selector = claim.spec.selector && fromLabelSelector(claim.spec.selector);
  const right = volumes.filter((volume) => {
    if (volume.metadata.deletionTimestamp || mismatch(volume, claim) !== undefined) return false;
    if (volume.spec.claimRef) return isKeptFor(volume, claim);
    if (volume.status?.phase === 'Released' || volume.status?.phase === 'Failed') return false;
    return (!selector || matches(selector, volume.metadata.labels ?? {})) && isReachableFrom(volume, node);
  });
  const order = (a: PersistentVolume, b: PersistentVolume) =>
    Number(isKeptFor(b, claim)) - Number(isKeptFor(a, claim)) || compareQuantities(storageOf(a), storageOf(b));
  return right.sort(order)[0];
}
