import { type KubeObject, matches, type OwnerReference, type Selector } from '@portolan/shared';
import type { IndexName } from '../store/indices.ts';
import type { ObjectOf } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';

/** The owner that controls an object, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller);
}

/** The reference by which `owner` controls what it makes. */
export function controllerRef(owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata;
  const { apiVersion = '', kind = '' } = owner;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/**
 * What `owner` controls among `key`: objects of its own that still match stay, those that no longer do are released,
 * orphans that match are adopted (`pkg/controller/controller_ref_manager.go`).
 */
export function claim<K extends 'pods' | 'replicasets.apps'>(
  store: Store,
  key: K,
  owner: KubeObject,
  selector: Selector,
): ObjectOf<K>[] {
  const claimed: ObjectOf<K>[] = [];
  const leaving = owner.metadata.deletionTimestamp !== undefined;
  const fits = (object: KubeObject) => matches(selector, object.metadata.labels ?? {});
  for (const object of store.by(key, 'controller' as IndexName<K>, owner.metadata.uid)) {
    if (fits(object)) claimed.push(object);
    else if (!leaving) release(store, key, object, owner);
  }
  if (leaving) return claimed;
  for (const object of store.by(key, 'orphan' as IndexName<K>, owner.metadata.namespace ?? '')) {
    if (object.metadata.deletionTimestamp || !fits(object)) continue;
    claimed.push(
      store.update(key, object.metadata, (draft) => {
        draft.metadata.ownerReferences = [...(draft.metadata.ownerReferences ?? []), controllerRef(owner)];
        return draft;
      }),
    );
  }
  return claimed;
}

function release(store: Store, key: 'pods' | 'replicasets.apps', object: KubeObject, owner: KubeObject): void {
  store.update(key, object.metadata, (draft) => {
    const left = draft.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? [];
    if (left.length > 0) draft.metadata.ownerReferences = left;
    else delete draft.metadata.ownerReferences;
    return draft;
  });
}
