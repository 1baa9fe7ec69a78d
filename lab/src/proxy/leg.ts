import type { Clock } from '../../../apps/server/src/clock.ts';
import { HttpProxy, type Upstream } from './http-proxy.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** One leg of the way from the apiserver to a browser, with everything that may befall it in between. */
export interface Leg {
  /** What the client of this leg is to connect to; it stays the same whatever happens behind it. */
  url: string;
  /** Next to the client: what befalls bytes and connections. */
  tcp: TcpProxy;
  /** Behind it: what befalls requests and lines. */
  http: HttpProxy;
  /** Where requests to come lead; nothing that is open is ended by it. */
  lead(upstream: Upstream): void;
  close(): Promise<void>;
}

/** Starts the two proxies of a leg in front of a server. */
export async function startLeg(upstream: Upstream, clock: Clock): Promise<Leg> {
  const http = new HttpProxy(upstream, clock);
  await http.start();
  const tcp = new TcpProxy({ host: '127.0.0.1', port: http.port }, clock);
  await tcp.start();
  return {
    url: `http://127.0.0.1:${tcp.port}`,
    tcp,
    http,
    lead: (next) => http.lead(next),
    async close() {
      await tcp.close();
      await http.close();
    },
  };
}
