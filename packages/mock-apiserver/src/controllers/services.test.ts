import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';

const NODES = [
  { name: 'n1', address: '10.0.0.1', podCIDR: '10.1.0.0/22', cpu: '999', memory: '999Gi', zone: 'a' },
  { name: 'n2', address: '10.0.0.2', podCIDR: '10.2.0.0/22', cpu: '999', memory: '999Gi', zone: 'b' },
];

const deployment = (replicas: number, port = '8080', name = 'web') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web, of: ${name}}}
  template:
    metadata: {labels: {app: web, of: ${name}}}
    spec:
      hostname: h
      subdomain: web
      containers: [{name: c, image: 'web:1', ports: [{name: http, containerPort: ${port}}]}]
`;

const service = (extra = '') => `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ${extra} ports: [{name: web, port: 80, targetPort: http}]}
`;

describe('endpoints and load balancers', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'web' };
  const slices = () => lab.store.by('endpointslices.discovery.k8s.io', 'service', 'default/web');

  beforeEach(() => {
    lab = startLab({ nodes: NODES });
  });

  it('[M176] more than a hundred endpoints are split over slices, and a change touches one of them', () => {
    lab.create(service());
    lab.create(deployment(130));
    lab.seconds(400);
    const sizes = slices().map(({ endpoints }) => endpoints?.length);
    expect(sizes.every((size) => size !== undefined && size <= 100)).toBe(true);
    expect(sizes.reduce((sum: number, size) => sum + (size ?? 0), 0)).toBe(130);
    expect(slices()[0]?.endpoints?.[0]?.zone).toMatch(/^[ab]$/);
    const writes = lab.record('endpointslices.discovery.k8s.io');
    const [pod] = lab.store.list('pods', 'default');
    lab.store.delete('pods', { namespace: 'default', name: pod?.metadata.name ?? '' });
    lab.seconds(0.1);
    expect(writes).toHaveLength(1);
  });

  it('[M176] a named port that pods number differently makes a subset and a slice for each number', () => {
    lab.create(service());
    lab.create(deployment(2));
    lab.create(deployment(1, '9090', 'other'));
    lab.seconds(60);
    const subsets = lab.store.need('endpoints', ref).subsets ?? [];
    expect(subsets.map(({ ports, addresses }) => [ports?.[0]?.port, addresses?.length]).sort()).toEqual([
      [8080, 2],
      [9090, 1],
    ]);
    expect(
      slices()
        .map(({ ports, endpoints }) => [ports?.[0]?.port, endpoints?.length])
        .sort(),
    ).toEqual([
      [8080, 2],
      [9090, 1],
    ]);
  });

  it('[M176] a headless service names its pods, and one that publishes all lists those that are not ready', () => {
    lab.create(service('clusterIP: None, publishNotReadyAddresses: true,'));
    lab.create(
      deployment(1).replace(
        'metadata: {labels',
        'metadata: {annotations: {portolan.dev/behaviour: never-ready}, labels',
      ),
    );
    lab.seconds(30);
    const endpoints = lab.store.need('endpoints', ref);
    expect(endpoints.metadata.labels).toMatchObject({ 'service.kubernetes.io/headless': '' });
    expect(endpoints.subsets?.[0]?.addresses?.[0]).toMatchObject({ hostname: 'h' });
    expect(slices()[0]?.endpoints?.[0]?.conditions).toEqual({ ready: true, serving: false, terminating: false });
  });

  it('[M176] a service without a selector is left alone', () => {
    lab.create('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}');
    lab.seconds(5);
    expect(lab.store.get('endpoints', ref)).toBeUndefined();
    expect(slices()).toEqual([]);
  });

  it('[M175] a load balancer gets its address after seconds, and gives it back', () => {
    const reserved = { 'default/web': '35.225.226.94' };
    lab = startLab({ nodes: NODES, loadBalancers: { cidr: '35.1.0.0/29', reserved, afterMs: [20_000, 30_000] } });
    lab.create(service('type: LoadBalancer,'));
    const ingress = () => lab.store.need('services', ref).status?.loadBalancer?.ingress;
    const events = () =>
      lab.store
        .list('events', 'default')
        .filter(({ involvedObject }) => involvedObject.kind === 'Service')
        .map(({ reason }) => reason)
        .sort();
    lab.seconds(15);
    expect(ingress()).toBeUndefined();
    lab.seconds(20);
    expect(ingress()).toEqual([{ ip: '35.225.226.94', ipMode: 'VIP' }]);
    expect(events()).toEqual(['EnsuredLoadBalancer', 'EnsuringLoadBalancer']);
    lab.store.delete('services', ref);
    lab.seconds(1);
    expect(lab.store.get('services', ref)).toBeUndefined();
    expect(events()).toContain('DeletedLoadBalancer');
  });

  it('[M175] without a cloud it stays pending', () => {
    lab.create(service('type: LoadBalancer,'));
    lab.seconds(120);
    expect(lab.store.need('services', ref).status?.loadBalancer).toEqual({});
  });
});
