import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';

const pod = (name: string, spec = '', labels = 'app: x') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${labels}}}
spec:
  ${spec}
  containers: [{name: c, image: redis, resources: {requests: {cpu: 300m}}}]
`;

const service = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: x}, ports: [{port: 80, targetPort: 8080}]}
`;

describe('pods, nodes and services', () => {
  let lab: Lab;
  const ref = (name: string) => ({ namespace: 'default', name });
  const get = (name: string) => lab.store.need('pods', ref(name));
  const reasons = (name: string) =>
    lab.store
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.name === name)
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ reason }) => reason);
  const messages = (reason: string) =>
    lab.store
      .list('events', 'default')
      .filter((event) => event.reason === reason)
      .map(({ message }) => message);
  const slice = () =>
    lab.store
      .list('endpointslices.discovery.k8s.io', 'default')
      .find(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web');

  beforeEach(() => {
    lab = startLab();
  });

  it('[M51] a pod starts with its events in order, and seconds between the steps', () => {
    const events = lab.record('pods');
    lab.create(pod('a'));
    lab.seconds(30);
    expect(reasons('a')).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
    const phases = events.map(({ object }) => [object.status?.phase, object.status?.containerStatuses?.[0]?.ready]);
    expect(phases).toEqual([
      ['Pending', undefined],
      ['Pending', undefined],
      ['Pending', false],
      ['Running', false],
      ['Running', true],
    ]);
    const at = (type: string) =>
      Date.parse(get('a').status?.conditions?.find((c) => c.type === type)?.lastTransitionTime ?? '');
    expect(at('Ready') - at('PodScheduled')).toBeGreaterThanOrEqual(5000);
  });

  it('[M52] a deleted pod keeps running, ends within seconds, and is gone', () => {
    lab.create(pod('a'));
    lab.seconds(30);
    lab.store.delete('pods', ref('a'));
    lab.seconds(0.5);
    expect(get('a').status?.containerStatuses?.[0]?.state?.running).toBeDefined();
    lab.seconds(6);
    expect(lab.store.get('pods', ref('a'))).toBeUndefined();
    expect(reasons('a')).toContain('Killing');
  });

  it('[M53] an image that nobody has alternates between ErrImagePull and ImagePullBackOff', () => {
    lab.create(pod('a').replace('image: redis', 'image: no-such-image'));
    const seen = new Set<string | undefined>();
    for (let second = 0; second < 60; second++) {
      lab.seconds(1);
      seen.add(get('a').status?.containerStatuses?.[0]?.state?.waiting?.reason);
    }
    expect([...seen]).toEqual(['ContainerCreating', 'ErrImagePull', 'ImagePullBackOff']);
    expect(messages('BackOff')).toEqual(['Back-off pulling image "no-such-image"']);
  });

  it('[M54] a pod that fits nowhere says why, and goes where room comes', () => {
    for (let i = 0; i < 6; i++) lab.create(pod(`p${i}`));
    lab.create(pod('late'));
    lab.seconds(20);
    expect(messages('FailedScheduling')).toEqual([
      '0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
    ]);
    expect(get('late').status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }),
    );
    lab.store.delete('pods', ref('p0'));
    lab.seconds(30);
    expect(get('late').status?.phase).toBe('Running');
  });

  it('[M54] a pod that has ended makes room, though it stays', () => {
    for (let i = 0; i < 6; i++) lab.create(pod(`p${i}`));
    lab.create(pod('late'));
    lab.seconds(20);
    expect(get('late').spec.nodeName).toBeUndefined();
    lab.store.update('pods', ref('p0'), (draft) => Object.assign(draft, { status: { phase: 'Succeeded' } }));
    lab.seconds(1);
    expect(get('late').spec.nodeName).toBe(get('p0').spec.nodeName);
  });

  it('[M83] a pod that waits is looked at again ever more seldom, and its event counts how often', () => {
    lab.create(pod('huge').replace(/cpu: [^,}]+/, 'cpu: 900'));
    lab.seconds(1);
    for (let second = 0; second < 60; second++) {
      lab.create(pod(`noise-${second}`));
      lab.seconds(0.5);
      lab.store.delete('pods', ref(`noise-${second}`), { graceSeconds: 0 });
      lab.seconds(0.5);
    }
    const told = lab.store.list('events', 'default').filter(({ involvedObject }) => involvedObject.name === 'huge');
    const counts = told.map(({ series }) => series?.count ?? 1);
    expect(counts.sort()).toEqual([1, 8]);
  });

  it('[M54] a label given to a node lets in the pod that asked for it', () => {
    lab.create(pod('picky', 'nodeSelector: {disk: ssd}'));
    lab.seconds(1);
    expect(get('picky').spec.nodeName).toBeUndefined();
    lab.store.update('nodes', { name: 'node1' }, (node) => {
      node.metadata.labels = { ...node.metadata.labels, disk: 'ssd' };
      return node;
    });
    lab.seconds(1);
    expect(get('picky').spec.nodeName).toBe('node1');
  });

  it('[M55] taints and node selectors keep pods away', () => {
    lab.store.update('nodes', { name: 'node1' }, (node) => {
      node.spec = { ...node.spec, taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] };
      return node;
    });
    lab.create(pod('selects', 'nodeSelector: {disk: ssd}'));
    lab.create(
      pod('tolerates', 'tolerations: [{key: gpu, operator: Exists}]\n  nodeSelector: {kubernetes.io/hostname: node1}'),
    );
    lab.seconds(1);
    expect(messages('FailedScheduling')).toEqual([
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {gpu: yes}. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    ]);
    expect(get('tolerates').spec.nodeName).toBe('node1');
  });

  it('[M56] a service lists its pods as not ready, ready, then terminating', () => {
    lab.create(service);
    lab.create(pod('a'));
    const states: unknown[] = [];
    lab.store.watch('endpointslices.discovery.k8s.io', lab.store.version, ({ object }) => {
      states.push(...(object.endpoints ?? []).map(({ conditions }) => conditions));
    });
    lab.seconds(30);
    expect(lab.store.get('endpoints', ref('web'))?.subsets?.[0]?.ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
    lab.store.delete('pods', ref('a'));
    lab.seconds(10);
    expect(states).toEqual([
      { ready: false, serving: false, terminating: false },
      { ready: true, serving: true, terminating: false },
      { ready: false, serving: true, terminating: true },
      { ready: false, serving: false, terminating: true },
    ]);
    expect(slice()?.endpoints).toEqual([]);
  });

  it('[M57] a node port that is taken is refused, a free one is drawn', () => {
    const nodePort = (name: string, port: string) =>
      service
        .replace('name: web', `name: ${name}`)
        .replace('spec: {', 'spec: {type: NodePort, ')
        .replace('port: 80,', `port: 80, ${port}`);
    lab.create(nodePort('one', 'nodePort: 30001,'));
    expect(() => lab.create(nodePort('two', 'nodePort: 30001,'))).toThrow('provided port is already allocated');
    lab.create(nodePort('three', ''));
    const drawn = lab.store.need('services', ref('three')).spec;
    expect(drawn.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
    expect(drawn.clusterIP).toMatch(/^10\.254\./);
  });

  it('[M58] a deleted namespace is Terminating until it is empty, then gone', () => {
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.create(pod('a').replace('metadata: {', 'metadata: {namespace: team, '));
    lab.seconds(20);
    expect(lab.store.get('serviceaccounts', { namespace: 'team', name: 'default' })).toBeDefined();
    lab.store.delete('namespaces', { name: 'team' });
    lab.seconds(0.1);
    expect(lab.store.get('namespaces', { name: 'team' })?.status?.phase).toBe('Terminating');
    expect(() => lab.create(pod('b').replace('metadata: {', 'metadata: {namespace: team, '))).toThrow(
      'is being terminated',
    );
    lab.seconds(30);
    expect(lab.store.get('namespaces', { name: 'team' })).toBeUndefined();
    expect(lab.store.list('pods', 'team')).toEqual([]);
  });

  it('[M59] nodes renew their leases every ten seconds and their status every five minutes', () => {
    const leases = lab.record('leases.coordination.k8s.io');
    const nodes = lab.record('nodes');
    lab.seconds(605);
    expect(leases.length / 2).toBeGreaterThanOrEqual(59);
    expect(nodes).toHaveLength(4);
  });
});
