import type { PersistentVolume, PersistentVolumeClaim } from '@portolan/shared';
import type { NewObject } from '../../store/store.ts';
import { between, type ControllerContext } from '../context.ts';
import type { EventSource } from '../event-recorder.ts';
import { PROVISIONER, SELECTED_NODE } from './binder.ts';

const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';
const CLASSES = 'storageclasses.storage.k8s.io';
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** How long a storage system takes to make and to delete a volume, in simulated milliseconds. */
const MAKES_MS = [1500, 3500] as const;
const DELETES_MS = [800, 2000] as const;

/** Whether a provisioner's volumes are on the disk of one node, as those of `rancher.io/local-path` are. */
const isLocal = (provisioner: string) => /local|hostpath/i.test(provisioner);

/** A volume as a CSI driver's external-provisioner writes it. */
function volumeFor(context: ControllerContext, claim: PersistentVolumeClaim): NewObject<PersistentVolume> | undefined {
  const storageClass = context.store.get(CLASSES, { name: claim.spec.storageClassName ?? '' });
  if (!storageClass) return undefined;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const { provisioner, reclaimPolicy = 'Delete', mountOptions } = storageClass;
  const node = claim.metadata.annotations?.[SELECTED_NODE];
  const values = node === undefined ? undefined : [node];
  return {
    metadata: {
      name: `pvc-${uid}`,
      annotations: { [PROVISIONED_BY]: provisioner },
      finalizers: ['kubernetes.io/pv-protection', 'external-provisioner.volume.kubernetes.io/finalizer'],
    },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: [...(claim.spec.accessModes ?? ['ReadWriteOnce'])],
      claimRef: {
        kind: 'PersistentVolumeClaim',
        ...(namespace && { namespace }),
        name,
        uid,
        apiVersion: 'v1',
        resourceVersion,
      },
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: storageClass.metadata.name,
      volumeMode: claim.spec.volumeMode ?? 'Filesystem',
      ...(mountOptions && { mountOptions: [...mountOptions] }),
      csi: { driver: provisioner, volumeHandle: `vol-${uid}` },
      ...(values &&
        isLocal(provisioner) && {
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] }],
            },
          },
        }),
    },
    status: { phase: 'Pending' },
  };
}

/**
 * The provisioners of all StorageClasses, each as a CSI driver's sidecar would be: makes a volume for a claim that asks for
 * it, and deletes what was released where the reclaim policy says so. It is no part of the control plane.
 */
export function startProvisioners(context: ControllerContext): void {
  const { store, clock, random, events } = context;
  const atWork = new Set<string>();

  const sourceOf = (provisioner: string): EventSource => ({ component: `${provisioner}_csi-provisioner-0` });

  const make = (uid: string, ref: { namespace?: string | undefined; name: string }, provisioner: string) => {
    atWork.delete(uid);
    const claim = store.get(CLAIMS, ref);
    if (claim?.metadata.uid !== uid || claim.metadata.deletionTimestamp || claim.spec.volumeName) return;
    const volume = volumeFor(context, claim);
    if (!volume) return;
    const message = `Successfully provisioned volume ${volume.metadata.name}`;
    store.create(VOLUMES, volume);
    events.record(claim, sourceOf(provisioner), { type: 'Normal', reason: 'ProvisioningSucceeded', message });
  };

  const see = (claim: PersistentVolumeClaim) => {
    const provisioner = claim.metadata.annotations?.[PROVISIONER];
    const { uid, namespace, name, deletionTimestamp } = claim.metadata;
    if (!provisioner || claim.spec.volumeName || deletionTimestamp || atWork.has(uid)) return;
    if (store.get(VOLUMES, { name: `pvc-${uid}` })) return;
    atWork.add(uid);
    const message = `External provisioner is provisioning volume for claim "${namespace}/${name}"`;
    events.record(claim, sourceOf(provisioner), { type: 'Normal', reason: 'Provisioning', message });
    clock.after(between(random, MAKES_MS), () => make(uid, { namespace, name }, provisioner));
  };

  const reclaim = ({ metadata, spec, status }: PersistentVolume) => {
    const own = metadata.annotations?.[PROVISIONED_BY] !== undefined;
    const released = status?.phase === 'Released' && spec.persistentVolumeReclaimPolicy === 'Delete';
    if (!own || !released || atWork.has(metadata.uid)) return;
    atWork.add(metadata.uid);
    clock.after(between(random, DELETES_MS), () => {
      atWork.delete(metadata.uid);
      const volume = store.get(VOLUMES, metadata);
      if (volume?.metadata.uid !== metadata.uid || volume.status?.phase !== 'Released') return;
      store.delete(VOLUMES, metadata, { uid: metadata.uid });
      const left = store.get(VOLUMES, metadata);
      if (!left) return;
      store.update(VOLUMES, metadata, (draft) => {
        draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((name) => !name.startsWith('external-'));
        return draft;
      });
    });
  };

  store.watch(CLAIMS, store.version, ({ type, object }) => {
    if (type !== 'DELETED') see(object);
  });
  store.watch(VOLUMES, store.version, ({ type, object }) => {
    if (type !== 'DELETED') reclaim(object);
  });
  for (const claim of store.list(CLAIMS)) see(claim);
  for (const volume of store.list(VOLUMES)) reclaim(volume);
}
