import type { KubeObject } from '@portolan/shared';
import { badRequest, conflict } from '../api-error.ts';
import type { Store } from '../store/store.ts';

/** core/v1 Binding: the pod of its name goes to the node that it names. */
export interface Binding extends KubeObject {
  target?: { kind?: string; name?: string };
}

/** Puts a pod on a node, as the scheduler does; answers the binding (`pkg/registry/core/pod/storage`). */
export function bind(store: Store, binding: Binding): KubeObject {
  const { name, namespace } = binding.metadata;
  const node = binding.target?.name;
  if (!node) throw badRequest('a Binding names its node in target.name');
  store.update('pods', { name, namespace }, (draft) => {
    const { nodeName } = draft.spec;
    if (nodeName)
      throw conflict(store.resource('pods'), name, `pod is already assigned to node ${JSON.stringify(nodeName)}`);
    draft.spec.nodeName = node;
    return draft;
  });
  return binding;
}
