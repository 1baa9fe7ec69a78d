import type { KubeObject } from '@portolan/shared';
import type { Located } from '../store/store.ts';
import type { ControllerContext } from './context.ts';
import { WorkQueue } from './work-queue.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

const owners = (object: KubeObject) => object.metadata.ownerReferences ?? [];

/** Events have no owners and nobody waits for them. */
const NEVER_OWNED = 'events';

/**
 * Deletes what its owners left behind (`pkg/controller/garbagecollector`): in the background once the owner is gone, in the
 * foreground before it goes, or not at all where the owner's deletion says orphan. Its queue holds uids of owners.
 */
export function startGarbageCollector(context: ControllerContext): void {
  const { store } = context;

  /** An owner in another namespace is none. */
  const isLive = (uid: string, dependent: KubeObject): boolean => {
    const { namespace } = store.withUid(uid)?.object.metadata ?? { namespace: NOWHERE };
    return namespace === undefined || namespace === dependent.metadata.namespace;
  };

  const change = ({ key, object }: Located, edit: (metadata: KubeObject['metadata']) => void) => {
    if (!store.get(key, object.metadata)) return;
    store.update(key, object.metadata, (draft) => {
      edit(draft.metadata);
      return draft;
    });
  };

  const dropOwner = (located: Located, owner: string) =>
    change(located, (metadata) => {
      const left = metadata.ownerReferences?.filter(({ uid }) => uid !== owner) ?? [];
      if (left.length > 0) metadata.ownerReferences = left;
      else delete metadata.ownerReferences;
    });

  const dropFinalizer = (located: Located, finalizer: string) =>
    change(located, (metadata) => {
      const left = metadata.finalizers?.filter((other) => other !== finalizer) ?? [];
      if (left.length > 0) metadata.finalizers = left;
      else delete metadata.finalizers;
    });

  /** Deletes a dependent that only this owner holds; one with others just loses it. */
  const collect = (located: Located, owner: string, foreground: boolean) => {
    const { key, object } = located;
    if (owners(object).some(({ uid }) => uid !== owner && isLive(uid, object))) dropOwner(located, owner);
    else if (!object.metadata.deletionTimestamp) {
      const { uid } = object.metadata;
      // An owner that waits waits for the dependents of its dependents too.
      const finalizer = foreground && store.ownedBy(uid).length > 0 ? FOREGROUND : undefined;
      store.delete(key, object.metadata, { uid, finalizer });
    }
  };

  const blocks = ({ object }: Located, owner: string) =>
    owners(object).some(({ uid, blockOwnerDeletion }) => uid === owner && blockOwnerDeletion === true);

  const queue = new WorkQueue(context, (uid) => {
    const located = store.withUid(uid);
    if (!located) {
      for (const dependent of store.ownedBy(uid)) collect(dependent, uid, false);
      return;
    }
    const { metadata } = located.object;
    if (!metadata.deletionTimestamp) {
      for (const dependent of store.ownedBy(uid)) {
        if (!isLive(uid, dependent.object)) collect(dependent, uid, false);
      }
      return;
    }
    if (metadata.finalizers?.includes(ORPHAN)) {
      for (const dependent of store.ownedBy(uid)) dropOwner(dependent, uid);
      dropFinalizer(located, ORPHAN);
    } else if (metadata.finalizers?.includes(FOREGROUND)) {
      const blocking = store.ownedBy(uid).filter((dependent) => blocks(dependent, uid));
      for (const dependent of blocking) collect(dependent, uid, true);
      if (blocking.length === 0) dropFinalizer(located, FOREGROUND);
    }
  });

  const see = (object: KubeObject) => {
    for (const { uid } of owners(object)) if (!isLive(uid, object)) queue.add(uid);
    if (object.metadata.deletionTimestamp && object.metadata.finalizers?.length) queue.add(object.metadata.uid);
  };

  const forget = (object: KubeObject) => {
    for (const { uid } of owners(object)) {
      if (store.withUid(uid)?.object.metadata.deletionTimestamp) queue.add(uid);
    }
    if (store.ownedBy(object.metadata.uid).length > 0) queue.add(object.metadata.uid);
  };

  for (const { key } of store.resources()) {
    if (key === NEVER_OWNED) continue;
    for (const object of store.list(key)) see(object);
    store.watch(key, store.version, ({ type, object, previous }) => {
      if (type === 'DELETED') forget(object);
      else if (
        object.metadata.deletionTimestamp ||
        object.metadata.ownerReferences !== previous?.metadata.ownerReferences
      ) {
        see(object);
      }
    });
  }
}

/** The namespace of what does not exist. */
const NOWHERE = '(nowhere)';
