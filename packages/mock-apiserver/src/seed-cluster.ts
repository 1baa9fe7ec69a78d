import type { EndpointSlice, Endpoints, Namespace, Node, Service } from '@portolan/shared';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES } from './api/access/bootstrap-roles.ts';
import { PRIORITY_CLASSES } from './api/admission/priority.ts';
import type { Clock } from './clock.ts';
import { nodeObject, unready } from './node-object.ts';
import type { ClusterFacts } from './scenarios/scenario.ts';
import type { NewObject, Store } from './store/store.ts';
import { copyOf } from './store/structure.ts';
import { toTime } from './time.ts';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const API_PORT = 6443;
const RBAC = 'rbac.authorization.k8s.io';

/** Writes what a cluster has before anybody uses it: namespaces, nodes, and the `kubernetes` service with its endpoint. */
export function seedCluster(store: Store, clock: Clock, facts: ClusterFacts): void {
  const now = toTime(clock.now());
  for (const name of NAMESPACES) {
    const namespace: NewObject<Namespace> = {
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
    store.create('namespaces', namespace);
  }
  for (const role of CLUSTER_ROLES) store.create(`clusterroles.${RBAC}`, copyOf(role));
  for (const binding of CLUSTER_ROLE_BINDINGS) store.create(`clusterrolebindings.${RBAC}`, copyOf(binding));
  for (const priority of PRIORITY_CLASSES) store.create('priorityclasses.scheduling.k8s.io', copyOf(priority));
  // Where a plug-in is waited for, no node has a network yet.
  const asFound = (node: NewObject<Node>) => (facts.networkPlugin === undefined ? node : unready(node, now));
  for (const node of facts.nodes) store.create('nodes', asFound(nodeObject(node, now)));
  seedKubernetesService(store, facts);
}

function seedKubernetesService(store: Store, { services, nodes }: ClusterFacts): void {
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const clusterIP = services.reserved['default/kubernetes'];
  if (clusterIP === undefined) throw new Error('a scenario must reserve an address for default/kubernetes');
  const address = nodes[0]?.address ?? '127.0.0.1';
  const service: NewObject<Service> = {
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: API_PORT }],
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  };
  const endpoints: NewObject<Endpoints> = {
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port: API_PORT, protocol: 'TCP' }] }],
  };
  const slice: NewObject<EndpointSlice> = {
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true, serving: true, terminating: false } }],
    ports: [{ name: 'https', port: API_PORT, protocol: 'TCP' }],
  };
  store.create('services', service);
  store.create('endpoints', endpoints);
  store.create('endpointslices.discovery.k8s.io', slice);
}
