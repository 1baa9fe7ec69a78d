import { printAccessModes } from '@portolan/shared';
import { type FactsOf, mono } from './fact.tsx';

/** A class that is named, none that is named, or none that is wanted. */
const classText = (name: string | null) => mono(name === null ? '<unset>' : name === '' ? '""' : name);

/** What is said of volumes, their classes, and of what is configured. */
export const STORAGE_FACTS: FactsOf = {
  PersistentVolume: (volume) => [
    ['CAPACITY', volume.capacity],
    ['ACCESS MODES', printAccessModes(volume.accessModes)],
    ['RECLAIM POLICY', volume.reclaim],
    ['CLAIM', mono(volume.claim === null ? '<none>' : `${volume.claim.namespace}/${volume.claim.name}`)],
    ['STORAGECLASS', classText(volume.storageClass)],
    ['VOLUMEMODE', volume.volumeMode],
  ],
  PersistentVolumeClaim: (claim, { text }) => [
    ['VOLUME', mono(claim.volume ?? '<none>')],
    ['CAPACITY', claim.capacity ?? text.noneYet],
    [text.requested, claim.requested],
    ['ACCESS MODES', printAccessModes(claim.accessModes) || null],
    ['STORAGECLASS', classText(claim.storageClass)],
    ['VOLUMEMODE', claim.volumeMode],
  ],
  StorageClass: (storageClass, { text }) => [
    ['PROVISIONER', mono(storageClass.provisioner)],
    ['RECLAIMPOLICY', storageClass.reclaim],
    ['VOLUMEBINDINGMODE', storageClass.binding],
    ['ALLOWVOLUMEEXPANSION', String(storageClass.expandable)],
    [text.defaultClass, storageClass.isDefault ? text.yes : text.no],
  ],
  ConfigMap: (_configMap, { text }) => [[text.contents, text.notRead]],
};
