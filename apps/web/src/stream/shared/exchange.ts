import type { Clock } from '../ports.ts';
import type { Transport } from '../transport.ts';
import { Follower } from './follower.ts';
import type { Port, ToTab, ToWorker } from './messages.ts';
import { Upstream } from './upstream.ts';

/**
 * What the worker does: one stream from the server for each address, shared by the tabs that ask for it. It is opened for
 * the first of them, from that one's cursor, and closed after the last; it is never opened a second time by itself: the
 * tabs are told that it failed, and the first to try again brings another.
 */
export class Exchange {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #upstreams = new Map<string, Upstream>();

  constructor({ transport, clock }: { transport: Transport; clock: Clock }) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /** Serves a tab's port. */
  connect(port: Port<ToTab, ToWorker>): void {
    let follower: Follower | null = null;
    port.listen((message) => {
      switch (message.say) {
        case 'open':
          port.post({ say: 'here' });
          follower ??= this.#follow(port, message);
          break;
        case 'took':
          follower?.took(message.length);
          break;
        case 'ask':
          port.post({ say: 'here' });
          break;
        case 'close':
          follower?.leave();
          port.close();
          break;
      }
    });
  }

  #follow(port: Port<ToTab, ToWorker>, { url, from }: Extract<ToWorker, { say: 'open' }>): Follower {
    const silent = this.#upstreams.get(url);
    if (silent?.silent) silent.fail({ reason: 'silent', status: null, retryMs: null, problem: null });
    const upstream: Upstream = this.#upstreams.get(url) ?? this.#open(url, from);
    const follower: Follower = new Follower(port, from, this.#clock, () => upstream.remove(follower));
    upstream.join(follower);
    return follower;
  }

  #open(url: string, from: Follower['from']): Upstream {
    const upstream: Upstream = new Upstream({
      url,
      from,
      transport: this.#transport,
      clock: this.#clock,
      ended: () => {
        if (this.#upstreams.get(url) === upstream) this.#upstreams.delete(url);
      },
    });
    this.#upstreams.set(url, upstream);
    return upstream;
  }
}
