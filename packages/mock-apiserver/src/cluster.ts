import { AddressPool } from './api/address-pool.ts';
import type { ApiContext } from './api/request.ts';
import { RESOURCES } from './api/resources.ts';
import { WatchGauge } from './api/watch-gauge.ts';
import type { Clock } from './clock.ts';
import type { ControllerContext } from './controllers/context.ts';
import { startDaemonSetController } from './controllers/daemon-set.ts';
import { startDeploymentController } from './controllers/deployment/deployment.ts';
import { startEndpointsController } from './controllers/endpoints.ts';
import { EventRecorder } from './controllers/event-recorder.ts';
import { startGarbageCollector } from './controllers/garbage-collector.ts';
import { startJobController } from './controllers/job.ts';
import { startKubelets } from './controllers/kubelet/kubelet.ts';
import { startNamespaceController } from './controllers/namespace.ts';
import { startNodeHeartbeats } from './controllers/node-heartbeat.ts';
import { startReplicaSetController } from './controllers/replica-set.ts';
import { startScheduler } from './controllers/scheduler/scheduler.ts';
import { startStatefulSetController } from './controllers/stateful-set.ts';
import { seededRandom } from './random.ts';
import type { ClusterFacts } from './scenarios/scenario.ts';
import { seedCluster } from './seed-cluster.ts';
import { Store } from './store/store.ts';

/** What a simulated cluster runs on. `wall` counts real seconds, for the timeouts that clients ask for. */
export interface ClusterOptions {
  facts: ClusterFacts;
  clock: Clock;
  wall: Clock;
  seed: number;
  report(error: unknown): void;
  /** The resource version before the first write. */
  version?: number;
}

/** A cluster that lives: its store with all controllers at work, and what the API needs to serve it. */
export interface Cluster {
  store: Store;
  api: ApiContext;
}

/** Fills a store with the scenario's nodes and starts every controller over it. */
export function startCluster({ facts, clock, wall, seed, report, version = 0 }: ClusterOptions): Cluster {
  const random = seededRandom(seed);
  const store = new Store({ clock, random, resources: RESOURCES, version });
  const addresses = new AddressPool(facts.services, random);
  const context: ControllerContext = { store, clock, random, events: new EventRecorder(store, clock), report };
  seedCluster(store, clock, facts);
  startGarbageCollector(context);
  startNamespaceController(context);
  startDeploymentController(context);
  startReplicaSetController(context, 'replicasets.apps');
  startReplicaSetController(context, 'replicationcontrollers');
  startStatefulSetController(context);
  startDaemonSetController(context);
  startJobController(context);
  startEndpointsController(context);
  startScheduler(context);
  startKubelets(context, facts.images);
  startNodeHeartbeats(context);
  return { store, api: { store, clock, wall, addresses, gauge: new WatchGauge() } };
}
