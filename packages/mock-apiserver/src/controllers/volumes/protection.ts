import type { KubeObject } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { isEnded } from '../pod-state.ts';
import { WorkQueue } from '../work-queue.ts';

const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';
const FINALIZERS = { [CLAIMS]: 'kubernetes.io/pvc-protection', [VOLUMES]: 'kubernetes.io/pv-protection' } as const;

/**
 * Holds claims back that a pod uses, and volumes that a claim is bound to (`pkg/controller/volume/pvcprotection` and
 * `pvprotection`): deleted, they stay Terminating until nobody does.
 */
export function startVolumeProtection(context: ControllerContext): void {
  const { store } = context;

  const setFinalizer = (key: typeof CLAIMS | typeof VOLUMES, { metadata }: KubeObject, present: boolean) => {
    const own = FINALIZERS[key];
    if ((metadata.finalizers ?? []).includes(own) === present) return;
    store.update(key, metadata, (draft) => {
      const others = (draft.metadata.finalizers ?? []).filter((name) => name !== own);
      const finalizers = present ? [...others, own] : others;
      if (finalizers.length > 0) draft.metadata.finalizers = finalizers;
      else delete draft.metadata.finalizers;
      return draft;
    });
  };

  const claims = new WorkQueue(context, (key) => {
    const claim = store.get(CLAIMS, fromKey(key));
    if (!claim) return;
    const used = store.by('pods', 'claim', key).some((pod) => !isEnded(pod));
    setFinalizer(CLAIMS, claim, used || !claim.metadata.deletionTimestamp);
  });
  const volumes = new WorkQueue(context, (key) => {
    const volume = store.get(VOLUMES, fromKey(key));
    if (!volume) return;
    const bound = volume.status?.phase === 'Bound';
    setFinalizer(VOLUMES, volume, bound || !volume.metadata.deletionTimestamp);
  });

  const isProtected = (key: typeof CLAIMS | typeof VOLUMES, { metadata }: KubeObject) =>
    metadata.deletionTimestamp === undefined && metadata.finalizers?.includes(FINALIZERS[key]);

  store.watch(CLAIMS, store.version, ({ type, object }) => {
    if (type !== 'DELETED' && !isProtected(CLAIMS, object)) claims.add(toKey(object));
  });
  store.watch(VOLUMES, store.version, ({ type, object }) => {
    if (type !== 'DELETED' && !isProtected(VOLUMES, object)) volumes.add(toKey(object));
  });
  store.watch('pods', store.version, ({ type, object }) => {
    if (type !== 'DELETED' && !isEnded(object)) return;
    for (const { persistentVolumeClaim: used } of object.spec.volumes ?? []) {
      if (used) claims.add(`${object.metadata.namespace}/${used.claimName}`);
    }
  });
  for (const claim of store.list(CLAIMS)) if (!isProtected(CLAIMS, claim)) claims.add(toKey(claim));
  for (const volume of store.list(VOLUMES)) if (!isProtected(VOLUMES, volume)) volumes.add(toKey(volume));
}
