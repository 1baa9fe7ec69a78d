import type {
  CSIDriver,
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  VolumeAttachment,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, boolean, integer, nameColumn, text } from './column.ts';

/** The columns of volumes and of storage.k8s.io/v1, in the words of `pkg/printers/internalversion/printers.go`. */

const UNSET = '<unset>';

/** What access modes are called in short, in the order they are printed (`GetAccessModesAsString`). */
const ACCESS_MODES = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

function accessModes(modes: readonly string[] = []): string {
  return Object.entries(ACCESS_MODES)
    .filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

const phase = ({ metadata, status }: PersistentVolume | PersistentVolumeClaim) =>
  metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');

export const persistentVolumeColumns: Column[] = [
  nameColumn,
  text<PersistentVolume>('Capacity', ({ spec }) => spec.capacity?.storage ?? '0'),
  text<PersistentVolume>('Access Modes', ({ spec }) => accessModes(spec.accessModes)),
  text<PersistentVolume>('Reclaim Policy', ({ spec }) => spec.persistentVolumeReclaimPolicy ?? ''),
  text<PersistentVolume>('Status', phase),
  text<PersistentVolume>('Claim', ({ spec }) =>
    spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
  ),
  text<PersistentVolume>('StorageClass', ({ spec }) => spec.storageClassName ?? ''),
  text<PersistentVolume>('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  text<PersistentVolume>('Reason', ({ status }) => status?.reason ?? ''),
  ageColumn,
  text<PersistentVolume>('VolumeMode', ({ spec }) => spec.volumeMode ?? UNSET, 1),
];

export const persistentVolumeClaimColumns: Column[] = [
  nameColumn,
  text<PersistentVolumeClaim>('Status', phase),
  text<PersistentVolumeClaim>('Volume', ({ spec }) => spec.volumeName ?? ''),
  text<PersistentVolumeClaim>('Capacity', ({ spec, status }) =>
    spec.volumeName ? (status?.capacity?.storage ?? '0') : '',
  ),
  text<PersistentVolumeClaim>('Access Modes', ({ spec, status }) =>
    spec.volumeName ? accessModes(status?.accessModes) : '',
  ),
  text<PersistentVolumeClaim>('StorageClass', ({ spec }) => spec.storageClassName ?? ''),
  text<PersistentVolumeClaim>('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  ageColumn,
  text<PersistentVolumeClaim>('VolumeMode', ({ spec }) => spec.volumeMode ?? UNSET, 1),
];

/** What marks the class that claims without one get. */
export const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const storageClassColumns: Column[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) =>
      metadata.annotations?.[DEFAULT_CLASS] === 'true' ? `${metadata.name} (default)` : metadata.name,
  },
  text<StorageClass>('Provisioner', ({ provisioner }) => provisioner),
  text<StorageClass>('ReclaimPolicy', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
  text<StorageClass>('VolumeBindingMode', ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate'),
  text<StorageClass>('AllowVolumeExpansion', ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false),
  ageColumn,
];

export const csiDriverColumns: Column[] = [
  nameColumn,
  boolean<CSIDriver>('AttachRequired', ({ spec }) => spec.attachRequired ?? true),
  boolean<CSIDriver>('PodInfoOnMount', ({ spec }) => spec.podInfoOnMount ?? false),
  boolean<CSIDriver>('StorageCapacity', ({ spec }) => spec.storageCapacity ?? false),
  text<CSIDriver>('TokenRequests', ({ spec }) =>
    spec.tokenRequests ? spec.tokenRequests.map(({ audience }) => audience).join(',') : UNSET,
  ),
  boolean<CSIDriver>('RequiresRepublish', ({ spec }) => spec.requiresRepublish ?? false),
  text<CSIDriver>('Modes', ({ spec }) => spec.volumeLifecycleModes?.join(',') || '<none>'),
  ageColumn,
];

export const csiNodeColumns: Column[] = [
  nameColumn,
  integer<CSINode>('Drivers', ({ spec }) => spec.drivers?.length ?? 0),
  ageColumn,
];

export const volumeAttachmentColumns: Column[] = [
  nameColumn,
  { ...text<VolumeAttachment>('Attacher', ({ spec }) => spec.attacher), format: 'name' },
  text<VolumeAttachment>('PV', ({ spec }) => spec.source.persistentVolumeName ?? ''),
  text<VolumeAttachment>('Node', ({ spec }) => spec.nodeName),
  boolean<VolumeAttachment>('Attached', ({ status }) => status?.attached ?? false),
  ageColumn,
];
