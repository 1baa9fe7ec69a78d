import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A pulse comes after two seconds at the earliest; what comes sooner after the last bytes may be anything. */
const QUIET_MS = 1_800;

/** A way to a server on which the streams that are open can fall silent while every other connection goes on. */
export interface HalfOpen {
  url: string;
  /** How often bytes have come over a stream on which nothing had come for as long as it takes to a pulse. */
  pulses(): number;
  /** From here on nothing more comes over the streams that are open; neither end is told. */
  silence(): void;
  stop(): Promise<void>;
}

/** Stands between a browser and the server at `url`, as a router that forgets connections does. */
export async function halfOpen(url: string): Promise<HalfOpen> {
  const { hostname, port } = new URL(url);
  const open = new Set<{ stream: boolean; mute(): void; end(): void }>();
  let pulses = 0;
  const server = createServer((browser) => {
    const way = connect(Number(port), hostname);
    let last = Date.now();
    const pair = {
      stream: false,
      mute: () => void way.unpipe(browser).resume(),
      end: () => {
        browser.destroy();
        way.destroy();
        open.delete(pair);
      },
    };
    open.add(pair);
    browser.on('data', (chunk) => {
      if (chunk.includes('/stream')) pair.stream = true;
    });
    way.on('data', () => {
      if (pair.stream && Date.now() - last >= QUIET_MS) pulses += 1;
      last = Date.now();
    });
    browser.pipe(way);
    way.pipe(browser);
    for (const socket of [browser, way]) socket.on('error', pair.end).on('close', pair.end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pulses: () => pulses,
    silence() {
      for (const pair of open) if (pair.stream) pair.mute();
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const pair of open) pair.end();
      await closed;
    },
  };
}
