import { pageClock } from '../ports.ts';
import { fetchTransport } from '../transport.ts';
import { Exchange } from './exchange.ts';
import { portOf } from './messages.ts';

/** The shared worker's script: every tab that connects is served by one exchange. */
const exchange = new Exchange({ transport: fetchTransport, clock: pageClock });

globalThis.addEventListener('connect', (event) => {
  for (const port of (event as MessageEvent).ports) exchange.connect(portOf(port));
});
