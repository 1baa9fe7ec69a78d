import {
  type ComponentStatus,
  type ConfigMap,
  type EndpointSlice,
  type Endpoints,
  type Event,
  formatRestarts,
  formatSelector,
  fromMap,
  type Namespace,
  type Node,
  type Pod,
  printExternalIP,
  printNodeRoles,
  printNodeStatus,
  printPod,
  printPorts,
  type ResourceQuota,
  type Secret,
  type Service,
  type ServiceAccount,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, nameColumn, since, text } from './column.ts';

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
  text<Service>('External-IP', (service) => printExternalIP(service, true)),
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
  if (!endpoints.subsets?.length) return NONE;
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
  text<EndpointSlice>('Ports', (slice) =>
    firstFew((slice.ports ?? []).map((port) => String(port.port ?? port.name ?? '*'))),
  ),
  text<EndpointSlice>('Endpoints', (slice) => firstFew((slice.endpoints ?? []).flatMap(({ addresses }) => addresses))),
  ageColumn,
];

const firstSeen = (event: Event) => event.firstTimestamp ?? event.eventTime;
const lastSeen = (event: Event) => event.series?.lastObservedTime ?? event.lastTimestamp ?? firstSeen(event);
const sourceText = ({ source, reportingComponent, reportingInstance }: Event) =>
  [source?.component || reportingComponent, source?.host || reportingInstance].filter(Boolean).join(', ');
const targetText = ({ involvedObject: { kind = '', name } }: Event) =>
  [kind.toLowerCase(), name].filter(Boolean).join('/');

export const eventColumns: Column[] = [
  text<Event>('Last Seen', (event, now) => since(lastSeen(event), now)),
  text<Event>('Type', (event) => event.type ?? ''),
  text<Event>('Reason', (event) => event.reason ?? ''),
  text<Event>('Object', targetText),
  text<Event>('Subobject', (event) => event.involvedObject.fieldPath ?? '', 1),
  text<Event>('Source', sourceText, 1),
  text<Event>('Message', (event) => (event.message ?? '').trim()),
  text<Event>('First Seen', (event, now) => since(firstSeen(event), now), 1),
  text<Event>('Count', (event) => event.series?.count ?? (event.count || 1), 1),
  { ...nameColumn, priority: 1 },
];

const size = (...maps: (Record<string, unknown> | undefined)[]) =>
  maps.reduce((sum, map) => sum + Object.keys(map ?? {}).length, 0);

export const configMapColumns: Column[] = [
  nameColumn,
  text<ConfigMap>('Data', ({ data, binaryData }) => size(data, binaryData)),
  ageColumn,
];

export const secretColumns: Column[] = [
  nameColumn,
  text<Secret>('Type', ({ type }) => type ?? ''),
  text<Secret>('Data', ({ data }) => size(data)),
  ageColumn,
];

export const serviceAccountColumns: Column[] = [
  nameColumn,
  text<ServiceAccount>('Secrets', ({ secrets }) => secrets?.length ?? 0),
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
