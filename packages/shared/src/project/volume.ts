import type { KubeObject } from '../api/meta.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../api/storage.ts';
import type { Health } from '../entity/common.ts';
import type { PersistentVolumeClaimEntity, PersistentVolumeEntity, StorageClassEntity } from '../entity/storage.ts';
import { projectCommon, projectConditions } from './common.ts';

const HEALTH: Record<string, Health> = {
  Available: 'ok',
  Bound: 'ok',
  Released: 'ok',
  Pending: 'progressing',
  Terminating: 'progressing',
  Failed: 'failing',
  Lost: 'failing',
};

/** A PersistentVolume; one that is released progresses unless it is to be kept. */
export function projectVolume(volume: PersistentVolume): PersistentVolumeEntity {
  const { spec = {}, status } = volume;
  const printed = statusOf(volume, status?.phase);
  const { claimRef } = spec;
  return {
    kind: 'PersistentVolume',
    ...projectCommon('PersistentVolume', volume),
    health:
      printed === 'Released' && spec.persistentVolumeReclaimPolicy !== 'Retain'
        ? 'progressing'
        : (HEALTH[printed] ?? 'unknown'),
    status: printed,
    capacity: spec.capacity?.storage ?? null,
    accessModes: spec.accessModes ?? [],
    reclaim: spec.persistentVolumeReclaimPolicy ?? '',
    claim:
      claimRef === undefined
        ? null
        : { namespace: claimRef.namespace ?? '', name: claimRef.name ?? '', uid: claimRef.uid || null },
    storageClass: classOf(volume, spec.storageClassName),
    attributesClass: spec.volumeAttributesClassName ?? null,
    volumeMode: spec.volumeMode ?? null,
    reason: status?.reason || null,
  };
}

/** A PersistentVolumeClaim; its capacity and access modes are those of its volume. */
export function projectClaim(claim: PersistentVolumeClaim): PersistentVolumeClaimEntity {
  const { spec = {}, status } = claim;
  const printed = statusOf(claim, status?.phase);
  return {
    kind: 'PersistentVolumeClaim',
    ...projectCommon('PersistentVolumeClaim', claim),
    health: HEALTH[printed] ?? 'unknown',
    status: printed,
    volume: spec.volumeName || null,
    requested: spec.resources?.requests?.storage ?? null,
    capacity: status?.capacity?.storage ?? null,
    accessModes: status?.accessModes ?? [],
    storageClass: classOf(claim, spec.storageClassName),
    attributesClass: spec.volumeAttributesClassName ?? null,
    volumeMode: spec.volumeMode ?? null,
    conditions: projectConditions(status?.conditions),
  };
}

/** What marks the class that claims without one get, and its name before storage.k8s.io/v1. */
const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** A StorageClass; its parameters are not read, for they name secrets. */
export function projectStorageClass(storageClass: StorageClass): StorageClassEntity {
  const { metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = storageClass;
  return {
    kind: 'StorageClass',
    ...projectCommon('StorageClass', storageClass),
    health: 'ok',
    provisioner: provisioner ?? '',
    reclaim: reclaimPolicy ?? 'Delete',
    binding: volumeBindingMode ?? 'Immediate',
    expandable: allowVolumeExpansion === true,
    isDefault: DEFAULT_CLASS.some((key) => metadata.annotations?.[key] === 'true'),
  };
}

function statusOf({ metadata }: KubeObject, phase: string | undefined): string {
  return metadata.deletionTimestamp === undefined ? (phase ?? '') : 'Terminating';
}

/** The annotation that named the class before the field did still goes before it (`GetPersistentVolumeClass`). */
function classOf({ metadata }: KubeObject, named: string | undefined): string | null {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? named ?? null;
}
