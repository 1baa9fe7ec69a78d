import type { Node, Pod } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeFacts } from '../../scenarios/scenario.ts';
import { type Lab, startLab } from '../../testing/lab.ts';
import { isReady } from '../pod-state.ts';

const service =
  '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: x}, ports: [{port: 80}]}}';

const deployment = (replicas: number, spec = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec:
      ${spec}
      containers: [{name: c, image: 'nginx:1'}]
`;

const daemons = (name: string) =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: ${name}}, spec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}}}`;

const facts = (name: string, more: Partial<NodeFacts> = {}): NodeFacts => ({
  name,
  address: `10.0.0.${name.replace(/\D/g, '')}`,
  podCIDR: `10.1.${name.replace(/\D/g, '')}.0/24`,
  cpu: '4',
  memory: '8Gi',
  ...more,
});

describe('the life of nodes', () => {
  let lab: Lab;
  const node = (name: string) => lab.store.need('nodes', { name });
  const ready = (of: Node) => of.status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  const taints = (name: string) =>
    (node(name).spec?.taints ?? []).map(({ key, effect }) => `${key.split('/')[1]}:${effect}`);
  const pods = () => lab.store.list('pods', 'default');
  const on = (name: string) => lab.store.by('pods', 'node', name);
  const events = (object: Node | Pod) =>
    lab.store.by('events', 'involved', object.metadata.uid).map(({ reason, message }) => `${reason}: ${message}`);
  /** Seconds until something holds, looked at every tenth of one. */
  const until = (holds: () => boolean, most = 500): number => {
    for (let tenths = 0; tenths < most * 10; tenths++) {
      if (holds()) return tenths / 10;
      lab.seconds(0.1);
    }
    throw new Error(`it did not happen within ${most} s`);
  };

  beforeEach(() => {
    lab = startLab();
  });

  it('[M150] a node whose kubelet stops is Unknown after its grace, its pods stay Running but are not ready', () => {
    lab.create(service);
    lab.create(deployment(4));
    lab.seconds(60);
    const [pod] = on('node2');
    if (!pod) throw new Error('node2 has no pod');
    lab.nodes.stop('node2');
    expect(lab.nodes.isStopped('node2')).toBe(true);
    // By the last lease before, and the controller's turns.
    const after = until(() => ready(node('node2')) === 'Unknown');
    expect(after).toBeGreaterThan(30);
    expect(after).toBeLessThan(50);
    lab.seconds(0.1);
    expect(node('node2').status?.conditions?.map(({ status, reason, message }) => [status, reason, message])).toEqual(
      Array(4).fill(['Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.']),
    );
    expect(taints('node2')).toEqual(['unreachable:NoSchedule']);
    expect(events(node('node2'))).toContain('NodeNotReady: Node node2 status is now: NodeNotReady');
    const marked = lab.store.need('pods', pod.metadata);
    expect(isReady(marked)).toBe(false);
    expect(marked.status?.containerStatuses?.[0]).toMatchObject({ ready: true, state: { running: {} } });
    expect(events(marked)).toContain('NodeNotReady: Node is not ready');
    const [slice] = lab.store.by('endpointslices.discovery.k8s.io', 'service', 'default/web');
    expect(slice?.endpoints?.filter(({ conditions }) => conditions?.ready).map(({ nodeName }) => nodeName)).toEqual([
      'node1',
      'node1',
    ]);
  });

  it('[M151] five seconds later it is tainted NoExecute, and after their toleration its pods are ended and replaced', () => {
    lab.create(deployment(4));
    lab.seconds(60);
    const lost = on('node2').map(({ metadata }) => metadata.name);
    lab.nodes.stop('node2');
    until(() => ready(node('node2')) === 'Unknown');
    const tainted = until(() => taints('node2').includes('unreachable:NoExecute'));
    expect(tainted).toBeGreaterThan(4.5);
    expect(tainted).toBeLessThan(5.5);
    const evicted = until(() => on('node2').every(({ metadata }) => metadata.deletionTimestamp));
    expect(evicted).toBeGreaterThan(299);
    expect(evicted).toBeLessThan(301);
    lab.seconds(30);
    expect(on('node1')).toHaveLength(4);
    expect(on('node1').every(isReady)).toBe(true);
    lab.seconds(3600);
    // Nobody is there to end them.
    expect(on('node2').map(({ metadata }) => metadata.name)).toEqual(lost);
    expect(on('node2').every(({ status }) => status?.phase === 'Running')).toBe(true);
  });

  it('[M151] an eviction is told, and the pod says why it goes', () => {
    lab.create(deployment(2));
    lab.seconds(60);
    const [pod] = on('node2');
    if (!pod) throw new Error('node2 has no pod');
    lab.nodes.stop('node2');
    lab.seconds(400);
    const marked = lab.store.need('pods', pod.metadata);
    expect(events(marked)).toContain(`TaintManagerEviction: Marking for deletion Pod default/${pod.metadata.name}`);
    expect(marked.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
    });
  });

  it('[M152] when its kubelet goes on, what was to go vanishes, the taints clear, and the rest is ready again', () => {
    lab.create(deployment(4));
    lab.create(daemons('d'));
    lab.seconds(60);
    lab.nodes.stop('node2');
    lab.seconds(420);
    expect(on('node2')).toHaveLength(3);
    lab.nodes.start('node2');
    lab.seconds(0.2);
    expect(ready(node('node2'))).toBe('True');
    expect(taints('node2')).not.toContain('unreachable:NoSchedule');
    lab.seconds(10);
    expect(taints('node2')).toEqual([]);
    expect(on('node2').map(({ metadata }) => metadata.labels?.app)).toEqual(['d']);
    expect(on('node2').every(isReady)).toBe(true);
    expect(events(node('node2'))).toContain('NodeReady: Node node2 status is now: NodeReady');
    expect(lab.nodes.isStopped('node2')).toBe(false);
  });

  it('[M152] the node and its pods go through the recorded states', () => {
    lab.create(deployment(2));
    lab.create(daemons('d'));
    lab.seconds(60);
    const nodes: string[] = [];
    const lives = new Map<string, string[]>();
    const tell = (states: string[], state: string) => {
      if (state !== states.at(-1)) states.push(state);
    };
    lab.store.watch('nodes', lab.store.version, ({ object }) => {
      if (object.metadata.name !== 'node2') return;
      tell(nodes, `${ready(object)} ${object.spec?.taints?.map(({ effect }) => effect).join(' ') ?? '-'}`);
    });
    lab.store.watch('pods', lab.store.version, ({ type, object }) => {
      if (object.spec.nodeName !== 'node2') return;
      const { app = '' } = object.metadata.labels ?? {};
      const states = lives.get(app) ?? [];
      lives.set(app, states);
      const { terminated } = object.status?.containerStatuses?.[0]?.state ?? {};
      const grace = object.metadata.deletionTimestamp
        ? ` deleting in ${object.metadata.deletionGracePeriodSeconds}`
        : '';
      const words = `${object.status?.phase} ${terminated ? 'terminated' : 'running'} ${isReady(object) ? 'ready' : 'unready'}${grace}`;
      tell(states, type === 'DELETED' ? 'gone' : words);
    });
    lab.nodes.stop('node2');
    lab.seconds(390);
    lab.nodes.start('node2');
    lab.seconds(30);
    expect(nodes).toEqual([
      'True -',
      'Unknown -',
      'Unknown NoSchedule',
      'Unknown NoSchedule NoExecute',
      'True NoSchedule NoExecute',
      'True NoExecute',
      'True -',
    ]);
    expect(lives.get('d')).toEqual(['Running running unready', 'Running running ready']);
    expect(lives.get('x')).toEqual([
      'Running running unready',
      'Running running unready deleting in 30',
      'Running running ready deleting in 30',
      'Running terminated unready deleting in 30',
      'Running terminated unready deleting in 0',
      'gone',
    ]);
  });

  it('[M152] a node that is back before the toleration is over keeps its pods, and the end of the danger is told', () => {
    lab.create(deployment(2));
    lab.seconds(60);
    const [pod] = on('node2');
    if (!pod) throw new Error('node2 has no pod');
    lab.nodes.stop('node2');
    lab.seconds(200);
    lab.nodes.start('node2');
    lab.seconds(400);
    expect(on('node2').map(({ metadata }) => metadata.uid)).toContain(pod.metadata.uid);
    expect(on('node2').every(isReady)).toBe(true);
    expect(events(pod)).toContain(`TaintManagerEviction: Cancelling deletion of Pod default/${pod.metadata.name}`);
  });

  it('[M153] in a zone that is mostly lost nodes are given up slowly or not at all, and nowhere once all is lost', () => {
    const zone = (name: string, where: string) => facts(name, { zone: where });
    lab = startLab({ nodes: ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => zone(name, 'a')).concat(zone('b6', 'b')) });
    const lost = () =>
      ['a1', 'a2', 'a3', 'a4', 'a5', 'b6'].filter((name) => taints(name).includes('unreachable:NoExecute'));
    for (const name of ['a1', 'a2', 'a3']) lab.nodes.stop(name);
    lab.seconds(300);
    // Three of five are more than 55 %, and the zone is small.
    expect(lost()).toEqual([]);
    for (const name of ['a4', 'a5']) lab.nodes.stop(name);
    lab.seconds(120);
    // A zone that is lost whole is given up, one node every ten seconds, as long as another stands.
    expect(lost()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    lab.nodes.stop('b6');
    lab.seconds(120);
    expect(lost()).toEqual([]);
  });

  it('[M154] a node of whose network nothing is known is not ready, and its pods wait for it', () => {
    lab = startLab({ networkPlugin: 'flannel' });
    lab.create(deployment(1));
    lab.seconds(30);
    expect(ready(node('node1'))).toBe('False');
    expect(node('node1').status?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      reason: 'KubeletNotReady',
      message: expect.stringContaining('cni plugin not initialized'),
    });
    expect(taints('node1')).toContain('not-ready:NoSchedule');
    expect(pods()[0]?.spec.nodeName).toBeUndefined();
    lab.create(
      '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: flannel}, spec: {selector: {matchLabels: {app: f}}, template: {metadata: {labels: {app: f}}, spec: {hostNetwork: true, tolerations: [{operator: Exists}], containers: [{name: c, image: "flannel/flannel:v0.26"}]}}}}',
    );
    lab.seconds(60);
    expect(ready(node('node1'))).toBe('True');
    expect(taints('node1')).toEqual([]);
    expect(
      pods()
        .filter(({ metadata }) => metadata.labels?.app === 'x')
        .every(isReady),
    ).toBe(true);
  });

  it('[M154] a node joins, is ready after some seconds, and takes what waited', () => {
    lab.create(deployment(1, 'nodeSelector: {kubernetes.io/hostname: node3}'));
    lab.seconds(10);
    lab.nodes.join(facts('node3'));
    lab.seconds(0.1);
    expect(ready(node('node3'))).toBe('False');
    expect(taints('node3')).toContain('not-ready:NoSchedule');
    lab.seconds(40);
    expect(ready(node('node3'))).toBe('True');
    expect(on('node3').every(isReady)).toBe(true);
    expect(events(node('node3'))).toEqual(
      expect.arrayContaining([
        'RegisteredNode: Node node3 event: Registered Node node3 in Controller',
        'NodeReady: Node node3 status is now: NodeReady',
      ]),
    );
    expect(() => lab.nodes.join(facts('node3'))).toThrow('nodes "node3" already exists');
  });

  it('[M154] the pods of a node that is deleted go with it', () => {
    lab.create(deployment(4));
    lab.seconds(60);
    lab.store.delete('nodes', { name: 'node2' });
    lab.seconds(90);
    expect(on('node2')).toEqual([]);
    expect(on('node1').filter(isReady)).toHaveLength(4);
  });

  it('[M154] a mirror pod that is deleted is made again by its node', () => {
    const { uid } = node('node1').metadata;
    lab.create(`
apiVersion: v1
kind: Pod
metadata:
  name: etcd-node1
  annotations: {kubernetes.io/config.mirror: abc}
  ownerReferences: [{apiVersion: v1, kind: Node, name: node1, uid: ${uid}, controller: true}]
spec: {nodeName: node1, hostNetwork: true, containers: [{name: c, image: 'etcd:3'}]}
`);
    lab.seconds(20);
    const [first] = on('node1');
    if (!first) throw new Error('node1 has no pod');
    lab.store.delete('pods', first.metadata);
    lab.seconds(30);
    const again = lab.store.need('pods', first.metadata);
    expect(again.metadata.uid).not.toBe(first.metadata.uid);
    expect(again.status).toMatchObject({ phase: 'Running', podIP: '192.168.3.53' });
  });

  it('[M155] a taint by hand ends what does not tolerate it, and lets stay for a while what tolerates it so long', () => {
    const tolerating = (seconds: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${seconds ? `for-${seconds}` : 'never'}}
spec:
  nodeName: node1
  ${seconds ? `tolerations: [{key: out, operator: Exists, effect: NoExecute, tolerationSeconds: ${seconds}}]` : ''}
  containers: [{name: c, image: 'nginx:1'}]
`;
    lab.create(tolerating('60'));
    lab.create(tolerating(''));
    lab.seconds(20);
    lab.store.update('nodes', { name: 'node1' }, (draft) =>
      Object.assign(draft, { spec: { ...draft.spec, taints: [{ key: 'out', effect: 'NoExecute' }] } }),
    );
    lab.seconds(10);
    expect(pods().map(({ metadata }) => metadata.name)).toEqual(['for-60']);
    lab.seconds(60);
    expect(pods()).toEqual([]);
  });

  it('[M155] a cordon is a taint too, and goes with it', () => {
    const cordon = (unschedulable: boolean) =>
      lab.store.update('nodes', { name: 'node1' }, (draft) =>
        Object.assign(draft, { spec: { ...draft.spec, unschedulable } }),
      );
    cordon(true);
    lab.seconds(0.1);
    expect(taints('node1')).toEqual(['unschedulable:NoSchedule']);
    cordon(false);
    lab.seconds(0.1);
    expect(taints('node1')).toEqual([]);
  });

  it('[M156] a node under pressure says so, is tainted, and evicts what asked for nothing', () => {
    lab.create(deployment(2));
    lab.seconds(60);
    lab.nodes.setPressure('node1', 'MemoryPressure', true);
    lab.seconds(1);
    expect(node('node1').status?.conditions?.[0]).toMatchObject({
      type: 'MemoryPressure',
      status: 'True',
      reason: 'KubeletHasInsufficientMemory',
    });
    expect(taints('node1')).toEqual(['memory-pressure:NoSchedule']);
    lab.seconds(30);
    const failed = pods().filter(({ status }) => status?.phase === 'Failed');
    expect(failed.map(({ status, spec }) => [status?.reason, spec.nodeName])).toEqual([['Evicted', 'node1']]);
    expect(failed[0]?.status?.message).toContain('The node was low on resource: memory.');
    lab.nodes.setPressure('node1', 'MemoryPressure', false);
    lab.seconds(1);
    expect(taints('node1')).toEqual([]);
  });

  it('[M157] with a grace as short as the heartbeat nodes flap; with the defaults they do not', () => {
    const flaps = (seconds: number) => {
      let count = 0;
      lab.store.watch('nodes', lab.store.version, ({ object, previous }) => {
        if (previous && ready(previous) === 'True' && ready(object) !== 'True') count += 1;
      });
      lab.seconds(seconds);
      return count;
    };
    expect(flaps(1800)).toBe(0);
    lab.nodes.setTimings({ graceSeconds: 10, evictionSeconds: 10 });
    expect(flaps(1800)).toBeGreaterThan(2);
    lab.nodes.setTimings({ graceSeconds: 40, evictionSeconds: 300 });
    lab.seconds(30);
    expect(flaps(1800)).toBe(0);
  });
});
