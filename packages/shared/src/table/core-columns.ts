import type { EndpointSliceEntity, EndpointsEntity } from '../entity/core.ts';
import { humanDuration } from '../print/duration.ts';
import { formatRestarts } from '../print/pod.ts';
import { printPorts } from '../print/service.ts';
import { AGE, type ColumnsOf, column, firstFew, NAME, NONE, printMap, UNKNOWN, UNSET } from './entity-column.ts';

export const namespaceColumns: ColumnsOf<'Namespace'> = [NAME, column('STATUS', ({ phase }) => phase), AGE];

/** Without the operating system and the container runtime, which are not kept. */
export const nodeColumns: ColumnsOf<'Node'> = [
  NAME,
  column('STATUS', ({ status }) => status),
  column('ROLES', ({ roles }) => roles),
  AGE,
  column('VERSION', ({ kubelet }) => kubelet, ''),
  column('INTERNAL-IP', ({ address }) => address),
];

export const podColumns: ColumnsOf<'Pod'> = [
  NAME,
  column('READY', ({ ready }) => ready.join('/')),
  column('STATUS', ({ status }) => status),
  {
    title: 'RESTARTS',
    cell: ({ restarts, lastRestart }, now) => formatRestarts(restarts, lastRestart, now),
    orderBy: ({ restarts }) => restarts,
  },
  AGE,
  column('IP', ({ ip }) => ip),
  column('NODE', ({ node }) => node),
];

export const serviceColumns: ColumnsOf<'Service'> = [
  NAME,
  column('TYPE', ({ type }) => type),
  column('CLUSTER-IP', ({ clusterIP }) => clusterIP),
  column('EXTERNAL-IP', ({ external, type }) => external.join(',') || (type === 'LoadBalancer' ? '<pending>' : NONE)),
  column('PORT(S)', ({ ports }) => printPorts(ports)),
  AGE,
  column('SELECTOR', ({ selector }) => printMap(selector)),
];

type Backends = EndpointSliceEntity | EndpointsEntity;

const portsOf = ({ ports }: Backends) => ports.map(({ name, port }) => port ?? name ?? '*');

const addressesOf = ({ endpoints }: Backends) => endpoints.flatMap(({ addresses }) => addresses);

/** Without the type of the addresses, which is not kept. */
export const endpointSliceColumns: ColumnsOf<'EndpointSlice'> = [
  NAME,
  column('PORTS', (slice) => firstFew(portsOf(slice), UNSET)),
  column('ENDPOINTS', (slice) => firstFew(addressesOf(slice), UNSET)),
  AGE,
];

export const endpointsColumns: ColumnsOf<'Endpoints'> = [
  NAME,
  column('ENDPOINTS', (endpoints) => {
    const ports = portsOf(endpoints);
    const ready = endpoints.endpoints.filter((one) => one.ready).flatMap(({ addresses }) => addresses);
    const pairs = ready.flatMap((address) =>
      ports.length === 0 ? [address] : ports.map((port) => `${address}:${port}`),
    );
    return firstFew(pairs, NONE);
  }),
  AGE,
];

export const eventColumns: ColumnsOf<'Event'> = [
  {
    title: 'LAST SEEN',
    cell: ({ last, first }, now) => {
      const seen = last ?? first;
      return seen === null ? UNKNOWN : humanDuration(now - seen);
    },
    orderBy: ({ last, first, created }) => -(last ?? first ?? created),
  },
  column('TYPE', ({ type }) => type),
  column('REASON', ({ reason }) => reason),
  column('OBJECT', ({ about }) => [about.kind.toLowerCase(), about.name].filter(Boolean).join('/')),
  column('MESSAGE', ({ message }) => message.trim()),
  column('COUNT', ({ count }) => count),
  NAME,
];
