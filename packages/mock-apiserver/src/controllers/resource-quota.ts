import { usageUnder } from '../quota-usage.ts';
import type { ControllerContext } from './context.ts';
import { fromKey, toKey } from './object-key.ts';
import { isEnded } from './pod-state.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'resourcequotas';
/** How long changes of a namespace gather before its quotas are counted anew. */
const GATHER_MS = 1000;

/** What a count goes by beside pods, services and claims. */
const COUNTED = ['services', 'persistentvolumeclaims', 'configmaps', 'secrets', 'replicationcontrollers'] as const;

/** Counts what each ResourceQuota's namespace uses (`pkg/controller/resourcequota`); admission charges what is created at once. */
export function startResourceQuotaController(context: ControllerContext): void {
  const { store } = context;
  const queue = new WorkQueue(context, (key) => {
    const quota = store.get(KEY, fromKey(key));
    if (!quota) return;
    const status = { hard: { ...quota.spec?.hard }, used: usageUnder(store, quota) };
    store.update(KEY, quota.metadata, (draft) => Object.assign(draft, { status }));
  });
  const recount = (namespace: string | undefined) => {
    for (const quota of store.list(KEY, namespace)) queue.addAfter(toKey(quota), GATHER_MS);
  };
  store.watch(KEY, store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.spec !== previous?.spec) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    const ends = previous !== undefined && isEnded(object) !== isEnded(previous);
    if (store.count(KEY) > 0 && (type !== 'MODIFIED' || ends)) recount(object.metadata.namespace);
  });
  for (const key of COUNTED) {
    store.watch(key, store.version, ({ type, object, previous }) => {
      const same =
        type === 'MODIFIED' && (object as { spec?: unknown }).spec === (previous as { spec?: unknown })?.spec;
      if (store.count(KEY) > 0 && !same) recount(object.metadata.namespace);
    });
  }
  for (const quota of store.list(KEY)) queue.add(toKey(quota));
}
