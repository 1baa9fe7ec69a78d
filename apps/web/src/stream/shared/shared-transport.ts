import { type Cursor, parseCursor, splitFrom } from '../cursor.ts';
import type { Clock } from '../ports.ts';
import type { Transport, TransportHandlers } from '../transport.ts';
import type { Port, ToTab, ToWorker } from './messages.ts';

/** How long the worker may take to answer, in milliseconds; it then is taken for dead. */
const PATIENCE = 2_000;
/** After so long without a word the worker is asked whether it is there. */
const DOUBT = 3_000;
/** A worker that did not answer is not asked again for this long. */
const DISTRUST = 60_000;

/** What a tab needs: a port to the worker (null where there is none), a way to open a stream of its own, and a clock. */
export interface SharedTransportOptions {
  connect(): Port<ToWorker, ToTab> | null;
  own: Transport;
  clock: Clock;
}

/**
 * A transport over the stream that a worker has for all tabs. Where that stream cannot be joined without a gap the tab
 * opens one of its own, and leaves it for the shared one at the first moment at which what it has is exactly what the
 * server had. Where there is no worker, or it does not answer, the tab's own stream does.
 */
export function sharedTransport(options: SharedTransportOptions): Transport {
  const trust = { again: 0 };
  return (address, handlers) => {
    const way = new Way(address, handlers, options, trust);
    way.open();
    return () => way.close();
  };
}

/** One stream of one tab: at any moment over the worker, or its own, or its own while it asks the worker to take over. */
class Way {
  readonly #address: string;
  readonly #handlers: TransportHandlers;
  readonly #options: SharedTransportOptions;
  readonly #trust: { again: number };
  #port: Port<ToWorker, ToTab> | null = null;
  #closeOwn: (() => void) | null = null;
  /** What came over the tab's own stream while the worker was asked to take over; null while it is not. */
  #held: [event: string, data: string, id: string][] | null = null;
  /** The id of the last message that moved the cursor of the tab's own stream. */
  #at = '';
  #heard = false;
  #closed = false;
  #cancelTimer: () => void = () => undefined;

  constructor(address: string, handlers: TransportHandlers, options: SharedTransportOptions, trust: { again: number }) {
    this.#address = address;
    this.#handlers = handlers;
    this.#options = options;
    this.#trust = trust;
  }

  open(): void {
    if (!this.#join(splitFrom(this.#address).cursor)) this.#openOwn();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#leave();
    this.#closeOwn?.();
  }

  /** Asks the worker; false when there is none to ask. */
  #join(from: Cursor | null): boolean {
    if (this.#options.clock.now() < this.#trust.again) return false;
    const port = this.#options.connect();
    if (port === null) return false;
    this.#port = port;
    this.#heard = false;
    port.listen((message) => {
      if (this.#port === port) this.#take(message);
    });
    port.post({ say: 'open', url: splitFrom(this.#address).url, from });
    this.#after(PATIENCE, () => this.#unanswered());
    return true;
  }

  /** Neither the worker nor, where that was asked for, its stream was there in time. */
  #unanswered(): void {
    if (!this.#heard) this.#distrust();
    this.#leave();
    if (this.#closeOwn === null) this.#openOwn();
    else this.#goOn();
  }

  #take(message: ToTab): void {
    this.#heard = true;
    if (this.#held === null) this.#watch();
    switch (message.say) {
      case 'here':
        break;
      case 'alone':
        this.#leave();
        if (this.#closeOwn === null) this.#openOwn();
        else this.#goOn();
        break;
      case 'failed':
        this.#leave();
        if (this.#closeOwn !== null) this.#goOn();
        else {
          this.#closed = true;
          this.#handlers.failed(message.failure);
        }
        break;
      case 'alive':
        this.#port?.post({ say: 'took', length: 0 });
        this.#handlers.alive();
        break;
      case 'message':
        if (this.#held !== null) this.#takeOver();
        this.#port?.post({ say: 'took', length: message.data.length });
        this.#handlers.message(message.event, message.data, message.id);
        break;
    }
  }

  /** The worker's stream goes on from where the tab's own stood: what came over that since is among what follows. */
  #takeOver(): void {
    this.#held = null;
    this.#closeOwn?.();
    this.#closeOwn = null;
    this.#watch();
  }

  /** The tab's own stream goes on, with what came meanwhile. */
  #goOn(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const one of held) if (!this.#closed) this.#pass(...one);
  }

  #openOwn(): void {
    this.#closeOwn = this.#options.own(this.#address, {
      alive: () => this.#handlers.alive(),
      failed: (failure) => {
        this.close();
        this.#handlers.failed(failure);
      },
      message: (event, data, id) => {
        if (this.#held !== null) {
          this.#handlers.alive();
          this.#held.push([event, data, id]);
          return;
        }
        const exact = event === 'synced' || (event === 'heartbeat' && id === this.#at);
        this.#pass(event, data, id);
        const from = parseCursor(id);
        // A message may have led to this being closed.
        if (exact && from !== null && !this.#closed && this.#join(from)) this.#held = [];
      },
    });
  }

  #pass(event: string, data: string, id: string): void {
    if (event === 'synced' || event === 'change') this.#at = id;
    this.#handlers.message(event, data, id);
  }

  /** From here on the worker must be heard, or answer when it is asked. */
  #watch(): void {
    this.#after(DOUBT, () => {
      this.#port?.post({ say: 'ask' });
      this.#after(PATIENCE, () => {
        this.#distrust();
        this.close();
        this.#handlers.failed({ reason: 'lost', status: null, retryMs: null, problem: null });
      });
    });
  }

  #distrust(): void {
    this.#trust.again = this.#options.clock.now() + DISTRUST;
  }

  #leave(): void {
    this.#cancelTimer();
    this.#port?.post({ say: 'close' });
    this.#port?.close();
    this.#port = null;
  }

  #after(milliseconds: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(milliseconds, run);
  }
}
