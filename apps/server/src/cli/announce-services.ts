import type { MockCluster, ServiceAddress } from '@portolan/mock-apiserver';

function line({ namespace, service, nodePort, url }: ServiceAddress): string {
  const taken = nodePort !== null && !url?.endsWith(`:${nodePort}`) ? ` (not at its node port ${nodePort})` : '';
  return `Service ${namespace}/${service} answers at ${url}${taken}\n`;
}

/** Says where each service of the embedded cluster answers, once it does. */
export function announceServices(
  mock: Pick<MockCluster, 'addresses' | 'subscribeAddresses'>,
  say: (text: string) => void,
): void {
  const said = new Set<string>();
  const look = () => {
    for (const address of mock.addresses()) {
      const { namespace, service, port, url } = address;
      const what = `${namespace}/${service}:${port} ${url}`;
      if (url === null || said.has(what)) continue;
      said.add(what);
      say(line(address));
    }
  };
  mock.subscribeAddresses(look);
  look();
}
