import { isDeepStrictEqual } from 'node:util';
import { type ClusterRole, fromLabelSelector, matches, type PolicyRule } from '@portolan/shared';
import type { Store } from '../store/store.ts';
import type { ControllerContext } from './context.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'clusterroles.rbac.authorization.k8s.io';

/** The rules of all roles that a role's selectors name, by name, each once (`pkg/controller/clusterroleaggregation`). */
function aggregated({ metadata, aggregationRule }: ClusterRole, store: Store): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const labelSelector of aggregationRule?.clusterRoleSelectors ?? []) {
    const selector = fromLabelSelector(labelSelector);
    for (const role of store.list(KEY)) {
      if (role.metadata.name === metadata.name || !matches(selector, role.metadata.labels ?? {})) continue;
      for (const rule of role.rules ?? []) if (!rules.some((known) => isDeepStrictEqual(known, rule))) rules.push(rule);
    }
  }
  return rules;
}

/** Keeps the rules of roles that are made of others what those others say. */
export function startClusterRoleAggregation(context: ControllerContext): void {
  const { store } = context;
  const queue = new WorkQueue(context, (name) => {
    const role = store.get(KEY, { name });
    if (!role?.aggregationRule) return;
    const rules = aggregated(role, store);
    if (isDeepStrictEqual(role.rules ?? [], rules)) return;
    store.update(KEY, { name }, (draft) => Object.assign(draft, { rules }));
  });
  const all = () => {
    for (const { metadata, aggregationRule } of store.list(KEY)) if (aggregationRule) queue.add(metadata.name);
  };
  store.watch(KEY, store.version, all);
  all();
}
