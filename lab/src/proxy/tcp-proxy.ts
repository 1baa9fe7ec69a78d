import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../../apps/server/src/clock.ts';
import { type Ending, Pipe } from './pipe.ts';
import { FAIR, type Weather } from './weather.ts';

/** What becomes of a connection that is asked for: it is made, it is accepted and nothing follows, or it is reset. */
export type Door = 'open' | 'blackHole' | 'refuse';

interface Link {
  client: Socket;
  server: Socket | null;
  up: Pipe | null;
  down: Pipe | null;
  /** Weather that was there when it was made and stays with it. */
  frozen: boolean;
}

/**
 * A TCP proxy on loopback that does to connections what networks do. `up` is the weather from the client to the server,
 * `down` from the server to the client; both hold for the connections that are open and for those to come.
 */
export class TcpProxy {
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #upstream: { host: string; port: number };
  #up = FAIR;
  #down = FAIR;
  #door: Door = 'open';
  #port = 0;
  /** Connections that were asked for. */
  accepted = 0;
  /** Connections that came while the door was not open. */
  turnedAway = 0;

  constructor(upstream: { host: string; port: number }, clock: Clock) {
    this.#upstream = upstream;
    this.#clock = clock;
    // Half-open connections are ours to judge: an end that comes is passed on, not answered.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#links.size;
  }

  /** Listens on any free port of loopback. */
  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Resets what is open, and listens no more. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut('rst');
    await closed;
  }

  /** Where connections to come lead. */
  lead(upstream: { host: string; port: number }): void {
    this.#upstream = upstream;
  }

  /** Sets the door for connections to come. */
  set door(door: Door) {
    this.#door = door;
  }

  /** Changes the weather of both directions, or of one; what is not said stays as it is. */
  weather(change: Partial<Weather>, direction: 'up' | 'down' | 'both' = 'both'): void {
    if (direction !== 'down') this.#up = { ...this.#up, ...change };
    if (direction !== 'up') this.#down = { ...this.#down, ...change };
    this.#changed();
  }

  /** Freezes what is open now, and nothing that comes later; answers how many, and the way to thaw them. */
  freezeOpen(): { befell: number; thaw: () => void } {
    const links = [...this.#links].filter((link) => !link.frozen);
    for (const link of links) link.frozen = true;
    this.#changed();
    return {
      befell: links.length,
      thaw: () => {
        for (const link of links) link.frozen = false;
        this.#changed();
      },
    };
  }

  /** Ends what is open, both sides of it; answers how many. */
  cut(ending: Ending, chosen: () => boolean = () => true): number {
    const links = [...this.#links].filter(() => chosen());
    for (const { client, server } of links) {
      if (ending === 'rst') client.resetAndDestroy();
      else client.end();
      server?.destroy();
    }
    return links.length;
  }

  /** Lets so many bytes more come down each open connection, then ends it; answers how many. */
  truncate(bytes: number, ending: Ending): number {
    for (const { down } of this.#links) down?.truncate(bytes, ending);
    return this.#links.size;
  }

  #accept(client: Socket): void {
    this.accepted++;
    // A socket that breaks is closed, and that is heard below.
    client.on('error', () => client.destroy());
    if (this.#door === 'refuse') {
      this.turnedAway++;
      client.resetAndDestroy();
      return;
    }
    const link: Link = { client, server: null, up: null, down: null, frozen: false };
    this.#links.add(link);
    client.on('close', () => {
      this.#links.delete(link);
      link.server?.destroy();
    });
    if (this.#door === 'blackHole') {
      this.turnedAway++;
      client.resume();
      client.on('end', () => client.destroy());
      return;
    }
    const server = connect({ ...this.#upstream, allowHalfOpen: true, noDelay: true });
    server.on('error', () => client.resetAndDestroy());
    server.on('close', () => {
      // What the server sent before it left is still on its way through `down`.
      if (!server.readableEnded) client.destroy();
    });
    link.server = server;
    const sees = (weather: () => Weather) => () => (link.frozen ? { ...weather(), frozen: true } : weather());
    link.up = new Pipe(
      client,
      server,
      this.#clock,
      sees(() => this.#up),
    );
    link.down = new Pipe(
      server,
      client,
      this.#clock,
      sees(() => this.#down),
    );
    link.up.changed();
    link.down.changed();
  }

  #changed(): void {
    for (const { up, down } of this.#links) {
      up?.changed();
      down?.changed();
    }
  }
}
