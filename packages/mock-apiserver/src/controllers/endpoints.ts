import { isDeepStrictEqual } from 'node:util';
import {
  type EndpointSlice,
  type Endpoints,
  fromMap,
  matches,
  type ObjectReference,
  type Pod,
  type Service,
  type ServicePort,
} from '@portolan/shared';
import { podsWithLabels } from '../store/pods-with-labels.ts';
import { toTime } from '../time.ts';
import type { ControllerContext } from './context.ts';
import { fromKey, toKey } from './object-key.ts';
import { controllerRef } from './ownership.ts';
import { isEnded, isReady } from './pod-state.ts';
import { WorkQueue } from './work-queue.ts';

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';
const TRIGGER = 'endpoints.kubernetes.io/last-change-trigger-time';

type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];
type Subset = NonNullable<Endpoints['subsets']>[number];

/** The pods behind a service: those with an address that have not ended. */
function podsBehind({ store }: ControllerContext, { metadata, spec }: Service): Pod[] {
  const pods = podsWithLabels(store, metadata.namespace ?? '', spec.selector ?? {});
  return pods.filter((pod) => pod.status?.podIP && !isEnded(pod));
}

function portNumber({ port, targetPort }: ServicePort, pod: Pod): number | undefined {
  if (typeof targetPort === 'number' || targetPort === undefined) return targetPort ?? port;
  return pod.spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === targetPort)?.containerPort;
}

function resolvedPorts(service: Service, pods: readonly Pod[]) {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = pods[0] ? portNumber(port, pods[0]) : Number(port.targetPort ?? port.port);
    return number === undefined || Number.isNaN(number)
      ? []
      : [{ name: port.name, port: number, protocol: port.protocol ?? 'TCP' }];
  });
}

const targetRef = ({ metadata }: Pod): ObjectReference => ({
  kind: 'Pod',
  ...(metadata.namespace && { namespace: metadata.namespace }),
  name: metadata.name,
  uid: metadata.uid,
});

function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  // What is being deleted no longer stands in Endpoints.
  const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  if (staying.length === 0) return [];
  const address = (pod: Pod) => ({
    ip: pod.status?.podIP ?? '',
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: targetRef(pod),
  });
  const ready = staying.filter(isReady).map(address);
  const unready = staying.filter((pod) => !isReady(pod)).map(address);
  const ports = resolvedPorts(service, staying).map(({ name, ...rest }) => ({ ...(name && { name }), ...rest }));
  return [
    {
      ...(ready.length > 0 && { addresses: ready }),
      ...(unready.length > 0 && { notReadyAddresses: unready }),
      ...(ports.length > 0 && { ports }),
    },
  ];
}

function sliceEndpoint(pod: Pod): SliceEndpoint {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod);
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: { ready: serving && !terminating, serving, terminating },
    targetRef: targetRef(pod),
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
  };
}

function syncEndpoints({ store, clock }: ControllerContext, service: Service, pods: readonly Pod[]): void {
  const { name, namespace } = service.metadata;
  const subsets = subsetsOf(service, pods);
  const current = store.get('endpoints', service.metadata);
  if (current && isDeepStrictEqual(current.subsets ?? [], subsets)) return;
  const labels = { ...service.metadata.labels };
  const annotations = { [TRIGGER]: toTime(clock.now()) };
  const body = { ...(subsets.length > 0 && { subsets }) };
  if (current) {
    store.update('endpoints', current.metadata, ({ subsets: _subsets, ...draft }) => ({
      ...draft,
      metadata: { ...draft.metadata, labels, annotations },
      ...body,
    }));
  } else
    store.create('endpoints', { metadata: { name, ...(namespace && { namespace }), labels, annotations }, ...body });
}

function syncSlice({ store, clock }: ControllerContext, service: Service, pods: readonly Pod[]): void {
  const { name, namespace } = service.metadata;
  const ports = resolvedPorts(service, pods).map(({ name: port = '', ...rest }) => ({ name: port, ...rest }));
  const current = store
    .by(SLICES, 'service', `${namespace ?? ''}/${name}`)
    .find((slice) => !slice.metadata.deletionTimestamp);
  const known = new Map(current?.endpoints?.map((endpoint) => [endpoint.targetRef?.uid, endpoint]));
  const fresh = new Map(pods.map((pod) => [pod.metadata.uid, sliceEndpoint(pod)]));
  // Those already there keep their places, so that a change shows as one.
  const endpoints = [
    ...[...known.keys()].flatMap((uid) => fresh.get(uid ?? '') ?? []),
    ...[...fresh].flatMap(([uid, endpoint]) => (known.has(uid) ? [] : [endpoint])),
  ];
  if (current && isDeepStrictEqual(current.endpoints, endpoints) && isDeepStrictEqual(current.ports, ports)) return;
  const annotations = { [TRIGGER]: toTime(clock.now()) };
  if (current) {
    store.update(SLICES, current.metadata, (draft) =>
      Object.assign(draft, { endpoints, ports, metadata: { ...draft.metadata, annotations } }),
    );
    return;
  }
  const managed = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', [SERVICE_NAME]: name };
  store.create(SLICES, {
    metadata: {
      generateName: `${name}-`,
      ...(namespace && { namespace }),
      labels: { ...service.metadata.labels, ...managed },
      annotations,
      ownerReferences: [controllerRef(service)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  });
}

/** Keeps Endpoints and an EndpointSlice for every service with a selector (`pkg/controller/endpoint`, `endpointslice`). */
export function startEndpointsController(context: ControllerContext): void {
  const { store } = context;
  const queue = new WorkQueue(context, (key) => {
    const service = store.get('services', fromKey(key));
    if (!service) {
      if (store.get('endpoints', fromKey(key))) store.delete('endpoints', fromKey(key));
      return;
    }
    if (!service.spec.selector || service.spec.type === 'ExternalName') return;
    const pods = podsBehind(context, service);
    syncEndpoints(context, service, pods);
    syncSlice(context, service, pods);
  });
  store.watch('services', store.version, ({ object }) => queue.add(toKey(object)));
  store.watch('pods', store.version, ({ object, previous }) => {
    for (const service of store.list('services', object.metadata.namespace)) {
      const { selector } = service.spec;
      if (!selector) continue;
      const concerned = [object, previous].some((pod) => pod && matches(fromMap(selector), pod.metadata.labels ?? {}));
      if (concerned) queue.add(toKey(service));
    }
  });
  for (const service of store.list('services')) queue.add(toKey(service));
}
