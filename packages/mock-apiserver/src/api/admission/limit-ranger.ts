import {
  type Container,
  compareQuantities,
  formatQuantity,
  type LimitRangeItem,
  type PersistentVolumeClaim,
  type Pod,
  parseQuantity,
  type ResourceList,
} from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { admissionForbidden } from './forbidden.ts';

/** The admission plugin LimitRanger (`plugin/pkg/admission/limitranger`). */

type Kind = 'container' | 'init container';

/** Fills in the defaults of a namespace's limits; answers what it filled in, as the plugin notes it on the pod. */
function fillIn(container: Container, item: LimitRangeItem, kind: Kind): string[] {
  const notes: string[] = [];
  container.resources ??= {};
  const { resources } = container;
  const fill = (part: 'requests' | 'limits', defaults: ResourceList | undefined, word: string) => {
    const missing = Object.keys(defaults ?? {}).filter((name) => resources[part]?.[name] === undefined);
    if (missing.length === 0) return;
    resources[part] = { ...defaults, ...resources[part] };
    notes.push(`${missing.sort().join(', ')} ${word} for ${kind} ${container.name}`);
  };
  fill('requests', item.defaultRequest, 'request');
  fill('limits', item.default, 'limit');
  return notes;
}

/** Both lists of what is asked for and what is limited. */
interface Amounts {
  requests: ResourceList;
  limits: ResourceList;
}

function complaints(
  { type, min = {}, max = {}, maxLimitRequestRatio = {} }: LimitRangeItem,
  amounts: Amounts,
): string[] {
  const { requests, limits } = amounts;
  const below = Object.entries(min).flatMap(([name, least]) => {
    const words = `minimum ${name} usage per ${type} is ${least}`;
    const request = requests[name];
    const limit = limits[name];
    if (request === undefined) return [`${words}.  No request is specified`];
    if (compareQuantities(request, least) < 0) return [`${words}, but request is ${request}`];
    return limit !== undefined && compareQuantities(limit, least) < 0 ? [`${words}, but limit is ${limit}`] : [];
  });
  const above = Object.entries(max).flatMap(([name, most]) => {
    const words = `maximum ${name} usage per ${type} is ${most}`;
    const request = requests[name];
    const limit = limits[name];
    // A claim has no limits: what it asks for is what counts.
    if (limit === undefined && type !== 'PersistentVolumeClaim') return [`${words}.  No limit is specified`];
    if (limit !== undefined && compareQuantities(limit, most) > 0) return [`${words}, but limit is ${limit}`];
    return request !== undefined && compareQuantities(request, most) > 0 ? [`${words}, but request is ${request}`] : [];
  });
  const ratios = Object.entries(maxLimitRequestRatio).flatMap(([name, most]) => {
    const words = `${name} max limit to request ratio per ${type} is ${most}`;
    const request = Number(parseQuantity(requests[name] ?? '0'));
    const limit = Number(parseQuantity(limits[name] ?? '0'));
    if (request === 0) return [`${words}, but no request is specified or request is 0`];
    if (limit === 0) return [`${words}, but no limit is specified or limit is 0`];
    const ratio = limit / request;
    return ratio > Number(parseQuantity(most)) / 1e9 ? [`${words}, but provided ratio is ${ratio.toFixed(6)}`] : [];
  });
  return [...below, ...above, ...ratios];
}

const amountsOf = ({ resources }: Container): Amounts => ({
  requests: resources?.requests ?? {},
  limits: resources?.limits ?? {},
});

function sum(lists: ResourceList[]): ResourceList {
  const total = new Map<string, bigint>();
  for (const [name, quantity] of lists.flatMap((list) => Object.entries(list))) {
    total.set(name, (total.get(name) ?? 0n) + parseQuantity(quantity));
  }
  return Object.fromEntries(
    [...total].map(([name, amount]) => [name, formatQuantity(amount, name === 'cpu' ? 'decimal' : 'binary')]),
  );
}

const PODS = { group: '', plural: 'pods', kind: 'Pod' };
const NOTE = 'kubernetes.io/limit-ranger';

/** Gives a new pod the defaults of its namespace's limits, and refuses one that breaks them. */
export function limitPod(pod: Pod, store: Store): void {
  const items = store.list('limitranges', pod.metadata.namespace ?? '').flatMap(({ spec }) => spec?.limits ?? []);
  if (items.length === 0) return;
  const { containers, initContainers = [] } = pod.spec;
  const forContainers = items.filter(({ type }) => type === 'Container');
  const notes = forContainers.flatMap((item) => [
    ...containers.flatMap((container) => fillIn(container, item, 'container')),
    ...initContainers.flatMap((container) => fillIn(container, item, 'init container')),
  ]);
  if (notes.length > 0) {
    pod.metadata.annotations = { ...pod.metadata.annotations, [NOTE]: `LimitRanger plugin set: ${notes.join('; ')}` };
  }
  const whole = {
    requests: sum(containers.map(({ resources }) => resources?.requests ?? {})),
    limits: sum(containers.map(({ resources }) => resources?.limits ?? {})),
  };
  const reasons = items.flatMap((item) =>
    item.type === 'Container'
      ? [...containers, ...initContainers].flatMap((container) => complaints(item, amountsOf(container)))
      : item.type === 'Pod'
        ? complaints(item, whole)
        : [],
  );
  if (reasons.length > 0) throw admissionForbidden(PODS, pod, reasons);
}

/** Refuses a claim for less or more than its namespace's limits. */
export function limitClaim(claim: PersistentVolumeClaim, store: Store): void {
  const amounts = { requests: claim.spec.resources?.requests ?? {}, limits: {} };
  const reasons = store
    .list('limitranges', claim.metadata.namespace ?? '')
    .flatMap(({ spec }) => spec?.limits ?? [])
    .filter(({ type }) => type === 'PersistentVolumeClaim')
    .flatMap((item) => complaints(item, amounts));
  const resource = { group: '', plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' };
  if (reasons.length > 0) throw admissionForbidden(resource, claim, reasons);
}
