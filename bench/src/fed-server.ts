import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Feed } from './processes/feed.ts';
import { type ProbedPortolan, probedPortolan } from './processes/probed.ts';

/** A server of a fed cluster. */
export interface FedServer {
  feed: Feed;
  server: ProbedPortolan;
  stream: string;
  /** Starts the server again, at the same address, once it has ended. */
  again(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a feed of so many pods and a real server of it. */
export async function fedServer(pods: number): Promise<FedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-fed-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const feed = new Feed(pods);
  writeFileSync(kubeconfig, await feed.start(), { mode: 0o600 });
  const serve = (port: string) => probedPortolan(['serve', '--kubeconfig', kubeconfig, '--port', port]);
  const server = await serve('0');
  const fed: FedServer = {
    feed,
    server,
    stream: `${server.url}/api/v1/clusters/feed/stream`,
    async again() {
      fed.server = await serve(new URL(String(server.url)).port);
    },
    async close() {
      await fed.server.process.stop();
      feed.close();
      rmSync(folder, { recursive: true });
    },
  };
  return fed;
}

/** Asks again and again until the answer is as wished; rejects after so many milliseconds. */
export async function until<T>(ask: () => Promise<T>, wished: (answer: T) => boolean, limitMs: number): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (wished(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within ${limitMs / 1000} s: ${JSON.stringify(answer).slice(0, 200)}`);
    await sleep(100);
  }
}

/** Lets real time pass. */
export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
