import { type KubeObject, matches, type OwnerReference, type Selector } from '@portolan/shared';
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
  for (const object of store.list(key, owner.metadata.namespace)) {
    const controller = controllerOf(object);
    const fits = matches(selector, object.metadata.labels ?? {});
    if (controller?.uid === owner.metadata.uid) {
      if (fits) claimed.push(object);
      else if (!owner.metadata.deletionTimestamp) release(store, key, object, owner);
    } else if (!controller && fits && !object.metadata.deletionTimestamp && !owner.metadata.deletionTimestamp) {
      claimed.push(
        store.update(key, object.metadata, (draft) => {
          draft.metadata.ownerReferences = [...(draft.metadata.ownerReferences ?? []), controllerRef(owner)];
          return draft;
        }),
      );
    }
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
