import type { Node, PersistentVolume, PersistentVolumeClaim, StorageClass } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import type { Happening } from '../event-recorder.ts';
import { fromKey, toKey } from '../object-key.ts';
import { WorkQueue } from '../work-queue.ts';
import { bestVolume, isKeptFor, mismatch } from './match.ts';

const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';
const CLASSES = 'storageclasses.storage.k8s.io';
const SOURCE = { component: 'persistentvolume-controller' };
/** How often what waits is looked at and told again (`--pvclaimbinder-sync-period`). */
const AGAIN_MS = 15_000;

const COMPLETED = 'pv.kubernetes.io/bind-completed';
const BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
/** The node that the scheduler chose for the pod that waits for a claim. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** Who is to make a claim's volume; the second is what versions before 1.23 read. */
export const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const OLD_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

const normal = (reason: string, message: string): Happening => ({ type: 'Normal', reason, message });
const warning = (reason: string, message: string): Happening => ({ type: 'Warning', reason, message });

/**
 * Binds claims and volumes to each other, and says what a claim waits for (`pkg/controller/volume/persistentvolume`).
 * Volumes are made and deleted by provisioners, which are not part of it.
 */
export function startVolumeBinder(context: ControllerContext): void {
  const { store, clock, events } = context;

  const setPhase = (volume: PersistentVolume, phase: NonNullable<PersistentVolume['status']>['phase']) => {
    if (volume.status?.phase === phase) return;
    store.update(VOLUMES, volume.metadata, (draft) => {
      draft.status = { ...draft.status, ...(phase && { phase }), lastPhaseTransitionTime: toTime(clock.now()) };
      return draft;
    });
  };

  /** Four writes, as the real one makes them: the volume's claim, its phase, the claim's volume, its phase. */
  const bind = (volume: PersistentVolume, claim: PersistentVolumeClaim) => {
    const { namespace, name, uid, resourceVersion } = claim.metadata;
    const wasKept = volume.spec.claimRef !== undefined;
    if (volume.spec.claimRef?.uid !== uid) {
      store.update(VOLUMES, volume.metadata, (draft) => {
        draft.spec.claimRef = {
          kind: 'PersistentVolumeClaim',
          ...(namespace && { namespace }),
          name,
          uid,
          apiVersion: 'v1',
          resourceVersion,
        };
        if (!wasKept) draft.metadata.annotations = { ...draft.metadata.annotations, [BY_CONTROLLER]: 'yes' };
        return draft;
      });
    }
    setPhase(store.need(VOLUMES, volume.metadata), 'Bound');
    const wasChosen = claim.spec.volumeName !== undefined;
    store.update(CLAIMS, claim.metadata, (draft) => {
      draft.spec.volumeName = volume.metadata.name;
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [COMPLETED]: 'yes',
        ...(!wasChosen && { [BY_CONTROLLER]: 'yes' }),
      };
      return draft;
    });
    const { accessModes, capacity } = volume.spec;
    const status = { phase: 'Bound', ...(accessModes && { accessModes }), ...(capacity && { capacity }) } as const;
    store.update(CLAIMS, claim.metadata, (draft) => Object.assign(draft, { status }));
  };

  const defaultClass = (): StorageClass | undefined =>
    store.list(CLASSES).find(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true');

  /** The node that a claim's first pod is to run on, where it is chosen. */
  const consumerOf = (claim: PersistentVolumeClaim): { waiting: string | undefined; node: Node | undefined } => {
    const pods = store.by('pods', 'claim', toKey(claim)).filter(({ metadata }) => !metadata.deletionTimestamp);
    const chosen = claim.metadata.annotations?.[SELECTED_NODE] ?? pods.find(({ spec }) => spec.nodeName)?.spec.nodeName;
    return {
      waiting: pods[0]?.metadata.name,
      node: chosen === undefined ? undefined : store.get('nodes', { name: chosen }),
    };
  };

  /** Asks a provisioner for a volume by marking the claim; the provisioner itself looks for such marks. */
  const ask = (
    claim: PersistentVolumeClaim,
    { provisioner, volumeBindingMode }: StorageClass,
    node: Node | undefined,
  ) => {
    store.update(CLAIMS, claim.metadata, (draft) => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [OLD_PROVISIONER]: provisioner,
        [PROVISIONER]: provisioner,
        ...(node && volumeBindingMode === 'WaitForFirstConsumer' && { [SELECTED_NODE]: node.metadata.name }),
      };
      return draft;
    });
    const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
    events.record(claim, SOURCE, normal('ExternalProvisioning', message));
  };

  /** What becomes of a claim that no volume is right for. */
  const provide = (claim: PersistentVolumeClaim) => {
    const name = claim.spec.storageClassName;
    if (!name) {
      const message = 'no persistent volumes available for this claim and no storage class is set';
      events.record(claim, SOURCE, normal('FailedBinding', message));
      return;
    }
    const storageClass = store.get(CLASSES, { name });
    if (!storageClass) {
      const message = `storageclass.storage.k8s.io "${name}" not found`;
      events.record(claim, SOURCE, warning('ProvisioningFailed', message));
      return;
    }
    const { waiting, node } = consumerOf(claim);
    if (storageClass.volumeBindingMode === 'WaitForFirstConsumer' && !node) {
      const happening =
        waiting === undefined
          ? normal('WaitForFirstConsumer', 'waiting for first consumer to be created before binding')
          : normal('WaitForPodScheduled', `waiting for pod ${waiting} to be scheduled`);
      events.record(claim, SOURCE, happening);
      return;
    }
    if (storageClass.provisioner === NO_PROVISIONER) {
      const message = 'no volume plugin matched name: kubernetes.io/no-provisioner';
      if (storageClass.volumeBindingMode !== 'WaitForFirstConsumer') {
        events.record(claim, SOURCE, warning('ProvisioningFailed', message));
      }
      return;
    }
    ask(claim, storageClass, node);
  };

  const waitsForConsumer = (claim: PersistentVolumeClaim) => {
    const storageClass = store.get(CLASSES, { name: claim.spec.storageClassName ?? '' });
    return storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !consumerOf(claim).node;
  };

  const bindPending = (key: string, claim: PersistentVolumeClaim) => {
    queue.addAfter(key, AGAIN_MS);
    if (claim.spec.volumeName !== undefined) {
      const volume = store.get(VOLUMES, { name: claim.spec.volumeName });
      if (!volume || (volume.spec.claimRef && !isKeptFor(volume, claim))) return;
      const why = mismatch(volume, claim);
      if (why === undefined) bind(volume, claim);
      else {
        const message = `Cannot bind to requested volume "${volume.metadata.name}": ${why}`;
        events.record(claim, SOURCE, warning('VolumeMismatch', message));
      }
      return;
    }
    if (claim.spec.storageClassName === undefined) {
      const name = defaultClass()?.metadata.name;
      if (name !== undefined) {
        store.update(CLAIMS, claim.metadata, (draft) => {
          draft.spec.storageClassName = name;
          return draft;
        });
        queue.add(key);
        return;
      }
    }
    const volumes = store.list(VOLUMES);
    const kept = volumes.find((volume) => isKeptFor(volume, claim) && mismatch(volume, claim) === undefined);
    const volume = kept ?? (waitsForConsumer(claim) ? undefined : bestVolume(volumes, claim, consumerOf(claim).node));
    if (volume) bind(volume, claim);
    else provide(claim);
  };

  const queue = new WorkQueue(context, (key) => {
    const claim = store.get(CLAIMS, fromKey(key));
    if (!claim || claim.metadata.deletionTimestamp) return;
    if (!claim.status?.phase) {
      store.update(CLAIMS, claim.metadata, (draft) => Object.assign(draft, { status: { phase: 'Pending' } }));
    }
    if (claim.metadata.annotations?.[COMPLETED] !== 'yes') {
      bindPending(key, store.need(CLAIMS, claim.metadata));
      return;
    }
    if (claim.status?.phase !== 'Bound' || store.get(VOLUMES, { name: claim.spec.volumeName ?? '' })) return;
    store.update(CLAIMS, claim.metadata, (draft) => Object.assign(draft, { status: { phase: 'Lost' } }));
    const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
    events.record(claim, SOURCE, warning('ClaimLost', message));
  });

  const volumes = new WorkQueue(context, (key) => {
    const volume = store.get(VOLUMES, fromKey(key));
    if (!volume) return;
    const { claimRef } = volume.spec;
    if (!claimRef) setPhase(volume, 'Available');
    else if (claimRef.uid === undefined) {
      // Kept for a claim by name; while that does not stand the volume is there for nobody else.
      if (volume.status?.phase !== 'Bound') setPhase(volume, 'Available');
    } else {
      const claim = store.get(CLAIMS, { namespace: claimRef.namespace, name: claimRef.name ?? '' });
      if (claim?.metadata.uid !== claimRef.uid) setPhase(volume, 'Released');
    }
  });

  store.watch(CLAIMS, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED') {
      const changed = type === 'ADDED' || object.spec !== previous?.spec;
      if (changed || object.metadata.annotations?.[SELECTED_NODE] !== previous?.metadata.annotations?.[SELECTED_NODE]) {
        queue.add(toKey(object));
      }
    } else if (object.spec.volumeName) volumes.add(`/${object.spec.volumeName}`);
  });
  store.watch(VOLUMES, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED') volumes.add(toKey(object));
    const { claimRef } = object.spec;
    if (claimRef && (type !== 'MODIFIED' || claimRef !== previous?.spec.claimRef)) {
      queue.add(`${claimRef.namespace ?? ''}/${claimRef.name}`);
    }
    if (type === 'ADDED' && !claimRef) {
      for (const claim of store.list(CLAIMS)) if (claim.status?.phase !== 'Bound') queue.add(toKey(claim));
    }
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    const placed = type === 'ADDED' || object.spec.nodeName !== previous?.spec.nodeName;
    if (!placed || type === 'DELETED') return;
    for (const { persistentVolumeClaim: used } of object.spec.volumes ?? []) {
      if (!used) continue;
      const claim = store.get(CLAIMS, { namespace: object.metadata.namespace, name: used.claimName });
      if (claim && claim.status?.phase !== 'Bound') queue.add(toKey(claim));
    }
  });
  store.watch(CLASSES, store.version, ({ type }) => {
    if (type === 'DELETED') return;
    for (const claim of store.list(CLAIMS)) if (claim.status?.phase !== 'Bound') queue.add(toKey(claim));
  });
  for (const claim of store.list(CLAIMS)) if (claim.status?.phase !== 'Bound') queue.add(toKey(claim));
  for (const volume of store.list(VOLUMES)) if (volume.status?.phase !== 'Bound') volumes.add(toKey(volume));
}
