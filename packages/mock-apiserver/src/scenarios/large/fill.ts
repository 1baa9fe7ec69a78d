import type { DaemonSet, Job, Node, Service, StatefulSet } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { RESOURCES } from '../../api/resources.ts';
import type { ControllerContext } from '../../controllers/context.ts';
import { createDefaulted, type PodIdentity } from '../../controllers/create.ts';
import { startDaemonSetController } from '../../controllers/daemon-set/daemon-set.ts';
import { specOn } from '../../controllers/daemon-set/placement.ts';
import { startDeploymentController } from '../../controllers/deployment/deployment.ts';
import { startEndpointsController } from '../../controllers/endpoints/endpoints.ts';
import { EventRecorder } from '../../controllers/event-recorder.ts';
import { startJobController } from '../../controllers/job/job.ts';
import { BEHAVIOUR_ANNOTATION } from '../../controllers/kubelet/behaviour-of.ts';
import { PRESSURE_ANNOTATION } from '../../controllers/kubelet/node-conditions.ts';
import { startFurnishing } from '../../controllers/namespace/furnish.ts';
import { startReplicaSetController } from '../../controllers/replica-set.ts';
import { startScheduler } from '../../controllers/scheduler/scheduler.ts';
import { hashOf, REVISION_LABEL, syncHistory } from '../../controllers/set-history.ts';
import { identityOf } from '../../controllers/stateful-set/identity.ts';
import { startStatefulSetController } from '../../controllers/stateful-set/stateful-set.ts';
import { fakeClock } from '../../fake-clock.ts';
import type { NewObject } from '../../store/store.ts';
import { Store } from '../../store/store.ts';
import { toTime } from '../../time.ts';
import type { Filling } from '../filling.ts';
import { nodeName, troubleOf } from './nodes.ts';
import { Placer } from './placer.ts';
import { type PodTrouble, planOf, type WorkloadPlan } from './plan.ts';
import { PodMaker } from './pod-maker.ts';
import type { PodState } from './pod-states.ts';
import type { ClusterSize } from './size.ts';
import { BATCH, DAEMONS, KEEPING, SERVING, templateOf } from './templates.ts';

/** How long ago the cluster began, and how long it rests at the end. */
const AGE_MS = 20 * 24 * 3_600_000;
const REST_MS = 3_600_000;

/** Between a controller's look at a new object and its next: what it makes is there, what its pods need is not yet asked for. */
const NOTICE_MS = 12;
const SETTLE_MS = 200;

/** Pods that a stopped node still has though they were to go. */
const STRANDED = 3;

const STATES: Record<PodTrouble, PodState> = { crashes: 'crashing', noImage: 'noImage', tooBig: 'unschedulable' };

/** A core count that no node has. */
const TOO_BIG_MILLI_CORES = 10_000_000;

/** Fills a store with a large cluster: lets its controllers live through twenty days in which its workloads came one by one. */
export class Prehistory {
  readonly #context: ControllerContext;
  readonly #placer: Placer;
  readonly #size: ClusterSize;
  readonly #filling: Filling;
  readonly #clock;
  /** Makers of pods that run on some node, to be asked for more. */
  readonly #running: PodMaker[] = [];

  constructor(filling: Filling, size: ClusterSize) {
    const { store, random, addresses, report, now } = filling;
    this.#filling = filling;
    this.#size = size;
    this.#clock = fakeClock(now - AGE_MS);
    this.#placer = new Placer(size, random);
    // What happened so long ago, no event tells any more.
    const forgotten = new Store({ clock: this.#clock, random: seededRandom(1), resources: RESOURCES });
    const events = new EventRecorder(forgotten, this.#clock);
    this.#context = { store, clock: this.#clock, random, addresses, events, report };
  }

  /** Writes it all. */
  write(): void {
    this.#filling.store.prehistory(this.#clock, () => this.#live());
    this.#clock.stop();
  }

  #live(): void {
    const { context, clock } = { context: this.#context, clock: this.#clock };
    this.#filling.seed(clock);
    startFurnishing(context);
    startDeploymentController(context);
    startReplicaSetController(context, 'replicasets.apps');
    startStatefulSetController(context);
    startDaemonSetController(context);
    startJobController(context);
    startEndpointsController(context);
    const { namespaces, workloads } = planOf(this.#size, context.random);
    for (const name of namespaces) createDefaulted(context, 'namespaces', { metadata: { name } });
    clock.advance(SETTLE_MS);
    const step = (AGE_MS - 2 * REST_MS) / (workloads.length + 1);
    for (const workload of workloads) {
      const began = clock.now();
      this.#make(workload);
      clock.advance(SETTLE_MS);
      clock.advance(Math.max(0, step - (clock.now() - began)));
    }
    this.#strand();
    this.#trouble();
    startScheduler(context);
    clock.advance(REST_MS);
    clock.advance(this.#filling.now - clock.now());
  }

  #make(plan: WorkloadPlan): void {
    switch (plan.kind) {
      case 'Deployment':
        this.#deployment(plan);
        break;
      case 'StatefulSet':
        this.#statefulSet(plan);
        break;
      case 'DaemonSet':
        this.#daemonSet(plan);
        break;
      case 'Job':
        this.#job(plan);
        break;
    }
    if (plan.served) this.#serve(plan);
  }

  #pods(maker: PodMaker, state: PodState, milliCores: number, identities: readonly PodIdentity[]): void {
    for (const identity of identities) {
      const berth = state === 'unschedulable' ? undefined : this.#placer.any(milliCores);
      maker.make(berth ? state : 'unschedulable', berth, identity);
    }
  }

  #deployment({ namespace, name, shape: row, replicas, trouble }: WorkloadPlan): void {
    const shape = SERVING[row] ?? BATCH;
    const labels = { app: name };
    const template = templateOf(shape, labels, {
      ...(trouble === 'noImage' && { image: `registry.example.com/apps/no-such-${name}:1.0.0` }),
      ...(trouble === 'tooBig' && { milliCores: TOO_BIG_MILLI_CORES }),
    });
    if (trouble === 'crashes') {
      template.metadata = {
        ...template.metadata,
        annotations: { [`${BEHAVIOUR_ANNOTATION}.main`]: 'runs=5s exits=1' },
      };
    }
    const { metadata } = createDefaulted(this.#context, 'deployments.apps', {
      metadata: { namespace, name, labels },
      spec: { replicas, selector: { matchLabels: labels }, template },
    });
    this.#clock.advance(NOTICE_MS);
    const [set] = this.#context.store.by('replicasets.apps', 'controller', metadata.uid);
    if (!set?.spec.template) throw new Error(`the Deployment ${namespace}/${name} has made no ReplicaSet`);
    const maker = new PodMaker(this.#context, set, set.spec.template);
    const state = trouble ? STATES[trouble] : 'ready';
    this.#pods(maker, state, shape.milliCores, Array<PodIdentity>(replicas).fill({}));
    if (state === 'ready') this.#running.push(maker);
  }

  #statefulSet({ namespace, name, shape: row, replicas }: WorkloadPlan): void {
    const shape = KEEPING[row] ?? BATCH;
    const labels = { app: name };
    const set: StatefulSet = createDefaulted(this.#context, 'statefulsets.apps', {
      metadata: { namespace, name, labels },
      spec: {
        replicas,
        serviceName: name,
        selector: { matchLabels: labels },
        template: templateOf(shape, labels),
      },
    });
    const { update } = syncHistory(this.#context, set, REVISION_LABEL);
    const maker = new PodMaker(this.#context, set, set.spec.template);
    const identities = Array.from({ length: replicas }, (_, ordinal) => identityOf(set, ordinal, update));
    this.#pods(maker, 'ready', shape.milliCores, identities);
  }

  #daemonSet({ namespace, name, shape: row, replicas }: WorkloadPlan): void {
    const shape = DAEMONS[row] ?? BATCH;
    const labels = { 'k8s-app': name };
    const set: DaemonSet = createDefaulted(this.#context, 'daemonsets.apps', {
      metadata: { namespace, name, labels },
      spec: { selector: { matchLabels: labels }, template: templateOf(shape, labels) },
    });
    const { update } = syncHistory(this.#context, set, REVISION_LABEL);
    const own = { [REVISION_LABEL]: hashOf(set, update), 'pod-template-generation': '1' };
    const maker = new PodMaker(this.#context, set, set.spec.template);
    for (let index = 0; index < replicas; index++) {
      const node: Node = this.#context.store.need('nodes', { name: nodeName(index) });
      const state = this.#placer.isStopped(index) ? 'unreachable' : 'ready';
      maker.make(state, this.#placer.on(index, shape.milliCores), { labels: own, spec: specOn(set, node) });
    }
  }

  #job({ namespace, name, replicas }: WorkloadPlan): void {
    const template = templateOf(BATCH, { app: name });
    template.spec.restartPolicy = 'Never';
    const job: Job = createDefaulted(this.#context, 'jobs.batch', {
      metadata: { namespace, name },
      spec: { completions: replicas, parallelism: replicas, template },
    });
    const maker = new PodMaker(this.#context, job, job.spec.template);
    this.#pods(maker, 'completed', 0, Array<PodIdentity>(replicas).fill({}));
  }

  #serve({ kind, namespace, name, shape }: WorkloadPlan): void {
    const port = (SERVING[shape] ?? KEEPING[shape])?.port ?? 80;
    const service: NewObject<Service> = {
      metadata: { namespace, name, labels: { app: name } },
      spec: {
        type: 'ClusterIP',
        selector: { app: name },
        ports: [{ name: 'main', port, targetPort: 'main', protocol: 'TCP' }],
        ...(kind === 'StatefulSet' && { clusterIP: 'None' }),
      },
    };
    createDefaulted(this.#context, 'services', service);
  }

  /** Pods that were evicted from stopped nodes and wait there for a kubelet to end them; others have taken their places. */
  #strand(): void {
    for (const [place, node] of this.#placer.stopped.entries()) {
      for (let index = 0; index < STRANDED; index++) {
        const maker = this.#running[(place * STRANDED + index) % (this.#running.length || 1)];
        const pod = maker?.make('unreachable', this.#placer.on(node, 0));
        if (pod) this.#context.store.delete('pods', pod.metadata);
      }
    }
  }

  /** What the kubelets and the node lifecycle have written of nodes in trouble. */
  #trouble(): void {
    const { store, clock } = this.#context;
    for (let index = 0; index < this.#size.nodes; index++) {
      const trouble = troubleOf(index, this.#size.nodes);
      if (!trouble) continue;
      const now = toTime(clock.now());
      store.update('nodes', { name: nodeName(index) }, (node) => {
        TROUBLED[trouble](node, now);
        return node;
      });
    }
  }
}

function setCondition(
  node: Node,
  type: string,
  status: 'True' | 'Unknown',
  reason: string,
  message: string,
  now: string,
) {
  for (const condition of node.status?.conditions ?? []) {
    if (condition.type === type) Object.assign(condition, { status, reason, message, lastTransitionTime: now });
  }
}

const addTaint = (node: Node, key: string, effect: string, timeAdded?: string) => {
  const taint = { key: `node.kubernetes.io/${key}`, effect, ...(timeAdded && { timeAdded }) };
  node.spec = { ...node.spec, taints: [...(node.spec?.taints ?? []), taint] };
};

/** How a node in trouble stands, as its kubelet or the node lifecycle left it. */
const TROUBLED: Record<'stopped' | 'cordoned' | 'pressed', (node: Node, now: string) => void> = {
  stopped(node, now) {
    for (const { type } of node.status?.conditions ?? []) {
      setCondition(node, type, 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.', now);
    }
    addTaint(node, 'unreachable', 'NoSchedule', now);
    addTaint(node, 'unreachable', 'NoExecute', now);
  },
  cordoned(node, now) {
    node.spec = { ...node.spec, unschedulable: true };
    addTaint(node, 'unschedulable', 'NoSchedule', now);
  },
  pressed(node, now) {
    node.metadata.annotations = { ...node.metadata.annotations, [PRESSURE_ANNOTATION]: 'MemoryPressure' };
    const [reason, message] = ['KubeletHasInsufficientMemory', 'kubelet has insufficient memory available'];
    setCondition(node, 'MemoryPressure', 'True', reason, message, now);
    addTaint(node, 'memory-pressure', 'NoSchedule', now);
  },
};
