import type { ControllerContext } from '../context.ts';
import { toKey } from '../object-key.ts';
import { WorkQueue } from '../work-queue.ts';
import { ROOT_CA } from './root-ca.ts';

const DESCRIPTION = {
  'kubernetes.io/description':
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
};

/** Gives every namespace its ServiceAccount and its root certificate, and gives them back when they are deleted. */
export function startFurnishing(context: ControllerContext): void {
  const { store } = context;
  const queue = new WorkQueue(context, (key) => {
    const name = key.slice(1);
    const namespace = store.get('namespaces', { name });
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    const account = { namespace: name, name: 'default' };
    if (!store.get('serviceaccounts', account)) store.create('serviceaccounts', { metadata: { ...account } });
    const bundle = { namespace: name, name: 'kube-root-ca.crt' };
    const data = { 'ca.crt': ROOT_CA };
    const found = store.get('configmaps', bundle);
    if (!found) store.create('configmaps', { metadata: { ...bundle, annotations: { ...DESCRIPTION } }, data });
    else if (found.data?.['ca.crt'] !== ROOT_CA) {
      store.update('configmaps', bundle, (draft) => Object.assign(draft, { data }));
    }
  });
  store.watch('namespaces', store.version, ({ type, object }) => {
    if (type === 'ADDED') queue.add(toKey(object));
  });
  store.watch('serviceaccounts', store.version, ({ type, object }) => {
    if (type === 'DELETED' && object.metadata.name === 'default') queue.add(`/${object.metadata.namespace}`);
  });
  store.watch('configmaps', store.version, ({ type, object }) => {
    if (type !== 'ADDED' && object.metadata.name === 'kube-root-ca.crt') queue.add(`/${object.metadata.namespace}`);
  });
  for (const namespace of store.list('namespaces')) queue.add(toKey(namespace));
}
