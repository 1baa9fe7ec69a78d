import { isDeepStrictEqual } from 'node:util';
import type { EndpointSlice, Pod, Service } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { toKey } from '../object-key.ts';
import { controllerRef } from '../ownership.ts';
import { isReady } from '../pod-state.ts';
import { byPorts, type ResolvedPort } from './ports.ts';
import { HEADLESS, hostnameOf, TRIGGER, targetRef } from './subsets.ts';

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const ZONE = 'topology.kubernetes.io/zone';
/** As many endpoints as one slice holds (`--max-endpoints-per-slice`). */
const MOST = 100;

type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

function endpointOf({ store }: ControllerContext, service: Service, pod: Pod): SliceEndpoint {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameOf(service, pod);
  const { nodeName } = pod.spec;
  const zone = nodeName && store.get('nodes', { name: nodeName })?.metadata.labels?.[ZONE];
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && { hostname }),
    targetRef: targetRef(pod),
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
  };
}

/** What a slice is to hold. */
interface Plan {
  slice: EndpointSlice | undefined;
  endpoints: SliceEndpoint[];
  ports: ResolvedPort[];
}

/**
 * Puts the endpoints of one group of ports on its slices: those already there keep their places, so that a change shows as
 * one; the others fill the slices that change anyway, then one with room for all, then further slices
 * (`reconcileByPortMapping` in `endpointslice/reconciler.go`).
 */
function planGroup(slices: readonly EndpointSlice[], wanted: readonly SliceEndpoint[], ports: ResolvedPort[]): Plan[] {
  const missing = new Map(wanted.map((endpoint) => [endpoint.targetRef?.uid ?? '', endpoint]));
  const plans = slices.map((slice): Plan & { changed: boolean } => {
    const endpoints = (slice.endpoints ?? []).flatMap(({ targetRef: target }) => {
      const endpoint = missing.get(target?.uid ?? '');
      missing.delete(target?.uid ?? '');
      return endpoint ?? [];
    });
    return { slice, endpoints, ports, changed: !isDeepStrictEqual(endpoints, slice.endpoints ?? []) };
  });
  const left = [...missing.values()];
  for (const plan of plans) if (plan.changed) plan.endpoints.push(...left.splice(0, MOST - plan.endpoints.length));
  const roomy = plans.find((plan) => !plan.changed && left.length > 0 && plan.endpoints.length + left.length <= MOST);
  roomy?.endpoints.push(...left.splice(0));
  const added: Plan[] = [];
  while (left.length > 0) added.push({ slice: undefined, endpoints: left.splice(0, MOST), ports });
  return [...plans, ...added];
}

/** What every slice of a service is to hold; without endpoints one empty slice stands for it. */
function planAll(context: ControllerContext, service: Service, slices: readonly EndpointSlice[], pods: readonly Pod[]) {
  const unused = new Set(slices);
  const groups = byPorts(service, pods);
  const plans = groups.flatMap(({ ports, pods: group }) => {
    const own = slices.filter((slice) => isDeepStrictEqual(slice.ports ?? [], ports) || groups.length === 1);
    for (const slice of own) unused.delete(slice);
    return planGroup(
      own,
      group.map((pod) => endpointOf(context, service, pod)),
      ports,
    );
  });
  const filled = plans.filter(({ endpoints }) => endpoints.length > 0);
  const emptied = [...plans.filter(({ endpoints }) => endpoints.length === 0).map(({ slice }) => slice), ...unused];
  if (filled.length > 0) return { keep: filled, drop: emptied.flatMap((slice) => slice ?? []) };
  const [kept, ...others] = emptied.flatMap((slice) => slice ?? []);
  return { keep: [{ slice: kept, endpoints: [], ports: [] }], drop: others };
}

/** Writes a service's EndpointSlices where they differ (`pkg/controller/endpointslice`). */
export function syncSlices(context: ControllerContext, service: Service, pods: readonly Pod[]): void {
  const { store, clock } = context;
  const { name, namespace } = service.metadata;
  const slices = store
    .by(SLICES, 'service', toKey(service))
    .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER && !metadata.deletionTimestamp);
  const labels = {
    ...service.metadata.labels,
    ...(service.spec.clusterIP === 'None' && { [HEADLESS]: '' }),
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: name,
  };
  const annotations = { [TRIGGER]: toTime(clock.now()) };
  const { keep, drop } = planAll(context, service, slices, pods);
  for (const { metadata } of drop) store.delete(SLICES, metadata);
  for (const { slice, endpoints, ports } of keep) {
    if (!slice) {
      store.create(SLICES, {
        metadata: {
          generateName: `${name}-`,
          ...(namespace && { namespace }),
          labels: { ...labels },
          annotations: { ...annotations },
          ownerReferences: [controllerRef(service)],
        },
        addressType: 'IPv4',
        endpoints,
        ports,
      });
      continue;
    }
    const same = isDeepStrictEqual(slice.endpoints ?? [], endpoints) && isDeepStrictEqual(slice.ports ?? [], ports);
    if (same && isDeepStrictEqual(slice.metadata.labels, labels)) continue;
    store.update(SLICES, slice.metadata, (draft) =>
      Object.assign(draft, { endpoints, ports, metadata: { ...draft.metadata, labels: { ...labels }, annotations } }),
    );
  }
}
