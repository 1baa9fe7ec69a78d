import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server on loopback that can be cut, and mended at the same address. */
export interface Network {
  url: string;
  /** Resets what is open, and whatever is asked for from here on. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Stands between a client and the server at `url`; what is encrypted passes as it is. */
export async function network(url: string): Promise<Network> {
  const { protocol, hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((client) => {
    if (!whole) {
      client.resetAndDestroy();
      return;
    }
    const way = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, way],
      [way, client],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      for (const socket of open) socket.resetAndDestroy();
    },
    mend() {
      whole = true;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
