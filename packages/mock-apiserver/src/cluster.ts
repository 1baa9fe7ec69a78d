import { seededRandom } from '@portolan/shared';
import { AddressPool } from './api/address-pool.ts';
import type { ApiContext } from './api/request.ts';
import { RESOURCES } from './api/resources.ts';
import { WatchGauge } from './api/watch-gauge.ts';
import type { Clock } from './clock.ts';
import { startAutoscaler } from './controllers/autoscaler/autoscaler.ts';
import { startClusterRoleAggregation } from './controllers/cluster-role-aggregation.ts';
import type { ControllerContext } from './controllers/context.ts';
import { componentStatuses } from './controllers/control-plane/component-statuses.ts';
import { type Components, startComponents } from './controllers/control-plane/components.ts';
import { DEFAULT_CONTROL_PLANE } from './controllers/control-plane/facts.ts';
import { startCronJobController } from './controllers/cron-job/cron-job.ts';
import { startCustomResources } from './controllers/custom-resources.ts';
import { startDaemonSetController } from './controllers/daemon-set/daemon-set.ts';
import { startDeploymentController } from './controllers/deployment/deployment.ts';
import { startDisruptionController } from './controllers/disruption.ts';
import { startEndpointsController } from './controllers/endpoints/endpoints.ts';
import { EventRecorder } from './controllers/event-recorder.ts';
import { startGarbageCollector } from './controllers/garbage-collector.ts';
import { startJobController } from './controllers/job/job.ts';
import { startTtlController } from './controllers/job/ttl.ts';
import type { NodeControl, PodControl } from './controllers/kubelet/control.ts';
import { createNodeControl, createPodControl } from './controllers/kubelet/faults.ts';
import { startKubelets } from './controllers/kubelet/kubelet.ts';
import { createNodeAgents } from './controllers/kubelet/node-agents.ts';
import { createLoad, type Load } from './controllers/load.ts';
import { startLoadBalancers } from './controllers/load-balancer.ts';
import { startFurnishing } from './controllers/namespace/furnish.ts';
import { startNamespaceController } from './controllers/namespace/namespace.ts';
import { startNodeMonitor } from './controllers/node-lifecycle/monitor.ts';
import { startPodGarbageCollector } from './controllers/node-lifecycle/pod-gc.ts';
import { startTaintEviction } from './controllers/node-lifecycle/taint-eviction.ts';
import { startReplicaSetController } from './controllers/replica-set.ts';
import { startResourceQuotaController } from './controllers/resource-quota.ts';
import { startScheduler } from './controllers/scheduler/scheduler.ts';
import { startStatefulSetController } from './controllers/stateful-set/stateful-set.ts';
import { DEFAULT_TIMINGS, type NodeTimings } from './controllers/timings.ts';
import { startVolumeBinder } from './controllers/volumes/binder.ts';
import { startVolumeProtection } from './controllers/volumes/protection.ts';
import { startProvisioners } from './controllers/volumes/provisioner.ts';
import type { Filling } from './scenarios/filling.ts';
import { MISSING_IMAGE } from './scenarios/images.ts';
import type { ClusterFacts } from './scenarios/scenario.ts';
import { seedCluster } from './seed-cluster.ts';
import { Store } from './store/store.ts';

/** What a simulated cluster runs on. `wall` counts real seconds, for the timeouts that clients ask for. */
export interface ClusterOptions {
  facts: ClusterFacts;
  /** Fills the store before anything lives in it. */
  fill?: ((filling: Filling) => void) | undefined;
  clock: Clock;
  wall: Clock;
  seed: number;
  report(error: unknown): void;
  /** The resource version before the first write. */
  version?: number;
  /** Freezes what the store gives out, for tests. */
  frozen?: boolean;
}

/** A cluster that lives: its store with all controllers at work, and what the API needs to serve it. */
export interface Cluster {
  store: Store;
  /** The processes of the scheduler and the controller-manager, to be stopped and started. */
  components: Components;
  /** How hard workloads work. */
  load: Load;
  /** The kubelets of nodes, to be stopped and started, and nodes that join. */
  nodes: NodeControl;
  /** Probes of pods that fail, containers that end. */
  pods: PodControl;
  api: ApiContext;
}

/** Elections draw from a source of their own, so that what else happens does not depend on them. */
const ELECTION_SEED = 1_000_003;

/** How many times as fast as the wall's the time of a clock passes, measured from now on; 1 until something has passed. */
function speedOf(clock: Clock): () => number {
  const [began, from] = [clock.now(), clock.elapsed()];
  return () => {
    const passed = clock.now() - began;
    return passed > 0 ? (clock.elapsed() - from) / passed : 1;
  };
}

/** Fills a store with the scenario's nodes and starts every controller over it. */
export function startCluster({
  facts,
  fill = (filling) => filling.seed(clock),
  clock,
  wall,
  seed,
  report,
  version = 0,
  frozen = false,
}: ClusterOptions): Cluster {
  const random = seededRandom(seed);
  const store = new Store({ clock, wall, random, resources: RESOURCES, version, frozen });
  const addresses = new AddressPool(facts.services, random);
  const events = new EventRecorder(store, clock);
  const context: ControllerContext = { store, clock, random, addresses, events, report };
  fill({ store, addresses, random, now: clock.now(), report, seed: (at) => seedCluster(store, at, facts) });
  const load = createLoad(store, clock);
  const components = startComponents(
    { store, clock, random: seededRandom(seed + ELECTION_SEED), events },
    facts.controlPlane ?? DEFAULT_CONTROL_PLANE,
  );
  const manager: ControllerContext = { ...context, clock: components.clock('kube-controller-manager') };
  startCustomResources(context);
  startGarbageCollector(manager);
  startNamespaceController(manager);
  startFurnishing(manager);
  startResourceQuotaController(manager);
  startClusterRoleAggregation(manager);
  startDeploymentController(manager);
  startReplicaSetController(manager, 'replicasets.apps');
  startReplicaSetController(manager, 'replicationcontrollers');
  startStatefulSetController(manager);
  startDaemonSetController(manager);
  startJobController(manager);
  startTtlController(manager);
  startCronJobController(manager);
  startAutoscaler(manager, load);
  startDisruptionController(manager);
  startVolumeBinder(manager);
  startVolumeProtection(manager);
  startEndpointsController(manager);
  if (facts.loadBalancers) startLoadBalancers(manager, facts.loadBalancers);
  startScheduler({ ...context, clock: components.clock('kube-scheduler') });
  startProvisioners(context);
  const timings: NodeTimings = { ...DEFAULT_TIMINGS, ...facts.timings };
  startNodeMonitor(manager, () => timings);
  startTaintEviction(manager, () => timings);
  startPodGarbageCollector(manager);
  const agents = createNodeAgents(context, () => timings, facts.networkPlugin, facts.networkMessage);
  const kubelets = startKubelets(context, [MISSING_IMAGE, ...facts.images], agents.networkProblem);
  agents.begin(kubelets);
  const nodes = createNodeControl(store, clock, kubelets, timings);
  const pods = createPodControl(store, kubelets);
  const api: ApiContext = {
    store,
    clock,
    wall,
    addresses,
    gauge: new WatchGauge(),
    speed: speedOf(clock),
    usageOf: (pod) => load.usageOf(pod),
    componentStatuses: () => componentStatuses(components, facts.componentStatuses),
  };
  return { store, components, load, nodes, pods, api };
}
