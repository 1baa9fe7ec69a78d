import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { CoreV1Api, KubeConfig, type KubernetesObject, makeInformer, type V1Pod, Watch } from '@kubernetes/client-node';
import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { heldBytes } from './heap.ts';
import { Ledger } from './ledger.ts';
import { trendOf } from './statistics.ts';

const run = promisify(execFile);
const PATH = '/api/v1/pods';
const SAMPLES = 24;
/** How long a client may take to hear of what is there, once nobody asks for more. */
const PATIENCE_MS = 30_000;
const MIB = 1024 * 1024;

/**
 * How long the churn goes on, in simulated seconds, and how fast. Before it is measured it goes on until events are as
 * old as they are kept and the histories are full, so that as much goes as comes.
 */
export interface ChurnOptions {
  warmUp: number;
  seconds: number;
  speed: number;
}

const HOUR_S = 3600;

const keyOf = ({ metadata }: KubernetesObject) => `${metadata?.namespace}/${metadata?.name}`;
const versionOf = ({ metadata }: KubernetesObject) => Number(metadata?.resourceVersion ?? 0);

/** A client that is let go on and asked for its ledger. */
interface Client {
  ledger: Ledger;
  /** How often it had to begin again. */
  restarts(): number;
  stop(): void;
}

/** client-node's own Watch, resumed from its last version, begun again with a list where that is gone. */
function watchClient(config: KubeConfig, list: () => Promise<{ items: V1Pod[]; version: number }>): Client {
  const ledger = new Ledger();
  const watch = new Watch(config);
  let restarts = 0;
  let stopped = false;
  let leave: AbortController | undefined;
  let from: number | undefined;

  const begin = async (): Promise<void> => {
    if (stopped) return;
    if (from === undefined) {
      const { items, version } = await list();
      ledger.list(
        items.map((pod) => [keyOf(pod), versionOf(pod)] as const),
        version,
      );
      from = version;
    }
    const query = { resourceVersion: String(from), allowWatchBookmarks: true };
    leave = await watch.watch(
      PATH,
      query,
      (type: string, object: KubernetesObject) => {
        if (type === 'ERROR') from = undefined;
        else {
          if (type === 'BOOKMARK') ledger.reach(versionOf(object));
          else ledger.tell(type, keyOf(object), versionOf(object));
          from = versionOf(object);
        }
      },
      () => {
        restarts += 1;
        setTimeout(() => void begin(), 100);
      },
    );
  };
  void begin();
  return {
    ledger,
    restarts: () => restarts,
    stop() {
      stopped = true;
      leave?.abort();
    },
  };
}

/** client-node's informer, started again when it errs, as its documentation has it. Its cache is what it was told. */
function informerClient(config: KubeConfig): Client {
  const ledger = new Ledger();
  const api = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<V1Pod>(config, PATH, () => api.listPodForAllNamespaces());
  let restarts = 0;
  let stopped = false;
  informer.on('add', (pod) => ledger.tell('ADDED', keyOf(pod), versionOf(pod)));
  informer.on('update', (pod) => ledger.tell('MODIFIED', keyOf(pod), versionOf(pod)));
  informer.on('delete', (pod) => ledger.tell('DELETED', keyOf(pod), versionOf(pod)));
  informer.on('error', () => {
    restarts += 1;
    if (!stopped) setTimeout(() => void informer.start(), 100);
  });
  void informer.start();
  return {
    ledger,
    restarts: () => restarts,
    stop() {
      stopped = true;
      void informer.stop();
    },
  };
}

/** `kubectl get -w`, which lists and watches until it is stopped. */
function kubectlClient(kubectl: string, kubeconfig: string): Client {
  const ledger = new Ledger();
  const fields = ['.type', '.object.metadata.namespace', '.object.metadata.name', '.object.metadata.resourceVersion'];
  const line = `jsonpath=${fields.map((field) => `{${field}}`).join(' ')}{"\\n"}`;
  // In pages kubectl would show each page of its list as one object without a name.
  const get = ['get', 'pods', '-A', '-w', '--chunk-size=0', '--output-watch-events', '-o', line];
  let child: ChildProcess | undefined;
  let ends = 0;
  const begin = () => {
    const started = spawn(kubectl, ['--kubeconfig', kubeconfig, ...get], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    createInterface({ input: started.stdout }).on('line', (text) => {
      const [type = '', namespace, name, version] = text.split(' ');
      ledger.tell(type, `${namespace}/${name}`, Number(version));
    });
    started.on('close', () => {
      ends += 1;
    });
  };
  begin();
  return { ledger, restarts: () => ends, stop: () => child?.kill() };
}

/** Asks `kubectl wait` for one Deployment after the other, until stopped; counts those that came to be available in time. */
function waiter(kubectl: string, kubeconfig: string) {
  let stopped = false;
  const counts = { waited: 0, failed: [] as string[] };
  const config = ['--kubeconfig', kubeconfig];
  const loop = async () => {
    const { stdout } = await run(kubectl, [...config, 'get', 'deployments', '-A', '--no-headers']);
    const whole = stdout.split('\n').filter((line) => /^\S+\s+\S+\s+(\d+)\/\1\s/.test(line));
    for (let index = 0; !stopped; index++) {
      const [namespace = '', name = ''] = whole[index % whole.length]?.split(/\s+/) ?? [];
      const args = ['-n', namespace, 'wait', `deployment/${name}`, '--for=condition=Available', '--timeout=60s'];
      await run(kubectl, [...config, ...args]).then(
        () => {
          counts.waited += 1;
        },
        (error: unknown) => counts.failed.push(String(error)),
      );
    }
  };
  const over = loop();
  return {
    counts,
    async stop() {
      stopped = true;
      await over;
    },
  };
}

/** Waits until a client has heard of a version, by an event or a bookmark, or of nothing new for a while. */
async function caughtUp({ ledger }: Client, version: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (ledger.latest < version && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function listing(url: string): Promise<{ items: V1Pod[]; version: number }> {
  const response = await fetch(url + PATH);
  const list = (await response.json()) as { items: V1Pod[]; metadata: { resourceVersion: string } };
  return { items: list.items, version: Number(list.metadata.resourceVersion) };
}

/** Lets clients live through the churn of a cluster, and answers what each was told and how memory went. */
async function live(
  mock: MockCluster,
  kubeconfig: string,
  { warmUp, seconds, speed }: ChurnOptions,
): Promise<Record<string, object>> {
  const kubectl = process.env.PORTOLAN_KUBECTL ?? 'kubectl';
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  // client-node speaks plain HTTP only to those who say that they need no TLS.
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
  const clients: Record<string, Client> = {
    'client-node Watch': watchClient(config, () => listing(mock.url)),
    'client-node informer': informerClient(config),
    'kubectl get -w': kubectlClient(kubectl, kubeconfig),
  };
  const waits = waiter(kubectl, kubeconfig);
  await new Promise((resolve) => setTimeout(resolve, (warmUp * 1000) / speed));
  const memory: { x: number; y: number }[] = [];
  for (let sample = 1; sample <= SAMPLES; sample++) {
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / speed / SAMPLES));
    memory.push({ x: (sample * seconds) / SAMPLES / 3600, y: heldBytes() / MIB });
  }
  await waits.stop();
  const { items, version } = await listing(mock.url);
  const truth = new Map(items.map((pod) => [keyOf(pod), versionOf(pod)]));
  const figures: Record<string, object> = {};
  for (const [name, client] of Object.entries(clients)) {
    await caughtUp(client, version);
    const { ledger } = client;
    const wrong = ledger.differences(truth, version);
    for (const line of [...ledger.complaints, ...wrong].slice(0, 5)) console.error(`${name}: ${line}`);
    figures[name] = {
      events: ledger.events,
      'begun again': client.restarts(),
      lost: wrong.length,
      twice: ledger.complaints.length,
    };
    client.stop();
  }
  for (const line of waits.counts.failed.slice(0, 5)) console.error(`kubectl wait: ${line}`);
  figures['kubectl wait'] = { events: waits.counts.waited, lost: waits.counts.failed.length };
  figures['memory held (MiB)'] = trendOf(memory, 'an hour');
  return figures;
}

/**
 * Whether clients survive churn: client-node's own Watch and informer, `kubectl get -w` and `kubectl wait` live through
 * simulated seconds of it. At the end each must hold what a list shows, having been told nothing twice. The figures of
 * memory are of the process after its garbage is collected.
 */
export async function churn(
  options: ChurnOptions = { warmUp: 2 * HOUR_S, seconds: HOUR_S, speed: 50 },
): Promise<Record<string, object>> {
  const size = { nodes: 60, pods: 1200, churn: 6 };
  const mock = await startMock({ scenario: 'large', size, speed: options.speed, services: 'off' });
  const folder = mkdtempSync(join(tmpdir(), 'portolan-churn-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, mock.kubeconfig, { mode: 0o600 });
  try {
    return await live(mock, kubeconfig, options);
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
