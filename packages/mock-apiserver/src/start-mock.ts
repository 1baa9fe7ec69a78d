import { seededRandom } from '@portolan/shared';
import { stringify } from 'yaml';
import { startApiServer } from './api/server.ts';
import { wallClock } from './clock.ts';
import { startCluster } from './cluster.ts';
import { ApiFaults } from './faults/api-faults.ts';
import { createFaults } from './faults/create-faults.ts';
import type { Faults } from './faults/faults.ts';
import { createPresenter, type Presenter } from './presenter.ts';
import { type ServiceAddress, type ServicePorts, ServiceProxy } from './proxy/service-proxy.ts';
import type { Traffic } from './proxy/traffic.ts';
import { createTraffic } from './proxy/traffic-client.ts';
import { beginScenario } from './scenarios/begin.ts';
import { type ClusterSize, SizeError } from './scenarios/large/size.ts';
import type { ScenarioScript } from './scenarios/scenario.ts';
import { SCENARIOS, SCRIPTS } from './scenarios/scenarios.ts';

/** Which cluster to play, where, how fast (1 is real time) and from which seed. Port 0, the default, is any free one. */
export interface MockOptions {
  scenario: string;
  host?: string;
  port?: number;
  speed?: number;
  /** How fast the time-outs that clients ask for, and the bookmarks between, go by; 1, the default, is real time. */
  requestSpeed?: number;
  seed?: number;
  /** For a scenario that has one: how many nodes and pods, and how many changes of pods a second. */
  size?: Partial<ClusterSize>;
  /** Where NodePort and LoadBalancer services listen on loopback; their node ports, by default. */
  services?: ServicePorts;
}

/** A running embedded cluster. `kubeconfig` is YAML that kubectl and any client take; whatever its token says is accepted. */
export interface MockCluster {
  url: string;
  kubeconfig: string;
  presenter: Presenter;
  /** The built-in client. */
  traffic: Traffic;
  /** Faults on request. */
  faults: Faults;
  /** Where the NodePort and LoadBalancer services answer. */
  addresses(): ServiceAddress[];
  /** Calls `listener` when one of them begins or ceases to answer; answers its own end. */
  subscribeAddresses(listener: () => void): () => void;
  /** Ends every watch and every simulated process; resolves when the port is free again. */
  close(): Promise<void>;
}

/** A scenario that does not exist. */
export class UnknownScenarioError extends Error {
  readonly reason = 'unknownScenario';

  constructor(name: string) {
    super(`there is no scenario "${name}": choose one of ${SCENARIOS.join(', ')}`);
    this.name = 'UnknownScenarioError';
  }
}

/** The script asked for, in the size asked for. */
function scriptOf({ scenario, size = {} }: MockOptions): ScenarioScript {
  const script = SCRIPTS[scenario];
  if (!script) throw new UnknownScenarioError(scenario);
  if (script.sized) return script.sized(size);
  if (Object.values(size).some((value) => value !== undefined))
    throw new SizeError(`scenario ${scenario} has one size only`);
  return script;
}

/** Faults draw from a source of their own, so that the cluster lives as it would without them. */
const FAULT_SEED = 2_000_003;

/** Versions begin at the tenths of a second of this age, so that a later life never repeats an earlier one's. */
const VERSIONS_SINCE = Date.UTC(2026, 0, 1);

function kubeconfigFor(url: string, namespace: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'demo',
    clusters: [{ name: 'demo', cluster: { server: url } }],
    users: [{ name: 'demo', user: { token: 'demo' } }],
    contexts: [{ name: 'demo', context: { cluster: 'demo', user: 'demo', namespace } }],
  });
}

/**
 * Starts an embedded cluster and its API. Rejects with UnknownScenarioError, SizeError, or with what listening failed with
 * (`EADDRINUSE`).
 */
export async function startMock(options: MockOptions): Promise<MockCluster> {
  const script = scriptOf(options);
  const clock = wallClock(options.speed);
  const wall = wallClock(options.requestSpeed);
  const seed = options.seed ?? 1;
  const report = (error: unknown) => process.emitWarning(error instanceof Error ? error : String(error));
  const cluster = startCluster({
    facts: script.cluster,
    fill: script.fill,
    clock,
    wall,
    seed,
    version: Math.max(0, Math.floor((Date.now() - VERSIONS_SINCE) / 100)),
    report,
  });
  beginScenario(script, cluster);
  script.live?.({ store: cluster.store, clock, seed });
  const { store } = cluster;
  const proxy = new ServiceProxy({
    store,
    clock,
    wall,
    seed,
    ports: options.services ?? 'node',
    // A node whose kubelet is stopped stands for a machine that is down.
    nodeAnswers: (name) => store.get('nodes', { name }) !== undefined && !cluster.nodes.isStopped(name),
    report,
  });
  const traffic = createTraffic({ store, wall, proxy });
  const api = new ApiFaults(wall);
  const faults = createFaults({ cluster, api, wall, random: seededRandom(seed + FAULT_SEED) });
  const stop = () => {
    faults.close();
    traffic.close();
    proxy.close();
    clock.stop();
    wall.stop();
  };
  try {
    const address = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 };
    const server = await startApiServer(cluster.api, address, {
      proxy: proxy.api,
      gate: (...request) => api.pass(...request),
    });
    return {
      url: server.url,
      kubeconfig: kubeconfigFor(server.url, script.namespace ?? 'default'),
      presenter: createPresenter(script, cluster),
      traffic,
      faults,
      addresses: () => proxy.addresses(),
      subscribeAddresses: (listener) => proxy.subscribe(listener),
      async close() {
        stop();
        await server.close();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
