import type { ControllerContext } from './context.ts';
import { fromKey, toKey } from './object-key.ts';
import { WorkQueue } from './work-queue.ts';

const AGAIN_MS = 1000;

/** Gives every namespace its `default` ServiceAccount, and empties those that are deleted (`pkg/controller/namespace`). */
export function startNamespaceController(context: ControllerContext): void {
  const { store } = context;
  const queue = new WorkQueue(context, (key) => {
    const namespace = store.get('namespaces', fromKey(key));
    if (!namespace) return;
    const { name, deletionTimestamp } = namespace.metadata;
    if (!deletionTimestamp) {
      const account = { namespace: name, name: 'default' };
      if (!store.get('serviceaccounts', account)) store.create('serviceaccounts', { metadata: account });
      return;
    }
    if (namespace.status?.phase !== 'Terminating') {
      store.update('namespaces', namespace.metadata, (draft) =>
        Object.assign(draft, { status: { ...draft.status, phase: 'Terminating' } }),
      );
    }
    let left = 0;
    for (const resource of store.resources().filter(({ namespaced }) => namespaced)) {
      for (const object of store.list(resource.key, name)) {
        if (!object.metadata.deletionTimestamp) store.delete(resource.key, object.metadata);
      }
      left += store.list(resource.key, name).length;
    }
    if (left > 0) queue.addAfter(key, AGAIN_MS);
    else {
      store.update('namespaces', namespace.metadata, (draft) => {
        draft.spec = { ...draft.spec, finalizers: [] };
        return draft;
      });
    }
  });
  store.watch('namespaces', store.version, ({ type, object }) => {
    if (type !== 'DELETED') queue.add(toKey(object));
  });
  for (const namespace of store.list('namespaces')) queue.add(toKey(namespace));
}
