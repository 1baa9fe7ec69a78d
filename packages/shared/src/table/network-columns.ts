import { printSelector } from '../selector/print.ts';
import { AGE, type ColumnsOf, column, NAME } from './entity-column.ts';

/** At most three hosts; what is left out is counted in rules, those without a host included (`formatHosts`). */
export function printHosts(hosts: readonly (string | null)[]): string {
  const named = hosts.map((host, at) => ({ host, at })).filter(({ host }) => host !== null);
  if (named.length === 0) return '*';
  const shown = named.slice(0, 3);
  const more = shown.length === 3 && hosts.length > (shown.at(-1)?.at ?? 0) + 1;
  return `${shown.map(({ host }) => host).join(',')}${more ? ` + ${hosts.length - 3} more...` : ''}`;
}

export const ingressColumns: ColumnsOf<'Ingress'> = [
  NAME,
  column('CLASS', (ingress) => ingress.class),
  column('HOSTS', ({ hosts }) => printHosts(hosts)),
  column('ADDRESS', ({ addresses }) => addresses.join(',')),
  column('PORTS', ({ tls }) => (tls ? '80, 443' : '80')),
  AGE,
];

export const networkPolicyColumns: ColumnsOf<'NetworkPolicy'> = [
  NAME,
  column('POD-SELECTOR', ({ selector }) => printSelector(selector)),
  AGE,
];

/** As the definitions of the Gateway API print it: the first address, and the condition Programmed. */
export const gatewayColumns: ColumnsOf<'Gateway'> = [
  NAME,
  column('CLASS', (gateway) => gateway.class),
  column('ADDRESS', ({ addresses }) => addresses[0] ?? ''),
  column('PROGRAMMED', ({ conditions }) => conditions.find(({ type }) => type === 'Programmed')?.status ?? ''),
  AGE,
];

export const httpRouteColumns: ColumnsOf<'HTTPRoute'> = [
  NAME,
  column('HOSTNAMES', ({ hostnames }) => (hostnames.length === 0 ? '' : JSON.stringify(hostnames))),
  AGE,
];
