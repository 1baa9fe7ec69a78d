import type { Container, ContainerStatus, Pod, ResourceList } from '../api/core.ts';
import type { PodResources } from '../entity/core.ts';
import { amountOf } from '../quantity.ts';
import { interner } from './intern.ts';

type Which = 'requests' | 'limits';
type Amount = number | null;

const INTERN: Readonly<Record<Which, (resources: PodResources) => PodResources>> = {
  requests: interner(),
  limits: interner(),
};

/** Where the resources of a container are read. */
type Reading = (container: Container, status: ContainerStatus | undefined) => ResourceList | undefined;

/**
 * What a pod as a whole asks of its node, or may take, as the scheduler counts it: the sum of its containers and
 * sidecars, or what one init container takes beside the sidecars before it, whichever is more (KEP-753); in place of
 * that the pod's own resources where it has them (KEP-2837); and its overhead. While resources change in place, the most
 * of what is asked, set aside and in use counts (KEP-1287). Null when it has none; equal ones are one shared object.
 * Source: `PodRequests` and `PodLimits` of k8s.io/component-helpers/resource. Throws a QuantityError.
 */
export function projectPodResources(pod: Pod, which: Which): PodResources | null {
  const cpu = effective(pod, which, 'cpu');
  const memory = effective(pod, which, 'memory');
  return cpu === null && memory === null ? null : INTERN[which]({ cpu, memory });
}

function effective(pod: Pod, which: Which, name: 'cpu' | 'memory'): Amount {
  const { spec } = pod;
  const own = amountIn(spec.resources?.[which], name);
  const total = own ?? readings(pod, which).reduce<Amount>((most, read) => max(most, totalOf(pod, read, name)), null);
  // Without a limit, what the sandbox takes limits nothing.
  return which === 'limits' && !total ? total : add(total, amountIn(spec.overhead, name));
}

function readings({ status }: Pod, which: Which): readonly Reading[] {
  const ofSpec: Reading = ({ resources }) => resources?.[which];
  const changes =
    (status?.containerStatuses ?? []).some(isResizable) || status?.initContainerStatuses?.some(isResizable);
  if (!changes) return [ofSpec];
  const infeasible = status?.conditions?.some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const asked: Reading = (container, own) => (infeasible ? undefined : ofSpec(container, own));
  const allocated: Reading = (container, own) => own?.allocatedResources ?? asked(container, own);
  const inUse: Reading = (container, own) =>
    own?.resources?.[which] ?? (which === 'requests' ? allocated(container, own) : asked(container, own));
  return which === 'requests' ? [asked, allocated, inUse] : [asked, inUse];
}

const isResizable = ({ resources, allocatedResources }: ContainerStatus) =>
  resources !== undefined || allocatedResources !== undefined;

function totalOf({ spec, status }: Pod, read: Reading, name: string): Amount {
  let sidecars: Amount = null;
  let most: Amount = null;
  for (const container of spec.initContainers ?? []) {
    const amount = amountIn(read(container, statusOf(status?.initContainerStatuses, container)), name);
    if (container.restartPolicy === 'Always') sidecars = add(sidecars, amount);
    else most = max(most, add(sidecars, amount));
  }
  let running = sidecars;
  for (const container of spec.containers) {
    running = add(running, amountIn(read(container, statusOf(status?.containerStatuses, container)), name));
  }
  return max(running, most);
}

const statusOf = (statuses: readonly ContainerStatus[] | undefined, { name }: Container) =>
  statuses?.find((status) => status.name === name);

function amountIn(list: ResourceList | undefined, name: string): Amount {
  const quantity = list?.[name];
  return quantity === undefined ? null : amountOf(name, quantity);
}

const add = (a: Amount, b: Amount): Amount => (a === null ? b : b === null ? a : a + b);
const max = (a: Amount, b: Amount): Amount => (a === null ? b : b === null ? a : Math.max(a, b));
