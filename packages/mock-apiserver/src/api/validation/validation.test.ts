import type { KubeObject } from '@portolan/shared';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ApiError } from '../../api-error.ts';
import { type Lab, startLab } from '../../testing/lab.ts';
import { callApi } from '../in-process.ts';

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const CONFIG_KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** A manifest on one line: version, kind, name, and the rest. */
const manifest = (apiVersion: string, kind: string, name: string, rest: string) =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}}, ${rest}}`;
const pod = (container: string, more = '') =>
  manifest('v1', 'Pod', 'web', `spec: {containers: [{name: a, image: x, ${container}}] ${more}}`);
const template = (more = '', labels = '{app: web}') =>
  `template: {metadata: {labels: ${labels}}, spec: {containers: [{name: a, image: x}] ${more}}}`;
const SELECTOR = 'selector: {matchLabels: {app: web}}';
const deployment = (spec: string) => manifest('apps/v1', 'Deployment', 'web', `spec: {${spec}}`);
const service = (spec: string, name = 'web') => manifest('v1', 'Service', name, `spec: {${spec}}`);
const ingress = (spec: string) => manifest('networking.k8s.io/v1', 'Ingress', 'web', `spec: {${spec}}`);
const HPA = 'scaleTargetRef: {kind: Deployment, name: web}';
const autoscaler = (spec: string) =>
  manifest('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: {${HPA}, ${spec}}`);

/** A manifest, and what the apiserver says is wrong with it after `… is invalid: `. */
const REFUSED: [yaml: string, says: string][] = [
  [manifest('v1', 'ConfigMap', 'Web', 'data: {}'), `metadata.name: Invalid value: "Web": ${SUBDOMAIN}`],
  [
    '{apiVersion: v1, kind: ConfigMap, metadata: {}, data: {}}',
    'metadata.name: Required value: name or generateName is required',
  ],
  [
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: web, labels: {a: b c}}}',
    "metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ],
  [manifest('v1', 'ConfigMap', 'web', "data: {'a b': c}"), `data[a b]: Invalid value: "a b": ${CONFIG_KEY}`],
  [manifest('v1', 'Secret', 'web', 'type: kubernetes.io/tls, data: {tls.crt: eA==}'), 'data[tls.key]: Required value'],
  [
    manifest('v1', 'Secret', 'web', 'type: kubernetes.io/service-account-token'),
    'metadata.annotations[kubernetes.io/service-account.name]: Required value',
  ],
  [manifest('v1', 'Pod', 'web', 'spec: {}'), 'spec.containers: Required value'],
  [manifest('v1', 'Pod', 'web', 'spec: {containers: [{name: a}]}'), 'spec.containers[0].image: Required value'],
  [
    manifest('v1', 'Pod', 'web', 'spec: {containers: [{name: a, image: x}, {name: a, image: x}]}'),
    'spec.containers[1].name: Duplicate value: "a"',
  ],
  [
    pod('ports: [{containerPort: 70000}]'),
    'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
  ],
  [
    pod('ports: [{containerPort: 80, protocol: tcp}]'),
    'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
  ],
  [
    pod('imagePullPolicy: Sometimes'),
    'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
  ],
  [
    pod("env: [{name: 'a=b'}]"),
    'spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
  ],
  [
    pod('resources: {requests: {cpu: 2}, limits: {cpu: 1}}'),
    'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
  ],
  [pod('volumeMounts: [{name: data, mountPath: /data}]'), 'spec.containers[0].volumeMounts[0].name: Not found: "data"'],
  [pod('livenessProbe: {}'), 'spec.containers[0].livenessProbe: Required value: must specify a handler type'],
  [
    pod('', ', restartPolicy: Maybe'),
    'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
  ],
  [
    pod('', ', volumes: [{name: v, emptyDir: {}, hostPath: {path: /x}}]'),
    'spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
  ],
  [
    deployment(`${SELECTOR}, ${template('', '{app: other}')}`),
    'spec.template.metadata.labels: Invalid value: map[string]string{"app":"other"}: `selector` does not match template `labels`',
  ],
  [
    deployment(template()),
    '[spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`]',
  ],
  [
    deployment(`selector: {}, ${template()}`),
    'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment',
  ],
  [
    deployment(`replicas: -1, ${SELECTOR}, ${template()}`),
    'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    deployment(`${SELECTOR}, ${template(', restartPolicy: Never')}`),
    'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
  ],
  [
    deployment(`${SELECTOR}, ${template()}, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}`),
    'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
  ],
  [
    deployment(`${SELECTOR}, ${template()}, strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}`),
    "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
  ],
  [
    manifest('batch/v1', 'Job', 'web', `spec: {${template()}}`),
    'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  ],
  [
    manifest(
      'batch/v1',
      'CronJob',
      'web',
      `spec: {schedule: '* *', jobTemplate: {spec: {${template(', restartPolicy: Never')}}}}`,
    ),
    'spec.schedule: Invalid value: "* *": expected exactly 5 fields, found 2: [* *]',
  ],
  [
    manifest(
      'batch/v1',
      'CronJob',
      'web',
      `spec: {schedule: '61 * * * *', jobTemplate: {spec: {${template(', restartPolicy: Never')}}}}`,
    ),
    'spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61',
  ],
  [
    autoscaler('maxReplicas: 0'),
    '[spec.maxReplicas: Invalid value: 0: must be greater than 0, spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`]',
  ],
  [
    manifest('policy/v1', 'PodDisruptionBudget', 'web', 'spec: {minAvailable: 101%}'),
    'spec.minAvailable: Invalid value: "101%": must not be greater than 100%',
  ],
  [service('ports: []'), 'spec.ports: Required value'],
  [
    service('ports: [{port: 80}]', '1web'),
    "metadata.name: Invalid value: \"1web\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
  ],
  [
    service('type: Any, ports: [{port: 80}]'),
    'spec.type: Unsupported value: "Any": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
  ],
  [service('ports: [{port: 80, name: a}, {port: 81}]'), 'spec.ports[1].name: Required value'],
  [
    service('ports: [{port: 80, nodePort: 30080}]'),
    "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
  ],
  [
    service('clusterIP: 10.0.0.1, ports: [{port: 80}]'),
    'spec.clusterIPs: Invalid value: []string{"10.0.0.1"}: failed to allocate IP 10.0.0.1: the provided IP (10.0.0.1) is not in the valid range. The range of valid IPs is 10.254.0.0/16',
  ],
  [
    ingress(
      'rules: [{http: {paths: [{path: web, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]',
    ),
    'spec.rules[0].http.paths[0].path: Invalid value: "web": must be an absolute path',
  ],
  [
    ingress('rules: [{http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}}]'),
    'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
  ],
  [
    manifest('v1', 'PersistentVolumeClaim', 'data', 'spec: {}'),
    '[spec.accessModes: Required value: at least 1 access mode is required, spec.resources[storage]: Required value]',
  ],
  [
    manifest('v1', 'PersistentVolume', 'data', 'spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}}'),
    'spec: Required value: must specify a volume type',
  ],
  [
    manifest('rbac.authorization.k8s.io/v1', 'Role', 'r', 'rules: [{verbs: [get], resources: [pods]}]'),
    'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
  ],
  [
    manifest('v1', 'Namespace', 'a.b', 'spec: {}'),
    "metadata.name: Invalid value: \"a.b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  ],
];

/** What is made, a merge patch on it, and what the apiserver says of that. */
const KEPT: [yaml: string, path: string, patch: string, says: string][] = [
  [
    pod(''),
    '/api/v1/namespaces/default/pods/web',
    '{spec: {restartPolicy: Never}}',
    'spec: Forbidden: pod updates may not change fields other than',
  ],
  [
    deployment(`${SELECTOR}, ${template()}`),
    '/apis/apps/v1/namespaces/default/deployments/web',
    `{spec: {selector: {matchLabels: {b: c}}, template: {metadata: {labels: {b: c}}}}}`,
    'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"web", "b":"c"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
  ],
  [
    manifest('apps/v1', 'StatefulSet', 'web', `spec: {serviceName: web, ${SELECTOR}, ${template()}}`),
    '/apis/apps/v1/namespaces/default/statefulsets/web',
    '{spec: {serviceName: other}}',
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas'",
  ],
  [
    manifest('batch/v1', 'Job', 'web', `spec: {${template(', restartPolicy: Never')}}`),
    '/apis/batch/v1/namespaces/default/jobs/web',
    '{spec: {completions: 4}}',
    'spec.completions: Invalid value: 4: field is immutable',
  ],
  [
    service('ports: [{port: 80}]'),
    '/api/v1/namespaces/default/services/web',
    '{spec: {clusterIP: 10.254.9.9}}',
    'spec.clusterIPs[0]: Invalid value: []string{"10.254.9.9"}: may not change once set',
  ],
  [
    manifest(
      'v1',
      'PersistentVolumeClaim',
      'data',
      'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}',
    ),
    '/api/v1/namespaces/default/persistentvolumeclaims/data',
    '{spec: {accessModes: [ReadWriteMany]}}',
    'spec: Forbidden: spec is immutable after creation except resources.requests',
  ],
  [
    manifest('v1', 'ConfigMap', 'web', 'immutable: true, data: {a: b}'),
    '/api/v1/namespaces/default/configmaps/web',
    '{data: {a: c}}',
    'data: Forbidden: field is immutable when `immutable` is set',
  ],
  [
    manifest('v1', 'Secret', 'web', 'type: Opaque'),
    '/api/v1/namespaces/default/secrets/web',
    '{type: other}',
    'type: Invalid value: "other": field is immutable',
  ],
];

function refusal(act: () => unknown): ApiError {
  try {
    act();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('validation', () => {
  let lab: Lab;
  beforeAll(() => {
    lab = startLab();
  });

  it.each(REFUSED)('[M125] %s is refused', (yaml, says) => {
    const error = refusal(() => lab.create(yaml));
    const { kind } = parse(yaml) as KubeObject;
    expect(error.code).toBe(422);
    expect(error.message.replace(/^.*? is invalid: /, '')).toBe(says);
    expect(error.message).toMatch(new RegExp(`^${kind}[.a-z0-9]* "`));
    expect(error.details?.causes?.length).toBeGreaterThan(0);
  });

  it.each(KEPT)('[M126] of %s, %s keeps what %s would change', (yaml, path, patch, says) => {
    const made = startLab();
    made.create(yaml);
    const contentType = 'application/merge-patch+json';
    const error = refusal(() => callApi(made.api, { method: 'PATCH', path, contentType, body: parse(patch) }));
    expect(error.code).toBe(422);
    expect(error.message).toContain(says);
  });
});
