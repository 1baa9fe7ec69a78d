import {
  formatQuantity,
  type KubeObject,
  type PersistentVolumeClaim,
  type Pod,
  parseQuantity,
  type ResourceList,
  type ResourceQuota,
  type Service,
} from '@portolan/shared';
import type { Store } from './store/store.ts';

/** How much of each name of a quota an object takes, in nano-units. */
export type Charge = ReadonlyMap<string, bigint>;

const ONE = 1_000_000_000n;
const DEFAULT_CLASS = 'volume.beta.kubernetes.io/storage-class';

const isEnded = ({ status }: Pod) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** What the containers of a pod ask for together, or the largest of its init containers where that is more. */
function sumOf({ spec }: Pod, what: 'requests' | 'limits'): Map<string, bigint> {
  const sum = new Map<string, bigint>();
  for (const { resources } of spec.containers) {
    for (const [name, quantity] of Object.entries(resources?.[what] ?? {})) {
      sum.set(name, (sum.get(name) ?? 0n) + parseQuantity(quantity));
    }
  }
  for (const { resources } of spec.initContainers ?? []) {
    for (const [name, quantity] of Object.entries(resources?.[what] ?? {})) {
      const asked = parseQuantity(quantity);
      if (asked > (sum.get(name) ?? 0n)) sum.set(name, asked);
    }
  }
  return sum;
}

function podCharge(pod: Pod): Map<string, bigint> {
  const charge = new Map([['count/pods', ONE]]);
  if (isEnded(pod)) return charge;
  charge.set('pods', ONE);
  for (const [name, amount] of sumOf(pod, 'requests')) {
    charge.set(`requests.${name}`, amount);
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage') charge.set(name, amount);
  }
  for (const [name, amount] of sumOf(pod, 'limits')) charge.set(`limits.${name}`, amount);
  return charge;
}

function serviceCharge({ spec }: Service): Map<string, bigint> {
  const charge = new Map([['services', ONE]]);
  const ports = BigInt(spec.ports?.length ?? 0) * ONE;
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') charge.set('services.nodeports', ports);
  if (spec.type === 'LoadBalancer') charge.set('services.loadbalancers', ONE);
  return charge;
}

function claimCharge({ metadata, spec }: PersistentVolumeClaim): Map<string, bigint> {
  const asked = parseQuantity(spec.resources?.requests?.storage ?? '0');
  const charge = new Map([
    ['persistentvolumeclaims', ONE],
    ['requests.storage', asked],
  ]);
  const name = spec.storageClassName ?? metadata.annotations?.[DEFAULT_CLASS];
  if (name) {
    charge.set(`${name}.storageclass.storage.k8s.io/requests.storage`, asked);
    charge.set(`${name}.storageclass.storage.k8s.io/persistentvolumeclaims`, ONE);
  }
  return charge;
}

/** Kinds of the core group that are counted by their bare name too. */
const COUNTED = new Set(['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas']);

/** What an object takes of a quota, by the quota's names (`pkg/quota/v1/evaluator/core`). */
export function chargeOf(key: string, object: KubeObject): Charge {
  const charge =
    key === 'pods'
      ? podCharge(object as Pod)
      : key === 'services'
        ? serviceCharge(object as Service)
        : key === 'persistentvolumeclaims'
          ? claimCharge(object as PersistentVolumeClaim)
          : new Map<string, bigint>();
  charge.set(`count/${key}`, ONE);
  if (COUNTED.has(key)) charge.set(key, ONE);
  return charge;
}

const isBestEffort = (pod: Pod) => sumOf(pod, 'requests').size === 0 && sumOf(pod, 'limits').size === 0;

/** Whether a quota with scopes is about an object; those with scopes are about pods alone. */
export function inQuotaScope({ spec }: ResourceQuota, key: string, object: KubeObject): boolean {
  const named = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists', values: [] as string[] }));
  const asked = [...named, ...(spec?.scopeSelector?.matchExpressions ?? [])];
  if (asked.length === 0) return true;
  if (key !== 'pods') return false;
  const pod = object as Pod;
  return asked.every(({ scopeName, operator, values = [] }) => {
    switch (scopeName) {
      case 'BestEffort':
        return isBestEffort(pod);
      case 'NotBestEffort':
        return !isBestEffort(pod);
      case 'Terminating':
        return pod.spec.activeDeadlineSeconds !== undefined;
      case 'NotTerminating':
        return pod.spec.activeDeadlineSeconds === undefined;
      case 'PriorityClass': {
        const name = pod.spec.priorityClassName ?? '';
        if (operator === 'In') return values.includes(name);
        if (operator === 'NotIn') return !values.includes(name);
        return (operator === 'Exists') === (name !== '');
      }
      default:
        return false;
    }
  });
}

/** The stored kinds that a quota's names are about. */
function keysFor(hard: ResourceList): Set<string> {
  const keys = new Set<string>();
  for (const name of Object.keys(hard)) {
    if (name.startsWith('count/')) keys.add(name.slice('count/'.length));
    else if (name.startsWith('services')) keys.add('services');
    else if (name === 'persistentvolumeclaims' || name.endsWith('storage')) keys.add('persistentvolumeclaims');
    else if (name.includes('.storageclass.storage.k8s.io/')) keys.add('persistentvolumeclaims');
    else if (COUNTED.has(name)) keys.add(name);
    else keys.add('pods');
  }
  return keys;
}

const BYTES = /memory|storage/;

/** An amount as a quota's status shows it. */
export function formatCharge(name: string, amount: bigint): string {
  return formatQuantity(amount, BYTES.test(name) && !name.endsWith('persistentvolumeclaims') ? 'binary' : 'decimal');
}

/** What a quota's status says is used: counted anew over its namespace. */
export function usageUnder(store: Store, quota: ResourceQuota): ResourceList {
  const hard = quota.spec?.hard ?? {};
  const known = new Set(store.resources().map(({ key }) => key));
  const sum = new Map<string, bigint>();
  for (const key of keysFor(hard)) {
    if (!known.has(key)) continue;
    for (const object of store.list(key, quota.metadata.namespace)) {
      if (!inQuotaScope(quota, key, object)) continue;
      for (const [name, amount] of chargeOf(key, object)) sum.set(name, (sum.get(name) ?? 0n) + amount);
    }
  }
  return Object.fromEntries(Object.keys(hard).map((name) => [name, formatCharge(name, sum.get(name) ?? 0n)]));
}
