import type { Pod } from '@portolan/shared';
import { labelValue } from './indices.ts';
import type { Store } from './store.ts';

/**
 * The pods of a namespace that have all these labels, in the order of a list. Looks only at those that have the rarest of
 * them; without labels gives every pod of the namespace.
 */
export function podsWithLabels(store: Store, namespace: string, labels: Readonly<Record<string, string>>): Pod[] {
  const entries = Object.entries(labels);
  let rarest: { value: string; count: number } | undefined;
  for (const [key, wanted] of entries) {
    const value = labelValue(namespace, key, wanted);
    if (value === undefined) continue;
    const count = store.countBy('pods', 'label', value);
    if (!rarest || count < rarest.count) rarest = { value, count };
  }
  const pods = rarest ? store.by('pods', 'label', rarest.value) : store.list('pods', namespace);
  return pods.filter(({ metadata }) => entries.every(([key, value]) => metadata.labels?.[key] === value));
}
