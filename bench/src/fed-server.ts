import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainPods } from './fed/plain-pods.ts';
import type { Size } from './fed/sized-cluster.ts';
import type { ApiserverQuestion } from './processes/apiserver.ts';
import { Feed } from './processes/feed.ts';
import { Probed, type ProbedPortolan, probedPortolan } from './processes/probed.ts';
import { apiserver } from './program.ts';

/** A real server of a fed cluster. */
export interface Served {
  server: ProbedPortolan;
  stream: string;
  /** Starts the server again, at the same address, once it has ended. */
  again(): Promise<void>;
  close(): Promise<void>;
}

/** A server of a cluster that is fed by this process. */
export interface FedServer extends Served {
  feed: Feed;
}

/** A server of a cluster that is fed by another process. */
export interface SizedServer extends Served {
  apiserver: { process: Probed; ask<T = null>(what: ApiserverQuestion): Promise<T> };
}

async function serverOf(kubeconfig: string): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-fed-'));
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  const serve = (port: string) => probedPortolan(['serve', '--kubeconfig', file, '--port', port]);
  const server = await serve('0');
  const served: Served = {
    server,
    stream: `${server.url}/api/v1/clusters/feed/stream`,
    async again() {
      served.server = await serve(new URL(String(server.url)).port);
    },
    async close() {
      await served.server.process.stop();
      rmSync(folder, { recursive: true });
    },
  };
  return served;
}

/** Starts a feed of so many small pods and a real server of it. */
export async function fedServer(pods: number): Promise<FedServer> {
  const feed = new Feed(plainPods(pods));
  const served = await serverOf(await feed.start());
  const { close } = served;
  return Object.assign(served, {
    feed,
    async close() {
      await close();
      feed.close();
    },
  });
}

/** Starts an apiserver of so many whole pods, whose lists are held until it is told to release them, and a real server of it. */
export async function sizedServer(size: Size): Promise<SizedServer> {
  const process = new Probed(apiserver, [JSON.stringify(size)]);
  const ask = <T>(what: ApiserverQuestion) => process.ask<T>(what);
  await ask('prepare');
  await ask('hold');
  const served = await serverOf(await ask<string>('kubeconfig'));
  const { close } = served;
  return Object.assign(served, {
    apiserver: { process, ask },
    async close() {
      await close();
      await process.stop('SIGKILL');
    },
  });
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
