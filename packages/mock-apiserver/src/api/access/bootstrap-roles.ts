import type { ClusterRole, PolicyRule, RoleBinding, Subject } from '@portolan/shared';
import type { NewObject } from '../../store/store.ts';

/**
 * The cluster roles and bindings that every cluster begins with (`plugin/pkg/auth/authorizer/rbac/bootstrappolicy`), those
 * of single controllers left out.
 */

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const ALL = [...WRITE, ...READ];

const AUTHENTICATION = 'authentication.k8s.io';
const AUTHORIZATION = 'authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const COORDINATION = 'coordination.k8s.io';
const DISCOVERY = 'discovery.k8s.io';
const EVENTS = 'events.k8s.io';
const NETWORKING = 'networking.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';
const STORAGE = 'storage.k8s.io';

const rule = (verbs: string[], group: string, ...resources: string[]): PolicyRule => ({
  verbs,
  apiGroups: [group],
  resources,
});
const urls = (...nonResourceURLs: string[]): PolicyRule => ({ verbs: ['get'], nonResourceURLs });
const events: PolicyRule = { verbs: ['create', 'patch', 'update'], apiGroups: ['', EVENTS], resources: ['events'] };

const HEALTH = ['/healthz', '/livez', '/readyz'];
const SCALABLE = ['deployments', 'deployments/scale', 'replicasets', 'replicasets/scale'];
const CLAIMS = ['configmaps', 'endpoints', 'persistentvolumeclaims', 'services', 'serviceaccounts'];

const VIEW: PolicyRule[] = [
  rule(
    READ,
    '',
    ...CLAIMS,
    'persistentvolumeclaims/status',
    'pods',
    'replicationcontrollers',
    'replicationcontrollers/scale',
    'services/status',
  ),
  rule(
    READ,
    '',
    'bindings',
    'events',
    'limitranges',
    'namespaces/status',
    'pods/log',
    'pods/status',
    'replicationcontrollers/status',
    'resourcequotas',
    'resourcequotas/status',
  ),
  rule(READ, '', 'namespaces'),
  rule(READ, DISCOVERY, 'endpointslices'),
  rule(
    READ,
    'apps',
    'controllerrevisions',
    'daemonsets',
    'daemonsets/status',
    ...SCALABLE,
    'deployments/status',
    'replicasets/status',
    'statefulsets',
    'statefulsets/scale',
    'statefulsets/status',
  ),
  rule(READ, 'autoscaling', 'horizontalpodautoscalers', 'horizontalpodautoscalers/status'),
  rule(READ, 'batch', 'cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'),
  rule(READ, 'extensions', 'daemonsets', ...SCALABLE, 'ingresses', 'networkpolicies', 'replicationcontrollers/scale'),
  rule(READ, 'policy', 'poddisruptionbudgets', 'poddisruptionbudgets/status'),
  rule(READ, NETWORKING, 'ingresses', 'ingresses/status', 'networkpolicies'),
];

const ENTERED = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'];

const EDIT: PolicyRule[] = [
  rule(READ, '', ...ENTERED, 'secrets', 'services/proxy'),
  rule(['impersonate'], '', 'serviceaccounts'),
  rule(WRITE, '', 'pods', ...ENTERED),
  rule(['create'], '', 'pods/eviction'),
  rule(
    WRITE,
    '',
    'configmaps',
    'events',
    'persistentvolumeclaims',
    'replicationcontrollers',
    'replicationcontrollers/scale',
    'secrets',
    'serviceaccounts',
    'services',
    'services/proxy',
  ),
  rule(['create'], '', 'serviceaccounts/token'),
  rule(WRITE, 'apps', 'daemonsets', ...SCALABLE, 'deployments/rollback', 'statefulsets', 'statefulsets/scale'),
  rule(WRITE, 'autoscaling', 'horizontalpodautoscalers'),
  rule(WRITE, 'batch', 'cronjobs', 'jobs'),
  rule(WRITE, 'extensions', 'daemonsets', ...SCALABLE, 'ingresses', 'networkpolicies', 'replicationcontrollers/scale'),
  rule(WRITE, 'policy', 'poddisruptionbudgets'),
  rule(WRITE, NETWORKING, 'ingresses', 'networkpolicies'),
  rule(ALL, COORDINATION, 'leases'),
];

const ADMIN: PolicyRule[] = [
  rule(['create'], AUTHORIZATION, 'localsubjectaccessreviews'),
  rule(ALL, RBAC, 'rolebindings', 'roles'),
];

const METRICS = rule(READ, 'metrics.k8s.io', 'pods', 'nodes');

/** What a component that elects a leader needs for its lease. */
const lease = (name: string): PolicyRule[] => [
  events,
  rule(['create'], COORDINATION, 'leases'),
  { ...rule(['get', 'update'], COORDINATION, 'leases'), resourceNames: [name] },
];

/** The name of a role, its rules, and to which role they are added. */
const ROLES: [name: string, rules: PolicyRule[], to?: 'admin' | 'edit' | 'view'][] = [
  ['cluster-admin', [rule(['*'], '*', '*'), { verbs: ['*'], nonResourceURLs: ['*'] }]],
  ['system:aggregate-to-admin', ADMIN, 'admin'],
  ['system:aggregate-to-edit', EDIT, 'edit'],
  ['system:aggregate-to-view', VIEW, 'view'],
  ['system:aggregated-metrics-reader', [METRICS], 'view'],
  [
    'system:auth-delegator',
    [rule(['create'], AUTHENTICATION, 'tokenreviews'), rule(['create'], AUTHORIZATION, 'subjectaccessreviews')],
  ],
  [
    'system:basic-user',
    [
      rule(['create'], AUTHORIZATION, 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'),
      rule(['create'], AUTHENTICATION, 'selfsubjectreviews'),
    ],
  ],
  [
    'system:discovery',
    [urls('/api', '/api/*', '/apis', '/apis/*', ...HEALTH, '/openapi', '/openapi/*', '/version', '/version/')],
  ],
  [
    'system:kube-controller-manager',
    [
      ...lease('kube-controller-manager'),
      rule(['create'], '', 'secrets', 'serviceaccounts'),
      rule(['delete'], '', 'secrets'),
      rule(['get'], '', 'configmaps', 'namespaces', 'secrets', 'serviceaccounts'),
      rule(['update'], '', 'secrets', 'serviceaccounts'),
      rule(['create'], AUTHENTICATION, 'tokenreviews'),
      rule(['create'], AUTHORIZATION, 'subjectaccessreviews'),
      rule(['list', 'watch'], '*', '*'),
      rule(['create'], '', 'serviceaccounts/token'),
    ],
  ],
  ['system:kube-dns', [rule(['list', 'watch'], '', 'endpoints', 'services')]],
  [
    'system:kube-scheduler',
    [
      ...lease('kube-scheduler'),
      rule(READ, '', 'nodes'),
      rule(['delete', 'get', 'list', 'watch'], '', 'pods'),
      rule(['create'], '', 'bindings', 'pods/binding'),
      rule(['patch', 'update'], '', 'pods/status'),
      rule(READ, '', 'replicationcontrollers', 'services'),
      rule(READ, 'apps', 'replicasets', 'statefulsets'),
      rule(READ, 'policy', 'poddisruptionbudgets'),
      rule(READ, '', 'persistentvolumeclaims', 'persistentvolumes'),
      rule(READ, STORAGE, 'csinodes', 'csidrivers', 'csistoragecapacities'),
    ],
  ],
  ['system:monitoring', [urls('/metrics', ...HEALTH, ...HEALTH.map((path) => `${path}/*`))]],
  [
    'system:node',
    [
      rule(['create'], AUTHENTICATION, 'tokenreviews'),
      rule(['create'], AUTHORIZATION, 'localsubjectaccessreviews', 'subjectaccessreviews'),
      rule(READ, '', 'services', 'pods', 'secrets', 'configmaps'),
      rule(['create', ...READ, 'patch', 'update'], '', 'nodes'),
      rule(['patch', 'update'], '', 'nodes/status', 'pods/status'),
      rule(['create', 'delete'], '', 'pods'),
      rule(['create'], '', 'pods/eviction', 'serviceaccounts/token'),
      events,
      rule(['get'], '', 'endpoints', 'persistentvolumeclaims', 'persistentvolumes'),
      rule(['create', ...READ], CERTIFICATES, 'certificatesigningrequests'),
      rule(['create', 'delete', 'get', 'patch', 'update'], COORDINATION, 'leases'),
      rule(['create', 'delete', 'get', 'patch', 'update'], STORAGE, 'csinodes'),
      rule(READ, STORAGE, 'csidrivers'),
      rule(READ, 'node.k8s.io', 'runtimeclasses'),
    ],
  ],
  [
    'system:node-proxier',
    [
      rule(['list', 'watch'], '', 'endpoints', 'services'),
      rule(READ, '', 'nodes'),
      events,
      rule(['list', 'watch'], DISCOVERY, 'endpointslices'),
    ],
  ],
  ['system:public-info-viewer', [urls(...HEALTH, '/version', '/version/')]],
];

const METADATA = {
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
};

const aggregateTo = (name: string) => `rbac.authorization.k8s.io/aggregate-to-${name}`;

/** The roles that are made of others, each with the one it is added to. */
const AGGREGATED: [name: 'admin' | 'edit' | 'view', to?: 'admin' | 'edit'][] = [
  ['view', 'edit'],
  ['edit', 'admin'],
  ['admin'],
];

/** The rules of an aggregated role: those of the roles added to it, by their names. */
function rulesOf(name: 'admin' | 'edit' | 'view'): PolicyRule[] {
  const added = ROLES.filter(([, , to]) => to === name).map(([role, rules]): [string, PolicyRule[]] => [role, rules]);
  const inner = AGGREGATED.filter(([, to]) => to === name).map(([role]): [string, PolicyRule[]] => [
    role,
    rulesOf(role),
  ]);
  return [...added, ...inner].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, rules]) => rules);
}

const labelsFor = (to: string | undefined) => ({ ...METADATA.labels, ...(to && { [aggregateTo(to)]: 'true' }) });

/** The cluster roles of a fresh cluster. */
export const CLUSTER_ROLES: NewObject<ClusterRole>[] = [
  ...ROLES.map(([name, rules, to]) => ({ metadata: { ...METADATA, name, labels: labelsFor(to) }, rules })),
  ...AGGREGATED.map(([name, to]) => ({
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregateTo(name)]: 'true' } }] },
    metadata: { ...METADATA, name, labels: labelsFor(to) },
    rules: rulesOf(name),
  })),
];

const group = (name: string): Subject => ({ apiGroup: RBAC, kind: 'Group', name });
const user = (name: string): Subject => ({ apiGroup: RBAC, kind: 'User', name });

/** A role of the same name as its binding, and whom it is given to. */
const BINDINGS: [role: string, ...subjects: Subject[]][] = [
  ['cluster-admin', group('system:masters')],
  ['system:basic-user', group('system:authenticated')],
  ['system:discovery', group('system:authenticated')],
  ['system:kube-controller-manager', user('system:kube-controller-manager')],
  ['system:kube-dns', { kind: 'ServiceAccount', name: 'kube-dns', namespace: 'kube-system' }],
  ['system:kube-scheduler', user('system:kube-scheduler')],
  ['system:monitoring', group('system:monitoring')],
  ['system:node'],
  ['system:node-proxier', user('system:kube-proxy')],
  ['system:public-info-viewer', group('system:authenticated'), group('system:unauthenticated')],
];

/** The cluster role bindings of a fresh cluster. */
export const CLUSTER_ROLE_BINDINGS: NewObject<RoleBinding>[] = BINDINGS.map(([name, ...subjects]) => ({
  metadata: { ...METADATA, name },
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
  ...(subjects.length > 0 && { subjects }),
}));
