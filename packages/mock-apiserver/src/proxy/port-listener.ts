import { createServer, type Server, type Socket } from 'node:net';

/** The address everything listens on: services answer on this machine alone. */
export const LOOPBACK = '127.0.0.1';
const MOST_CONNECTIONS = 1024;

/** What a listener is made of: the port to try first (undefined for any free one), and what takes a connection. */
export interface PortListenerOptions {
  preferred: number | undefined;
  take(socket: Socket): void;
  /** Told when it begins or ceases to listen. */
  changed(): void;
  report(error: unknown): void;
}

/**
 * One port on loopback that listens while it is open and refuses while it is closed, as kube-proxy's REJECT does. It keeps
 * its port from one opening to the next; one that is taken is replaced by any free one.
 */
export class PortListener {
  readonly #options: PortListenerOptions;
  #server: Server | undefined;
  #port: number | undefined;
  #listening = false;
  /** Those who wait for what is under way to come out. */
  readonly #waiting: (() => void)[] = [];

  constructor(options: PortListenerOptions) {
    this.#options = options;
  }

  /** The port it listens or last listened on; undefined before it first did. */
  get port(): number | undefined {
    return this.#port;
  }

  get listening(): boolean {
    return this.#listening;
  }

  open(): void {
    if (!this.#server) this.#listen([this.#port, this.#options.preferred, 0]);
  }

  /** Resolves once it listens, or is not about to. */
  settled(): Promise<void> {
    if (!this.#server || this.#listening) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Accepts nothing from now on; what was accepted is not touched. */
  close(): void {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    server.close();
    this.#settle();
    if (!this.#listening) return;
    this.#listening = false;
    this.#options.changed();
  }

  #listen([port, ...others]: (number | undefined)[]): void {
    if (port === undefined) {
      if (others.length > 0) this.#listen(others);
      return;
    }
    const { take, changed, report } = this.#options;
    const server = createServer(take);
    server.maxConnections = MOST_CONNECTIONS;
    this.#server = server;
    server.on('error', (error: NodeJS.ErrnoException) => {
      // Closed meanwhile: nobody waits for this one.
      if (this.#server !== server) return;
      this.#server = undefined;
      if (error.code === 'EADDRINUSE' && others.length > 0) this.#listen(others);
      else {
        this.#settle();
        report(error);
      }
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      if (this.#server !== server || address === null || typeof address === 'string') return;
      this.#port = address.port;
      this.#listening = true;
      this.#settle();
      changed();
    });
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
