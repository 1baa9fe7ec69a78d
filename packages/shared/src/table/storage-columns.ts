import { parseQuantity } from '../quantity.ts';
import { AGE, type ColumnsOf, column, NAME, UNSET } from './entity-column.ts';

/** What access modes are called in short, in the order they are printed (`GetAccessModesAsString`). */
const ACCESS_MODES = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** Access modes as kubectl prints them: `RWO,ROX`. */
export function printAccessModes(modes: readonly string[]): string {
  return Object.entries(ACCESS_MODES)
    .filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

type Sized = { capacity: string | null };

const sizeOf = ({ capacity }: Sized) => Number(parseQuantity(capacity ?? '0'));

export const volumeColumns: ColumnsOf<'PersistentVolume'> = [
  NAME,
  { title: 'CAPACITY', cell: ({ capacity }) => capacity ?? UNSET, orderBy: sizeOf },
  column('ACCESS MODES', ({ accessModes }) => printAccessModes(accessModes)),
  column('RECLAIM POLICY', ({ reclaim }) => reclaim),
  column('STATUS', ({ status }) => status),
  column('CLAIM', ({ claim }) => (claim === null ? '' : `${claim.namespace}/${claim.name}`)),
  column('STORAGECLASS', ({ storageClass }) => storageClass, ''),
  column('VOLUMEATTRIBUTESCLASS', ({ attributesClass }) => attributesClass, UNSET),
  column('REASON', ({ reason }) => reason, ''),
  AGE,
  column('VOLUMEMODE', ({ volumeMode }) => volumeMode, UNSET),
];

/** What a claim has is that of its volume, and nothing before it has one. */
export const claimColumns: ColumnsOf<'PersistentVolumeClaim'> = [
  NAME,
  column('STATUS', ({ status }) => status),
  column('VOLUME', ({ volume }) => volume, ''),
  {
    title: 'CAPACITY',
    cell: ({ volume, capacity }) => (volume === null ? '' : (capacity ?? '')),
    orderBy: sizeOf,
  },
  column('ACCESS MODES', ({ volume, accessModes }) => (volume === null ? '' : printAccessModes(accessModes))),
  column('STORAGECLASS', ({ storageClass }) => storageClass, ''),
  column('VOLUMEATTRIBUTESCLASS', ({ attributesClass }) => attributesClass, UNSET),
  AGE,
  column('VOLUMEMODE', ({ volumeMode }) => volumeMode, UNSET),
];

export const storageClassColumns: ColumnsOf<'StorageClass'> = [
  column('NAME', ({ name, isDefault }) => (isDefault ? `${name} (default)` : name)),
  column('PROVISIONER', ({ provisioner }) => provisioner),
  column('RECLAIMPOLICY', ({ reclaim }) => reclaim),
  column('VOLUMEBINDINGMODE', ({ binding }) => binding),
  column('ALLOWVOLUMEEXPANSION', ({ expandable }) => String(expandable)),
  AGE,
];

/** Without the number of keys: what a ConfigMap holds is not read. */
export const configMapColumns: ColumnsOf<'ConfigMap'> = [NAME, AGE];
