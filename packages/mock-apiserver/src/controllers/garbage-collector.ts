import type { KubeObject } from '@portolan/shared';
import type { ObjectRef } from '../store/kinds.ts';
import type { ControllerContext } from './context.ts';
import { WorkQueue } from './work-queue.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** An object among all kinds. */
interface Located {
  key: string;
  ref: ObjectRef;
}

/**
 * Deletes what its owners left behind (`pkg/controller/garbagecollector`): in the background once the owner is gone, in the
 * foreground before it goes, or not at all where the owner's deletion says orphan.
 */
export function startGarbageCollector(context: ControllerContext): void {
  const { store } = context;
  const live = new Map<string, Located>();
  /** Dependents by the uid of an owner. */
  const dependents = new Map<string, Map<string, Located>>();

  const owners = (object: KubeObject) => object.metadata.ownerReferences ?? [];

  const note = (key: string, object: KubeObject, previous: KubeObject | undefined) => {
    const { uid, namespace, name } = object.metadata;
    const located = { key, ref: { namespace, name } };
    live.set(uid, located);
    for (const owner of previous ? owners(previous) : []) dependents.get(owner.uid)?.delete(uid);
    for (const owner of owners(object)) {
      const known = dependents.get(owner.uid) ?? new Map<string, Located>();
      dependents.set(owner.uid, known.set(uid, located));
      if (!live.has(owner.uid)) queue.add(owner.uid);
    }
  };

  const forget = (object: KubeObject) => {
    const { uid } = object.metadata;
    live.delete(uid);
    for (const owner of owners(object)) {
      dependents.get(owner.uid)?.delete(uid);
      queue.add(owner.uid);
    }
    if (dependents.get(uid)?.size) queue.add(uid);
    else dependents.delete(uid);
  };

  const dropOwner = ({ key, ref }: Located, owner: string) => {
    store.update(key, ref, (draft) => {
      const left = owners(draft).filter(({ uid }) => uid !== owner);
      if (left.length > 0) draft.metadata.ownerReferences = left;
      else delete draft.metadata.ownerReferences;
      return draft;
    });
  };

  const dropFinalizer = ({ key, ref }: Located, finalizer: string) => {
    store.update(key, ref, (draft) => {
      const left = draft.metadata.finalizers?.filter((other) => other !== finalizer) ?? [];
      if (left.length > 0) draft.metadata.finalizers = left;
      else delete draft.metadata.finalizers;
      return draft;
    });
  };

  /** Deletes the dependents that only this owner holds; the others just lose it. */
  const collect = (owner: string, foreground = false) => {
    for (const located of [...(dependents.get(owner)?.values() ?? [])]) {
      const object = store.get(located.key, located.ref);
      if (!object) continue;
      if (owners(object).some(({ uid }) => uid !== owner && live.has(uid))) dropOwner(located, owner);
      else if (!object.metadata.deletionTimestamp) {
        const { uid } = object.metadata;
        // An owner that waits waits for the dependents of its dependents too.
        const finalizer = foreground && dependents.get(uid)?.size ? FOREGROUND : undefined;
        store.delete(located.key, located.ref, { uid, finalizer });
      }
    }
  };

  const queue = new WorkQueue(context, (uid) => {
    const located = live.get(uid);
    if (!located) {
      collect(uid);
      return;
    }
    const object = store.get(located.key, located.ref);
    if (!object?.metadata.deletionTimestamp) return;
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.includes(ORPHAN)) {
      for (const dependent of [...(dependents.get(uid)?.values() ?? [])]) dropOwner(dependent, uid);
      dropFinalizer(located, ORPHAN);
    } else if (finalizers.includes(FOREGROUND)) {
      collect(uid, true);
      if (!dependents.get(uid)?.size) dropFinalizer(located, FOREGROUND);
    }
  });

  const keys = store
    .resources()
    .map(({ key }) => key)
    .filter((key) => key !== 'events');
  for (const key of keys) for (const object of store.list(key)) note(key, object, undefined);
  for (const key of keys) {
    store.watch(key, store.version, ({ type, object, previous }) => {
      if (type === 'DELETED') forget(object);
      else {
        note(key, object, previous);
        if (object.metadata.deletionTimestamp && object.metadata.finalizers?.length) queue.add(object.metadata.uid);
      }
    });
  }
}
