import { type KubeObject, type Pod, parseQuantity, type ResourceQuota } from '@portolan/shared';
import { chargeOf, formatCharge, inQuotaScope, usageUnder } from '../../quota-usage.ts';
import type { StoredResource } from '../../store/kinds.ts';
import type { Store } from '../../store/store.ts';
import { admissionForbidden } from './forbidden.ts';

/** The admission plugin ResourceQuota (apiserver `admission/plugin/resourcequota`, `pkg/quota/v1/evaluator/core`). */

/** What every container must say where a quota counts it, and where it says it. */
const NEEDED: Record<string, [part: 'requests' | 'limits', name: string]> = {
  cpu: ['requests', 'cpu'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
  memory: ['requests', 'memory'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
};

/** `cpu for: a,b; memory for: b`: what containers do not say; empty where nothing is missing. */
function unsaid({ spec: { containers, initContainers = [] } }: Pod, hard: string[]): string {
  return hard
    .sort()
    .flatMap((resource) => {
      const [part, name] = NEEDED[resource] ?? [];
      if (part === undefined || name === undefined) return [];
      const silent = [...containers, ...initContainers].filter(
        ({ resources }) => resources?.[part]?.[name] === undefined,
      );
      const names = silent.map((container) => container.name).sort();
      return names.length === 0 ? [] : [`${resource} for: ${names.join(',')}`];
    })
    .join('; ');
}

/** `cpu=2,pods=1`, sorted. */
const listed = (amounts: Map<string, string>) =>
  [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, amount]) => `${name}=${amount}`)
    .join(',');

function refusal(resource: StoredResource, object: KubeObject, quota: ResourceQuota, store: Store): string | undefined {
  const hard = quota.spec?.hard ?? {};
  const name = quota.metadata.name;
  const missing = resource.key === 'pods' ? unsaid(object as Pod, Object.keys(hard)) : '';
  if (missing !== '') return `failed quota: ${name}: must specify ${missing}`;
  const charge = chargeOf(resource.key, object);
  const counted = Object.keys(hard).filter((one) => (charge.get(one) ?? 0n) > 0n);
  if (counted.length === 0) return undefined;
  const used = usageUnder(store, quota);
  const over = counted.filter(
    (one) => parseQuantity(used[one] ?? '0') + (charge.get(one) ?? 0n) > parseQuantity(hard[one] ?? '0'),
  );
  if (over.length === 0) return undefined;
  const pick = (amountOf: (one: string) => string) => listed(new Map(over.map((one) => [one, amountOf(one)])));
  const requested = pick((one) => formatCharge(one, charge.get(one) ?? 0n));
  return `exceeded quota: ${name}, requested: ${requested}, used: ${pick((one) => used[one] ?? '0')}, limited: ${pick((one) => hard[one] ?? '0')}`;
}

/** Refuses a new object that its namespace's quotas have no room for. */
export function admitQuota(resource: StoredResource, object: KubeObject, store: Store): void {
  const { namespace } = object.metadata;
  if (namespace === undefined || store.count('resourcequotas') === 0) return;
  for (const quota of store.list('resourcequotas', namespace)) {
    if (!inQuotaScope(quota, resource.key, object)) continue;
    const why = refusal(resource, object, quota, store);
    if (why !== undefined) throw admissionForbidden(resource, object, [why]);
  }
}
