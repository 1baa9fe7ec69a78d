import type { Service } from '../api/core.ts';

/** What kubectl clips a load balancer's addresses to, unless `-o wide`. */
const LOAD_BALANCER_WIDTH = 16;

/** The addresses behind EXTERNAL-IP, unclipped; empty where kubectl prints `<none>` or `<pending>`. */
export function externalAddresses(service: Service): string[] {
  const { type, externalIPs = [], externalName } = service.spec;
  if (type === 'ExternalName') return externalName ? [externalName] : [];
  return type === 'LoadBalancer'
    ? [...balancerAddresses(service.status?.loadBalancer?.ingress), ...externalIPs]
    : externalIPs;
}

/** EXTERNAL-IP as kubectl prints it; `wide` as `-o wide` (rules of `getServiceExternalIP` in printers.go). */
export function printExternalIP(service: Service, wide = false): string {
  const { type = 'ClusterIP', externalIPs = [], externalName = '' } = service.spec;
  if (type === 'ExternalName') return externalName;
  if (type !== 'LoadBalancer') return externalIPs.join(',') || '<none>';
  const balancer = printBalancer(service.status?.loadBalancer?.ingress, wide);
  return [balancer, ...externalIPs].filter((address) => address !== '').join(',') || '<pending>';
}

/** The addresses of a load balancer as kubectl prints them, sorted and clipped unless `wide` (`loadBalancerStatusStringer`). */
export function printBalancer(ingress: Balancer, wide = false): string {
  return clip(balancerAddresses(ingress).join(','), wide);
}

/** PORT(S) as kubectl prints them, `80:30001/TCP,443/TCP`, or `<none>`. */
export function printPorts(
  ports: readonly { port: number; nodePort?: number | null; protocol?: string }[] | undefined,
): string {
  const texts = (ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return texts.join(',') || '<none>';
}

type Balancer = readonly { ip?: string; hostname?: string }[] | undefined;

/** The addresses of a load balancer, sorted, each once. */
export function balancerAddresses(ingress: Balancer = []): string[] {
  const addresses = ingress.map(({ ip, hostname }) => ip || hostname || '').filter((address) => address !== '');
  return [...new Set(addresses)].sort();
}

function clip(text: string, wide: boolean): string {
  return wide || text.length <= LOAD_BALANCER_WIDTH ? text : `${text.slice(0, LOAD_BALANCER_WIDTH - 3)}...`;
}
