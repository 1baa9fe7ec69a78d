import { isDeepStrictEqual } from 'node:util';
import {
  compareQuantities,
  type KubeObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
} from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { validateQuantity } from './container.ts';
import { forbidden, invalidValue, notSupported, oneOf, plain, required } from './field-error.ts';
import { dnsSubdomain, follows, validateSelector } from './names.ts';

/** Volumes, claims and classes (`pkg/apis/core/validation`, `pkg/apis/storage/validation`). */

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];
const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

function accessModes(modes: string[] | undefined): Cause[] {
  if (!modes?.length) return [required('spec.accessModes', 'at least 1 access mode is required')];
  return modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => notSupported('spec.accessModes', mode, ACCESS_MODES));
}

function sized(list: Record<string, string> | undefined, field: string): Cause[] {
  const storage = list?.storage;
  if (storage === undefined) return [required(`${field}[storage]`)];
  const causes = validateQuantity(`${field}[storage]`, storage);
  if (causes.length > 0 || compareQuantities(storage, '0') > 0) return causes;
  return [invalidValue(`${field}[storage]`, storage, 'must be greater than zero')];
}

function validateClaimChange(claim: PersistentVolumeClaim, before: PersistentVolumeClaim): Cause[] {
  const fixed = ({ spec }: PersistentVolumeClaim) => {
    const { resources: _resources, volumeAttributesClassName: _class, ...rest } = spec;
    return plain(before.spec.volumeName || before.status?.phase === 'Bound' ? rest : { ...rest, volumeName: '' });
  };
  const resized = !isDeepStrictEqual(plain(claim.spec.resources), plain(before.spec.resources));
  const bound = before.status?.phase === 'Bound';
  const causes: Cause[] = [];
  if (!isDeepStrictEqual(fixed(claim), fixed(before)) || (resized && !bound)) {
    causes.push(
      forbidden(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ),
    );
  }
  const now = claim.spec.resources?.requests?.storage;
  const then = before.spec.resources?.requests?.storage;
  if (now !== undefined && then !== undefined && compareQuantities(now, then) < 0) {
    causes.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
  }
  return causes;
}

export function validatePersistentVolumeClaim(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const claim = object as PersistentVolumeClaim;
  const { spec } = claim;
  return [
    ...validateSelector(spec.selector, 'spec.selector'),
    ...accessModes(spec.accessModes),
    ...sized(spec.resources?.requests, 'spec.resources'),
    ...(spec.storageClassName ? follows(dnsSubdomain, 'spec.storageClassName', spec.storageClassName) : []),
    ...oneOf('spec.volumeMode', spec.volumeMode, VOLUME_MODES),
    ...(previous ? validateClaimChange(claim, previous as PersistentVolumeClaim) : []),
  ];
}

/** What of a volume's spec is no source. */
const PLAIN_FIELDS = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

const sourcesOf = ({ spec }: PersistentVolume) =>
  Object.entries(spec).filter(([name, value]) => value !== undefined && !PLAIN_FIELDS.includes(name));

export function validatePersistentVolume(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const volume = object as PersistentVolume;
  const { spec } = volume;
  const sources = sourcesOf(volume);
  const causes = [
    ...accessModes(spec.accessModes),
    ...(Object.keys(spec.capacity ?? {}).length === 0
      ? [required('spec.capacity')]
      : sized(spec.capacity, 'spec.capacity')),
    ...oneOf('spec.persistentVolumeReclaimPolicy', spec.persistentVolumeReclaimPolicy, RECLAIM_POLICIES),
    ...(sources.length === 0 ? [required('spec', 'must specify a volume type')] : []),
    ...sources.slice(1).map(([name]) => forbidden(`spec.${name}`, 'may not specify more than 1 volume type')),
    ...(spec.local && !spec.nodeAffinity ? [required('spec.nodeAffinity', 'Local volume requires node affinity')] : []),
    ...oneOf('spec.volumeMode', spec.volumeMode, VOLUME_MODES),
  ];
  const before = previous as PersistentVolume | undefined;
  if (before && !isDeepStrictEqual(plain(sourcesOf(before)), plain(sources))) {
    causes.push(forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'));
  }
  if (before && before.spec.volumeMode !== spec.volumeMode) {
    causes.push(invalidValue('volumeMode', spec.volumeMode, 'field is immutable'));
  }
  return causes;
}

export function validateStorageClass(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const storage = object as StorageClass;
  const before = previous as StorageClass | undefined;
  const causes: Cause[] = [];
  if (!storage.provisioner) causes.push(required('provisioner'));
  causes.push(
    ...oneOf('reclaimPolicy', storage.reclaimPolicy, ['Delete', 'Retain']),
    ...oneOf('volumeBindingMode', storage.volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
  );
  if (!before) return causes;
  const changed = (name: keyof StorageClass) => !isDeepStrictEqual(plain(storage[name]), plain(before[name]));
  if (changed('parameters')) causes.push(forbidden('parameters', 'updates to parameters are forbidden.'));
  if (changed('provisioner')) causes.push(forbidden('provisioner', 'updates to provisioner are forbidden.'));
  if (changed('reclaimPolicy')) causes.push(forbidden('reclaimPolicy', 'updates to reclaimPolicy are forbidden.'));
  if (changed('volumeBindingMode'))
    causes.push(invalidValue('volumeBindingMode', storage.volumeBindingMode, 'field is immutable'));
  return causes;
}
