import type { Namespace } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { WorkQueue } from '../work-queue.ts';
import { conditionsOf, type Remains } from './conditions.ts';

const AGAIN_MS = 1000;
const FINALIZER = 'kubernetes';

/** Empties namespaces that are deleted, and says in their conditions what is left (`pkg/controller/namespace`). */
export function startNamespaceController(context: ControllerContext): void {
  const { store, clock } = context;

  /** Deletes everything in a namespace; answers what stays for a while. */
  const empty = (name: string): Remains => {
    const objects = new Map<string, number>();
    const finalizers = new Map<string, number>();
    for (const { key, group, plural, namespaced } of store.resources()) {
      if (!namespaced) continue;
      for (const { metadata } of store.list(key, name)) {
        if (!metadata.deletionTimestamp) store.delete(key, metadata, { uid: metadata.uid });
      }
      const left = store.list(key, name);
      if (left.length > 0) objects.set(`${plural}.${group}`, left.length);
      for (const finalizer of left.flatMap(({ metadata }) => metadata.finalizers ?? [])) {
        finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
      }
    }
    return { objects, finalizers };
  };

  const writeStatus = ({ metadata }: Namespace, remains?: Remains) =>
    store.update('namespaces', metadata, (draft) => {
      const conditions = remains && conditionsOf(draft.status?.conditions, remains, clock.now());
      draft.status = { ...draft.status, phase: 'Terminating', ...(conditions && { conditions }) };
      return draft;
    });

  const queue = new WorkQueue(context, (key) => {
    const namespace = store.get('namespaces', fromKey(key));
    if (!namespace?.metadata.deletionTimestamp || !namespace.spec?.finalizers?.includes(FINALIZER)) return;
    if (namespace.status?.phase !== 'Terminating') writeStatus(namespace);
    const remains = empty(namespace.metadata.name);
    writeStatus(namespace, remains);
    if (remains.objects.size > 0) {
      queue.addAfter(key, AGAIN_MS);
      return;
    }
    store.update('namespaces', namespace.metadata, (draft) => {
      const finalizers = (draft.spec?.finalizers ?? []).filter((name) => name !== FINALIZER);
      draft.spec = { ...draft.spec, finalizers };
      return draft;
    });
  });
  store.watch('namespaces', store.version, ({ type, object }) => {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp) queue.add(toKey(object));
  });
  for (const namespace of store.list('namespaces')) {
    if (namespace.metadata.deletionTimestamp) queue.add(toKey(namespace));
  }
}
