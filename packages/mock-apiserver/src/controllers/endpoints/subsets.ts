import { isDeepStrictEqual } from 'node:util';
import type { Endpoints, ObjectReference, Pod, Service } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { isReady } from '../pod-state.ts';
import { byPorts } from './ports.ts';

/** When the change of a pod that caused a write happened. */
export const TRIGGER = 'endpoints.kubernetes.io/last-change-trigger-time';
/** Says that a service has no address of its own. */
export const HEADLESS = 'service.kubernetes.io/headless';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
/** As many addresses as one Endpoints object holds (`maxCapacity`). */
const MOST = 1000;

type Subset = NonNullable<Endpoints['subsets']>[number];
type Address = NonNullable<Subset['addresses']>[number];

export const targetRef = ({ metadata }: Pod): ObjectReference => ({
  kind: 'Pod',
  ...(metadata.namespace && { namespace: metadata.namespace }),
  name: metadata.name,
  uid: metadata.uid,
});

/** The name that a headless service gives a pod, where its subdomain is the service's. */
export function hostnameOf({ metadata, spec }: Service, pod: Pod): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return spec.clusterIP === 'None' && hostname && subdomain === metadata.name ? hostname : undefined;
}

function addressOf(service: Service, pod: Pod): Address {
  const hostname = hostnameOf(service, pod);
  return {
    ip: pod.status?.podIP ?? '',
    ...(hostname !== undefined && { hostname }),
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: targetRef(pod),
  };
}

/** As many pods as one Endpoints object holds, those that are ready first. */
function truncated(pods: readonly Pod[]): readonly Pod[] {
  if (pods.length <= MOST) return pods;
  return [...pods].sort((a, b) => Number(isReady(b)) - Number(isReady(a))).slice(0, MOST);
}

/** The subsets that the pods give, by port; what is being deleted no longer stands in them, unless all are published. */
function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const publishes = service.spec.publishNotReadyAddresses === true;
  const staying = publishes ? pods : pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  return byPorts(service, truncated(staying)).map((group) => {
    const isListed = (pod: Pod) => publishes || isReady(pod);
    const [ready, unready] = [true, false].map((listed) =>
      group.pods.filter((pod) => isListed(pod) === listed).map((pod) => addressOf(service, pod)),
    );
    const ports = group.ports.map(({ name, ...rest }) => ({ ...(name && { name }), ...rest }));
    return {
      ...(ready?.length && { addresses: ready }),
      ...(unready?.length && { notReadyAddresses: unready }),
      ...(ports.length > 0 && { ports }),
    };
  });
}

/** Writes a service's Endpoints where they differ (`pkg/controller/endpoint`). */
export function syncEndpoints({ store, clock }: ControllerContext, service: Service, pods: readonly Pod[]): void {
  const { name, namespace } = service.metadata;
  const subsets = subsetsOf(service, pods);
  const current = store.get('endpoints', service.metadata);
  const labels = { ...service.metadata.labels, ...(service.spec.clusterIP === 'None' && { [HEADLESS]: '' }) };
  const same =
    current &&
    isDeepStrictEqual(current.subsets ?? [], subsets) &&
    isDeepStrictEqual(current.metadata.labels ?? {}, labels);
  if (same) return;
  const annotations = {
    [TRIGGER]: toTime(clock.now()),
    ...(pods.length > MOST && { [OVER_CAPACITY]: 'truncated' }),
  };
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
