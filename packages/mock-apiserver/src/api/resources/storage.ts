import * as storage from '../columns/storage.ts';
import { prepareDriver, prepareStorageClass } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { validateStorageClass } from '../validation/storage.ts';
import { row } from './row.ts';

/** storage.k8s.io/v1. */
export const storageResources: readonly ApiResource[] = [
  row('storage.k8s.io', ['v1'], {
    kind: 'CSIDriver',
    plural: 'csidrivers',
    namespaced: false,
    columns: storage.csiDriverColumns,
    prepare: prepareDriver,
    needsSpec: true,
  }),
  row('storage.k8s.io', ['v1'], {
    kind: 'CSINode',
    plural: 'csinodes',
    namespaced: false,
    columns: storage.csiNodeColumns,
    needsSpec: true,
  }),
  row('storage.k8s.io', ['v1'], {
    kind: 'StorageClass',
    plural: 'storageclasses',
    shortNames: ['sc'],
    namespaced: false,
    columns: storage.storageClassColumns,
    prepare: prepareStorageClass,
    validate: validateStorageClass,
  }),
  row('storage.k8s.io', ['v1'], {
    kind: 'VolumeAttachment',
    plural: 'volumeattachments',
    namespaced: false,
    subresources: ['status'],
    columns: storage.volumeAttachmentColumns,
    needsSpec: true,
  }),
];
