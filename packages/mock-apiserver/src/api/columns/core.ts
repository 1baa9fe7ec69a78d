import {
  type ComponentStatus,
  type EndpointSlice,
  type Endpoints,
  type Event,
  formatRestarts,
  formatSelector,
  fromMap,
  type KubeObject,
  type Namespace,
  type Node,
  type Pod,
  printExternalIP,
  printNodeRoles,
  printNodeStatus,
  printPod,
  printPorts,
  type ResourceQuota,
  type Service,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, integer, nameColumn, since, text } from './column.ts';

/** The columns of core/v1 (and of slices), in the words of `pkg/printers/internalversion/printers.go`. */

const NONE = '<none>';
const UNKNOWN = '<unknown>';

const isTrue = (pod: Pod, type: string) =>
  pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

export const podColumns: Column[] = [
  nameColumn,
  text<Pod>('Ready', (pod) => printPod(pod).ready.join('/')),
  text<Pod>('Status', (pod) => printPod(pod).status),
  text<Pod>('Restarts', (pod, now) => {
    const { restarts, lastRestart } = printPod(pod);
    return formatRestarts(restarts, lastRestart, now);
  }),
  ageColumn,
  text<Pod>('IP', (pod) => pod.status?.podIP ?? NONE, 1),
  text<Pod>('Node', (pod) => pod.spec.nodeName ?? NONE, 1),
  text<Pod>('Nominated Node', (pod) => pod.status?.nominatedNodeName || NONE, 1),
  text<Pod>(
    'Readiness Gates',
    (pod) => {
      const gates = pod.spec.readinessGates ?? [];
      if (gates.length === 0) return NONE;
      return `${gates.filter((gate) => isTrue(pod, gate.conditionType)).length}/${gates.length}`;
    },
    1,
  ),
];

const address = (node: Node, type: string) =>
  node.status?.addresses?.find((candidate) => candidate.type === type)?.address ?? NONE;

export const nodeColumns: Column[] = [
  nameColumn,
  text<Node>('Status', printNodeStatus),
  text<Node>('Roles', (node) => printNodeRoles(node.metadata.labels)),
  ageColumn,
  text<Node>('Version', (node) => node.status?.nodeInfo?.kubeletVersion ?? ''),
  text<Node>('Internal-IP', (node) => address(node, 'InternalIP'), 1),
  text<Node>('External-IP', (node) => address(node, 'ExternalIP'), 1),
  text<Node>('OS-Image', (node) => node.status?.nodeInfo?.osImage || UNKNOWN, 1),
  text<Node>('Kernel-Version', (node) => node.status?.nodeInfo?.kernelVersion || UNKNOWN, 1),
  text<Node>('Container-Runtime', (node) => node.status?.nodeInfo?.containerRuntimeVersion || UNKNOWN, 1),
];

export const namespaceColumns: Column[] = [
  nameColumn,
  text<Namespace>('Status', (namespace) => namespace.status?.phase ?? ''),
  ageColumn,
];

/** A map of labels as a selector's text, `<none>` when there is nothing. */
export const selectorText = (selector: Record<string, string> | undefined) =>
  (selector && formatSelector(fromMap(selector))) || NONE;

export const serviceColumns: Column[] = [
  nameColumn,
  text<Service>('Type', (service) => service.spec.type ?? ''),
  text<Service>('Cluster-IP', (service) => service.spec.clusterIP || NONE),
  text<Service>('External-IP', (service) => printExternalIP(service)),
  text<Service>('Port(s)', (service) => printPorts(service.spec.ports)),
  ageColumn,
  text<Service>('Selector', (service) => selectorText(service.spec.selector), 1),
];

/** At most three addresses, then how many more. */
function endpointsText(endpoints: Endpoints): string {
  const all = (endpoints.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap((port) => addresses.map(({ ip }) => `${ip}:${port.port}`)),
  );
  if (all.length === 0) return NONE;
  return all.length > 3 ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...` : all.join(',');
}

export const endpointsColumns: Column[] = [nameColumn, text<Endpoints>('Endpoints', endpointsText), ageColumn];

const firstFew = (items: string[]) =>
  items.length === 0
    ? '<unset>'
    : items.length > 3
      ? `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`
      : items.join(',');

export const endpointSliceColumns: Column[] = [
  nameColumn,
  text<EndpointSlice>('AddressType', (slice) => slice.addressType),
  text<EndpointSlice>('Ports', (slice) => firstFew((slice.ports ?? []).map((port) => String(port.port ?? '*')))),
  text<EndpointSlice>('Endpoints', (slice) => firstFew((slice.endpoints ?? []).flatMap(({ addresses }) => addresses))),
  ageColumn,
];

const lastSeen = (event: Event) => event.lastTimestamp ?? event.series?.lastObservedTime ?? event.eventTime;
const firstSeen = (event: Event) => event.firstTimestamp ?? event.eventTime;
const sourceText = ({ source, reportingComponent }: Event) =>
  [source?.component || reportingComponent, source?.host].filter(Boolean).join(', ');

export const eventColumns: Column[] = [
  text<Event>('Last Seen', (event, now) => since(lastSeen(event), now)),
  text<Event>('Type', (event) => event.type ?? ''),
  text<Event>('Reason', (event) => event.reason ?? ''),
  text<Event>('Object', ({ involvedObject }) => `${involvedObject.kind?.toLowerCase()}/${involvedObject.name}`),
  text<Event>('Subobject', (event) => event.involvedObject.fieldPath ?? '', 1),
  text<Event>('Source', sourceText, 1),
  text<Event>('Message', (event) => (event.message ?? '').trim()),
  text<Event>('First Seen', (event, now) => since(firstSeen(event), now), 1),
  integer<Event>('Count', (event) => event.series?.count ?? event.count ?? 1, 1),
  { ...nameColumn, priority: 1 },
];

type Data = KubeObject & { data?: Record<string, unknown>; type?: string };
const size = (object: Data) => Object.keys(object.data ?? {}).length;

export const configMapColumns: Column[] = [nameColumn, integer<Data>('Data', size), ageColumn];

export const secretColumns: Column[] = [
  nameColumn,
  text<Data>('Type', (secret) => secret.type ?? 'Opaque'),
  integer<Data>('Data', size),
  ageColumn,
];

export const serviceAccountColumns: Column[] = [
  nameColumn,
  integer<KubeObject & { secrets?: unknown[] }>('Secrets', (account) => account.secrets?.length ?? 0),
  ageColumn,
];

/** `name: used/hard` of what limits bound, or of all else, sorted by name. */
const quotas = (limits: boolean) => (quota: ResourceQuota) =>
  Object.entries(quota.status?.hard ?? {})
    .filter(([name]) => name.startsWith('limits.') === limits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${quota.status?.used?.[name] ?? '0'}/${hard}`)
    .join(', ');

export const resourceQuotaColumns: Column[] = [
  nameColumn,
  text<ResourceQuota>('Request', quotas(false)),
  text<ResourceQuota>('Limit', quotas(true)),
  ageColumn,
];

export const componentStatusColumns: Column[] = [
  nameColumn,
  text<ComponentStatus>('Status', (component) => {
    const status = healthy(component)?.status;
    return status === undefined ? 'Unknown' : status === 'True' ? 'Healthy' : 'Unhealthy';
  }),
  text<ComponentStatus>('Message', (component) => healthy(component)?.message ?? ''),
  text<ComponentStatus>('Error', (component) => healthy(component)?.error ?? ''),
];

const healthy = ({ conditions }: ComponentStatus) => conditions?.find(({ type }) => type === 'Healthy');
