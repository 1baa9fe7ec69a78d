import type { KubeObject } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SERVED } from '../resources.ts';
import { selectionOf } from '../selection.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

const resourceOf = (key: string) => {
  const found = SERVED.find(({ resource }) => resource.key === key)?.resource;
  if (!found) throw new Error(`no ${key}`);
  return found;
};

const objectOf = (yaml: string) => {
  const object = parse(yaml) as KubeObject;
  return { ...object, metadata: Object.assign({ creationTimestamp: '2026-11-24T11:58:00Z' }, object.metadata) };
};

/** The cells of an object as `-o wide` shows them, with their columns' names before a colon. */
function printed(key: string, yaml: string): Record<string, unknown> {
  const object = objectOf(yaml);
  return Object.fromEntries(resourceOf(key).columns.map(({ name, cell }) => [name, cell(object, NOW)]));
}

const TEMPLATE = '{metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: x:1}, {name: b, image: y:2}]}}';
const WIDE = { Containers: 'a,b', Images: 'x:1,y:2' };
const named = (rest: object) => ({ Name: 'it', ...rest });

const ROWS: [key: string, yaml: string, cells: object][] = [
  [
    'persistentvolumes',
    `{metadata: {name: it}, spec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteMany, ReadWriteOnce], volumeMode: Filesystem,
    persistentVolumeReclaimPolicy: Retain, storageClassName: slow, claimRef: {namespace: shop, name: data}}, status: {phase: Bound}}`,
    named({
      Capacity: '5Gi',
      'Access Modes': 'RWO,RWX',
      'Reclaim Policy': 'Retain',
      Status: 'Bound',
      Claim: 'shop/data',
      StorageClass: 'slow',
      VolumeAttributesClass: '<unset>',
      Reason: '',
      Age: '2m',
      VolumeMode: 'Filesystem',
    }),
  ],
  [
    'persistentvolumeclaims',
    '{metadata: {name: it}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}, status: {phase: Pending}}',
    named({
      Status: 'Pending',
      Volume: '',
      Capacity: '',
      'Access Modes': '',
      StorageClass: '',
      VolumeAttributesClass: '<unset>',
      Age: '2m',
      VolumeMode: '<unset>',
    }),
  ],
  [
    'persistentvolumeclaims',
    `{metadata: {name: it, deletionTimestamp: '2026-11-24T11:59:00Z'}, spec: {volumeName: pv-1, storageClassName: slow},
    status: {phase: Bound, accessModes: [ReadWriteOnce], capacity: {storage: 5Gi}}}`,
    { Status: 'Terminating', Volume: 'pv-1', Capacity: '5Gi', 'Access Modes': 'RWO', StorageClass: 'slow' },
  ],
  [
    'storageclasses.storage.k8s.io',
    "{metadata: {name: it, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}, provisioner: p}",
    {
      Name: 'it (default)',
      Provisioner: 'p',
      ReclaimPolicy: 'Delete',
      VolumeBindingMode: 'Immediate',
      AllowVolumeExpansion: false,
      Age: '2m',
    },
  ],
  [
    'ingresses.networking.k8s.io',
    `{metadata: {name: it}, spec: {ingressClassName: nginx, tls: [{hosts: [a]}], rules: [{host: a}, {}, {host: b}, {host: c}, {host: d}]},
    status: {loadBalancer: {ingress: [{ip: 10.0.0.2}, {hostname: balancer.example.com}]}}}`,
    named({
      Class: 'nginx',
      Hosts: 'a,b,c + 2 more...',
      Address: '10.0.0.2,balancer.example.com',
      Ports: '80, 443',
      Age: '2m',
    }),
  ],
  [
    'ingresses.networking.k8s.io',
    '{metadata: {name: it}, spec: {defaultBackend: {service: {name: web}}}}',
    named({ Class: '<none>', Hosts: '*', Address: '', Ports: '80', Age: '2m' }),
  ],
  [
    'ingressclasses.networking.k8s.io',
    '{metadata: {name: it}, spec: {controller: example.com/c, parameters: {apiGroup: k8s.example.com, kind: P, name: x}}}',
    named({ Controller: 'example.com/c', Parameters: 'P.k8s.example.com/x', Age: '2m' }),
  ],
  [
    'networkpolicies.networking.k8s.io',
    '{metadata: {name: it}, spec: {podSelector: {}}}',
    named({ 'Pod-Selector': '<none>', Age: '2m' }),
  ],
  [
    'horizontalpodautoscalers.autoscaling',
    `{metadata: {name: it}, spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 1, maxReplicas: 5, metrics: [
      {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}},
      {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}},
      {type: Pods, pods: {metric: {name: qps}, target: {type: AverageValue, averageValue: '10'}}}]},
    status: {currentReplicas: 2, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: 12}}}]}}`,
    named({
      Reference: 'Deployment/web',
      Targets: 'cpu: 12%/80%, memory: <unknown>/100Mi + 1 more...',
      MinPods: '1',
      MaxPods: 5,
      Replicas: 2,
      Age: '2m',
    }),
  ],
  [
    'poddisruptionbudgets.policy',
    '{metadata: {name: it}, spec: {minAvailable: 50%}, status: {disruptionsAllowed: 1}}',
    named({ 'Min Available': '50%', 'Max Unavailable': 'N/A', 'Allowed Disruptions': 1, Age: '2m' }),
  ],
  [
    'resourcequotas',
    `{metadata: {name: it}, status: {hard: {requests.cpu: '1', pods: '4', limits.memory: 2Gi}, used: {pods: '2', requests.cpu: 500m}}}`,
    named({ Request: 'pods: 2/4, requests.cpu: 500m/1', Limit: 'limits.memory: 0/2Gi', Age: '2m' }),
  ],
  ['limitranges', '{metadata: {name: it}}', named({ 'Created At': '2026-11-24T11:58:00Z' })],
  [
    'jobs.batch',
    `{metadata: {name: it}, spec: {completions: 3, template: ${TEMPLATE}, selector: {matchLabels: {job: it}}},
    status: {succeeded: 3, startTime: '2026-11-24T11:58:00Z', completionTime: '2026-11-24T11:58:42Z', conditions: [{type: Complete, status: 'True'}]}}`,
    named({ Status: 'Complete', Completions: '3/3', Duration: '42s', Age: '2m', ...WIDE, Selector: 'job=it' }),
  ],
  [
    'cronjobs.batch',
    `{metadata: {name: it}, spec: {schedule: '*/5 * * * *', suspend: false, jobTemplate: {spec: {template: ${TEMPLATE}}}},
    status: {active: [{name: x}], lastScheduleTime: '2026-11-24T11:59:00Z'}}`,
    named({
      Schedule: '*/5 * * * *',
      Timezone: '<none>',
      Suspend: 'False',
      Active: 1,
      'Last Schedule': '60s',
      Age: '2m',
      ...WIDE,
      Selector: '<none>',
    }),
  ],
  [
    'statefulsets.apps',
    `{metadata: {name: it}, spec: {replicas: 3, template: ${TEMPLATE}}, status: {readyReplicas: 1}}`,
    named({ Ready: '1/3', Age: '2m', ...WIDE }),
  ],
  ['podtemplates', `{metadata: {name: it}, template: ${TEMPLATE}}`, named({ ...WIDE, 'Pod Labels': 'app=web' })],
  [
    'events',
    `{metadata: {name: it}, involvedObject: {kind: Pod, name: web-1}, reason: Scheduled, type: Normal, message: ' done ',
    eventTime: '2026-11-24T11:59:30.000000Z', reportingComponent: default-scheduler, reportingInstance: host}`,
    {
      'Last Seen': '30s',
      Type: 'Normal',
      Reason: 'Scheduled',
      Object: 'pod/web-1',
      Subobject: '',
      Source: 'default-scheduler, host',
      Message: 'done',
      'First Seen': '30s',
      Count: 1,
      Name: 'it',
    },
  ],
  [
    'endpoints',
    `{metadata: {name: it}, subsets: [{ports: [{port: 80}, {port: 443}], addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]}]}`,
    named({ Endpoints: '10.0.0.1:80,10.0.0.2:80,10.0.0.1:443 + 1 more...', Age: '2m' }),
  ],
  ['configmaps', '{metadata: {name: it}, data: {a: b}, binaryData: {c: ZA==}}', named({ Data: 2, Age: '2m' })],
  [
    'rolebindings.rbac.authorization.k8s.io',
    `{metadata: {name: it}, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: jane}, {kind: User, name: joe},
    {kind: ServiceAccount, name: robot, namespace: shop}]}`,
    named({ Role: 'Role/r', Age: '2m', Users: 'jane, joe', Groups: '', ServiceAccounts: 'shop/robot' }),
  ],
  [
    'certificatesigningrequests.certificates.k8s.io',
    `{metadata: {name: it}, spec: {signerName: example.com/s, username: jane, expirationSeconds: 3600},
    status: {conditions: [{type: Approved, status: 'True'}], certificate: LS0=}}`,
    named({
      Age: '2m',
      SignerName: 'example.com/s',
      Requestor: 'jane',
      RequestedDuration: '60m',
      Condition: 'Approved,Issued',
    }),
  ],
  [
    'priorityclasses.scheduling.k8s.io',
    '{metadata: {name: it}, value: 7}',
    named({ Value: 7, 'Global-Default': false, Age: '2m', PreemptionPolicy: 'PreemptLowerPriority' }),
  ],
  [
    'componentstatuses',
    "{metadata: {name: it}, conditions: [{type: Healthy, status: 'False', message: refused}]}",
    named({ Status: 'Unhealthy', Message: 'refused', Error: '' }),
  ],
];

describe('the columns of a kind', () => {
  it.each(ROWS)('[M123] %s prints %s', (key, yaml, cells) => {
    expect(printed(key, yaml)).toMatchObject(cells);
  });

  it.each([
    ['secrets', 'type=Opaque', '{metadata: {name: it}, type: Opaque}'],
    ['replicasets.apps', 'status.replicas=2', '{metadata: {name: it}, status: {replicas: 2}}'],
    ['jobs.batch', 'status.successful!=0', '{metadata: {name: it}, status: {succeeded: 1}}'],
    ['services', 'spec.type=NodePort', '{metadata: {name: it}, spec: {type: NodePort}}'],
    [
      'events',
      'regarding.name=web,reportingController=k',
      '{metadata: {name: it}, involvedObject: {name: web}, source: {component: k}}',
    ],
    ['namespaces', 'status.phase=Active,name=it', '{metadata: {name: it}, status: {phase: Active}}'],
  ])('[M124] %s can be selected by %s', (key, fieldSelector, yaml) => {
    const selects = selectionOf(new URLSearchParams({ fieldSelector }), resourceOf(key));
    expect(selects(objectOf(yaml))).toBe(true);
    expect(selects(objectOf('{metadata: {name: other}, spec: {}, involvedObject: {}}'))).toBe(false);
  });

  it('[M124] a field that cannot be selected by is refused in the words of its kind', () => {
    const select = (key: string) => () =>
      selectionOf(new URLSearchParams({ fieldSelector: 'constructor=x' }), resourceOf(key));
    expect(select('pods')).toThrow('field label not supported: constructor');
    expect(select('configmaps')).toThrow(
      '"constructor" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });
});
