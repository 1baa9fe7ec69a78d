import type { Pod } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeFacts } from '../../scenarios/scenario.ts';
import { type Lab, startLab } from '../../testing/lab.ts';
import { amountsOf, requestsOf } from './requests.ts';

const node = (name: string, more: Partial<NodeFacts> = {}): NodeFacts => ({
  name,
  address: `10.0.0.${name.slice(1)}`,
  podCIDR: `10.1.${name.slice(1)}.0/24`,
  cpu: '1',
  memory: '2Gi',
  ...more,
});

const pod = (name: string, spec = '', container = '', labels = 'app: x') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${labels}}}
spec:
  ${spec}
  containers: [{name: c, image: 'nginx:1', ${container}}]
`;

const cpu = (amount: string) => `resources: {requests: {cpu: ${amount}}}`;

describe('the scheduler', () => {
  let lab: Lab;
  const get = (name: string) => lab.store.need('pods', { namespace: 'default', name });
  const where = (name: string) => get(name).spec.nodeName;
  const refusal = (name: string) => get(name).status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
  const unhelpful = (count: number, of = count) =>
    ` preemption: 0/${of} nodes are available: ${count} Preemption is not helpful for scheduling.`;
  const begin = (...nodes: NodeFacts[]) => {
    lab = startLab({ nodes });
  };

  beforeEach(() => begin(node('n1'), node('n2')));

  it('[M158] every filter refuses in its own words, counted over the nodes', () => {
    begin(
      node('n1', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }),
      node('n2', { labels: { disk: 'hdd' } }),
      node('n3', { labels: { disk: 'ssd' } }),
    );
    lab.create(pod('a', 'nodeSelector: {disk: ssd}', cpu('2')));
    lab.seconds(1);
    expect(refusal('a')).toBe(
      `0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {gpu: yes}.${unhelpful(3)}`,
    );
  });

  it('[M158] hostPorts, the number of pods and unschedulable nodes count', () => {
    const port = 'ports: [{containerPort: 80, hostPort: 8080}]';
    for (const name of ['a', 'b', 'c']) {
      lab.create(pod(name, '', port));
      lab.seconds(1);
    }
    expect([where('a'), where('b')].sort()).toEqual(['n1', 'n2']);
    expect(refusal('c')).toContain("2 node(s) didn't have free ports for the requested pod ports.");
    lab.store.update('nodes', { name: 'n1' }, (draft) =>
      Object.assign(draft, { spec: { ...draft.spec, unschedulable: true } }),
    );
    lab.store.update('nodes', { name: 'n2' }, (draft) =>
      Object.assign(draft, { status: { ...draft.status, allocatable: { ...draft.status?.allocatable, pods: '1' } } }),
    );
    lab.seconds(1);
    lab.create(pod('d'));
    lab.seconds(1);
    expect(refusal('d')).toContain('0/2 nodes are available: 1 Too many pods, 1 node(s) were unschedulable.');
  });

  it('[M158] required and preferred node affinity, and PreferNoSchedule, choose among nodes', () => {
    begin(
      node('n1', { labels: { size: '3' } }),
      node('n2', { labels: { size: '9' } }),
      node('n3', { taints: [{ key: 'k', effect: 'PreferNoSchedule' }] }),
    );
    const affinity = (kind: string) => `affinity: {nodeAffinity: {${kind}}}`;
    lab.create(
      pod(
        'a',
        affinity(
          'requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: size, operator: Lt, values: ["5"]}]}]}',
        ),
      ),
    );
    lab.create(
      pod(
        'b',
        affinity(
          'preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchExpressions: [{key: size, operator: In, values: ["3"]}]}}]',
        ),
      ),
    );
    lab.create(pod('c'));
    lab.seconds(1);
    expect([where('a'), where('b')]).toEqual(['n1', 'n1']);
    expect(where('c')).toBe('n2');
  });

  it('[M158] pods attract and repel each other by topology, those already placed too', () => {
    begin(node('n1', { zone: 'a' }), node('n2', { zone: 'a' }), node('n3', { zone: 'b' }));
    const term = (app: string, key: string) => `[{labelSelector: {matchLabels: {app: ${app}}}, topologyKey: ${key}}]`;
    const affinity = (kind: string, app: string, key: string) =>
      `affinity: {${kind}: {requiredDuringSchedulingIgnoredDuringExecution: ${term(app, key)}}}`;
    lab.create(pod('a', `nodeName: n3\n  ${affinity('podAntiAffinity', 'other', 'topology.kubernetes.io/zone')}`));
    lab.create(pod('near', affinity('podAffinity', 'x', 'kubernetes.io/hostname'), '', 'app: z'));
    lab.seconds(1);
    expect(where('near')).toBe('n3');
    lab.create(pod('kept', 'nodeSelector: {topology.kubernetes.io/zone: b}', '', 'app: other'));
    lab.create(pod('alone', affinity('podAffinity', 'nobody', 'kubernetes.io/hostname'), '', 'app: z'));
    lab.seconds(1);
    expect(refusal('kept')).toContain("1 node(s) didn't satisfy existing pods anti-affinity rules");
    expect(refusal('alone')).toBe(`0/3 nodes are available: 3 node(s) didn't match pod affinity rules.${unhelpful(3)}`);
    for (const name of ['r1', 'r2', 'r3', 'r4']) {
      lab.create(pod(name, affinity('podAntiAffinity', 'r', 'kubernetes.io/hostname'), '', 'app: r'));
      lab.seconds(1);
    }
    expect([where('r1'), where('r2'), where('r3')].sort()).toEqual(['n1', 'n2', 'n3']);
    expect(refusal('r4')).toContain("3 node(s) didn't match pod anti-affinity rules.");
  });

  it('[M158] a topology spread constraint keeps the skew', () => {
    begin(node('n1', { zone: 'a' }), node('n2', { zone: 'b' }));
    const spread =
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: x}}}]';
    lab.store.update('nodes', { name: 'n2' }, (draft) =>
      Object.assign(draft, { status: { ...draft.status, allocatable: { ...draft.status?.allocatable, pods: '1' } } }),
    );
    for (const name of ['a', 'b', 'c', 'd']) {
      lab.create(pod(name, spread));
      lab.seconds(1);
    }
    expect([where('a'), where('b'), where('c')].sort()).toEqual(['n1', 'n1', 'n2']);
    expect(refusal('d')).toContain("1 Too many pods, 1 node(s) didn't match pod topology spread constraints.");
  });

  it('[M158] a pod waits for its claims, and goes where their volumes are', () => {
    const volume = 'volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]';
    lab.create(pod('a', volume));
    lab.seconds(1);
    expect(refusal('a')).toBe(`0/2 nodes are available: persistentvolumeclaim "data" not found.${unhelpful(2)}`);
    lab.create(
      '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}',
    );
    lab.seconds(12);
    expect(refusal('a')).toBe(
      `0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.${unhelpful(2)}`,
    );
    lab.create(
      '{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}}}',
    );
    lab.seconds(30);
    expect(where('a')).toBe('n1');
  });

  it('[M159] an important pod makes others give way, the least important first, and takes their place', () => {
    lab.create('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}');
    lab.create('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: middle}, value: 500}');
    lab.create(pod('low', '', cpu('800m')));
    lab.create(pod('mid', 'priorityClassName: middle', cpu('800m')));
    lab.seconds(20);
    const spot = where('low');
    const { uid } = lab.create(pod('high', 'priorityClassName: high', cpu('500m'))).metadata;
    lab.seconds(0.5);
    expect(get('high').status?.nominatedNodeName).toBe(spot);
    expect(get('low').metadata.deletionTimestamp).toBeDefined();
    expect(get('mid').metadata.deletionTimestamp).toBeUndefined();
    const told = lab.store.by('events', 'involved', get('low').metadata.uid).map(({ message }) => message);
    expect(told).toContain(`Preempted by pod ${uid} on node ${spot}`);
    lab.seconds(30);
    expect(where('high')).toBe(spot);
    lab.create(pod('never', 'priorityClassName: high\n  preemptionPolicy: Never', cpu('800m')));
    lab.seconds(1);
    expect(refusal('never')).toContain('preemption: not eligible due to preemptionPolicy=Never.');
  });

  it('[M159] a gated pod waits in silence until its gates are gone', () => {
    lab.create(pod('a', 'schedulingGates: [{name: example.com/gate}]'));
    lab.seconds(5);
    expect(get('a').status?.conditions?.find(({ type }) => type === 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'SchedulingGated',
    });
    lab.store.update('pods', get('a').metadata, (draft) => {
      delete draft.spec.schedulingGates;
      return draft;
    });
    lab.seconds(1);
    expect(where('a')).toBeDefined();
  });

  it('[M159] of many nodes it looks at enough, and no node carries more than it has', () => {
    begin(...Array.from({ length: 300 }, (_, index) => node(`n${index + 1}`)));
    lab.create(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: w}
spec:
  replicas: 400
  selector: {matchLabels: {app: w}}
  template:
    metadata: {labels: {app: w}}
    spec: {containers: [{name: c, image: 'nginx:1', ${cpu('400m')}}]}
`);
    lab.seconds(30);
    const placed = lab.store.list('pods', 'default').filter(({ spec }) => spec.nodeName);
    expect(placed).toHaveLength(400);
    for (const { metadata, status } of lab.store.list('nodes')) {
      const asked = lab.store.by('pods', 'node', metadata.name).reduce((sum, on) => sum + (requestsOf(on).cpu ?? 0), 0);
      expect(asked).toBeLessThanOrEqual(amountsOf(status?.allocatable).cpu ?? 0);
    }
  });

  it('[M158] init containers, sidecars and overhead count as KEP-753 has it', () => {
    const container = (amount: string, more = {}) => ({
      name: amount,
      resources: { requests: { cpu: amount } },
      ...more,
    });
    const spec = {
      initContainers: [container('300m'), container('100m', { restartPolicy: 'Always' }), container('600m')],
      containers: [container('200m'), container('150m')],
      overhead: { cpu: '10m' },
    };
    // The last init container beside the sidecar takes 700m, more than the 450m that run later.
    expect(requestsOf({ spec } as unknown as Pod).cpu).toBe(710);
  });
});
