/** One field of a message: its protobuf tag, its type, and how often it stands. */
export interface Field {
  name: string;
  tag: number;
  /** `string`, `bytes`, `bool`, `int32`, `int64`, `Quantity`, `IntOrString`, `Time`, or the name of a message. */
  type: string;
  shape: 'one' | 'list' | 'map';
  /** Whether it tells its zero value from none at all; a field that does not is left out when it is zero. */
  pointer: boolean;
}

type Rows = Record<string, string>;

const OBJECT: Rows = { metadata: '1 ObjectMeta' };
const WORKLOAD = { replicas: '1 *int32', selector: '2 *LabelSelector', template: '3 PodTemplateSpec' };

/**
 * The messages that the cluster reads in protobuf, and whose fields it checks in JSON: `name: 'tag type'`, where `*` says
 * pointer, `[]` list and `map` a map from strings (`generated.proto` of k8s.io/api and apimachinery). A field that is not
 * here is taken as it is in JSON and refused in protobuf.
 */
const MESSAGES: Record<string, Rows> = {
  ConfigMap: { ...OBJECT, data: '2 map string', binaryData: '3 map bytes', immutable: '4 *bool' },
  Container: {
    name: '1 string',
    image: '2 string',
    command: '3 []string',
    args: '4 []string',
    workingDir: '5 string',
    ports: '6 []ContainerPort',
    env: '7 []EnvVar',
    resources: '8 ResourceRequirements',
    terminationMessagePath: '13 string',
    imagePullPolicy: '14 string',
    stdin: '16 bool',
    stdinOnce: '17 bool',
    tty: '18 bool',
    terminationMessagePolicy: '20 string',
  },
  ContainerPort: {
    name: '1 string',
    hostPort: '2 int32',
    containerPort: '3 int32',
    protocol: '4 string',
    hostIP: '5 string',
  },
  DaemonSet: { ...OBJECT, spec: '2 DaemonSetSpec' },
  DaemonSetSpec: { selector: '1 *LabelSelector', template: '2 PodTemplateSpec', minReadySeconds: '4 int32' },
  Deployment: { ...OBJECT, spec: '2 DeploymentSpec', status: '3 DeploymentStatus' },
  DeploymentSpec: {
    ...WORKLOAD,
    strategy: '4 DeploymentStrategy',
    minReadySeconds: '5 int32',
    revisionHistoryLimit: '6 *int32',
    paused: '7 bool',
    progressDeadlineSeconds: '9 *int32',
  },
  DeploymentStatus: {
    observedGeneration: '1 int64',
    replicas: '2 int32',
    updatedReplicas: '3 int32',
    availableReplicas: '4 int32',
    unavailableReplicas: '5 int32',
    readyReplicas: '7 int32',
    collisionCount: '8 *int32',
  },
  DeploymentStrategy: { type: '1 string', rollingUpdate: '2 *RollingUpdateDeployment' },
  EnvVar: { name: '1 string', value: '2 string' },
  Job: { ...OBJECT, spec: '2 JobSpec', status: '3 JobStatus' },
  JobSpec: {
    parallelism: '1 *int32',
    completions: '2 *int32',
    activeDeadlineSeconds: '3 *int64',
    selector: '4 *LabelSelector',
    manualSelector: '5 *bool',
    template: '6 PodTemplateSpec',
    backoffLimit: '7 *int32',
    ttlSecondsAfterFinished: '8 *int32',
  },
  JobStatus: { active: '4 int32', succeeded: '5 int32', failed: '6 int32' },
  LabelSelector: { matchLabels: '1 map string', matchExpressions: '2 []LabelSelectorRequirement' },
  LabelSelectorRequirement: { key: '1 string', operator: '2 string', values: '3 []string' },
  LocalObjectReference: { name: '1 string' },
  Namespace: { ...OBJECT, spec: '2 NamespaceSpec', status: '3 NamespaceStatus' },
  NamespaceSpec: { finalizers: '1 []string' },
  NamespaceStatus: { phase: '1 string' },
  ObjectMeta: {
    name: '1 string',
    generateName: '2 string',
    namespace: '3 string',
    uid: '5 string',
    resourceVersion: '6 string',
    generation: '7 int64',
    creationTimestamp: '8 Time',
    deletionTimestamp: '9 *Time',
    deletionGracePeriodSeconds: '10 *int64',
    labels: '11 map string',
    annotations: '12 map string',
    ownerReferences: '13 []OwnerReference',
    finalizers: '14 []string',
  },
  OwnerReference: {
    kind: '1 string',
    name: '3 string',
    uid: '4 string',
    apiVersion: '5 string',
    controller: '6 *bool',
    blockOwnerDeletion: '7 *bool',
  },
  Pod: { ...OBJECT, spec: '2 PodSpec' },
  PodSpec: {
    containers: '2 []Container',
    restartPolicy: '3 string',
    terminationGracePeriodSeconds: '4 *int64',
    activeDeadlineSeconds: '5 *int64',
    dnsPolicy: '6 string',
    nodeSelector: '7 map string',
    serviceAccountName: '8 string',
    serviceAccount: '9 string',
    nodeName: '10 string',
    hostNetwork: '11 bool',
    hostPID: '12 bool',
    hostIPC: '13 bool',
    imagePullSecrets: '15 []LocalObjectReference',
    hostname: '16 string',
    subdomain: '17 string',
    schedulerName: '19 string',
    initContainers: '20 []Container',
    automountServiceAccountToken: '21 *bool',
    tolerations: '22 []Toleration',
    priorityClassName: '24 string',
    priority: '25 *int32',
    enableServiceLinks: '30 *bool',
  },
  PodTemplateSpec: { ...OBJECT, spec: '2 PodSpec' },
  ReplicaSet: { ...OBJECT, spec: '2 ReplicaSetSpec' },
  ReplicaSetSpec: { ...WORKLOAD, minReadySeconds: '4 int32' },
  ResourceRequirements: { limits: '1 map Quantity', requests: '2 map Quantity' },
  RollingUpdateDeployment: { maxUnavailable: '1 *IntOrString', maxSurge: '2 *IntOrString' },
  Secret: { ...OBJECT, data: '2 map bytes', type: '3 string', stringData: '4 map string', immutable: '5 *bool' },
  Service: { ...OBJECT, spec: '2 ServiceSpec', status: '3 ServiceStatus' },
  ServiceAccount: {
    ...OBJECT,
    imagePullSecrets: '3 []LocalObjectReference',
    automountServiceAccountToken: '4 *bool',
  },
  ServicePort: {
    name: '1 string',
    protocol: '2 string',
    port: '3 int32',
    targetPort: '4 IntOrString',
    nodePort: '5 int32',
    appProtocol: '6 *string',
  },
  ServiceSpec: {
    ports: '1 []ServicePort',
    selector: '2 map string',
    clusterIP: '3 string',
    type: '4 string',
    externalIPs: '5 []string',
    sessionAffinity: '7 string',
    loadBalancerIP: '8 string',
    externalName: '10 string',
    externalTrafficPolicy: '11 string',
    publishNotReadyAddresses: '13 bool',
    clusterIPs: '18 []string',
  },
  ServiceStatus: { loadBalancer: '1 LoadBalancerStatus' },
  LoadBalancerStatus: {},
  StatefulSet: { ...OBJECT, spec: '2 StatefulSetSpec' },
  StatefulSetSpec: { ...WORKLOAD, serviceName: '5 string', podManagementPolicy: '6 string' },
  Toleration: {
    key: '1 string',
    operator: '2 string',
    value: '3 string',
    effect: '4 string',
    tolerationSeconds: '5 *int64',
  },
};

function parseRow(name: string, row: string): Field {
  const [, tag, mark, type] = /^(\d+) (\*|\[\]|map )?(\w+)$/.exec(row) ?? [];
  if (tag === undefined || type === undefined) throw new Error(`field ${name} has no tag and type in "${row}"`);
  const shape = mark === '[]' ? 'list' : mark === 'map ' ? 'map' : 'one';
  return { name, tag: Number(tag), type, shape, pointer: mark === '*' };
}

const FIELDS: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(MESSAGES).map(([message, rows]) => [
    message,
    Object.entries(rows).map(([name, row]) => parseRow(name, row)),
  ]),
);

/** The fields of a message; undefined for what is no message of the table. */
export function fieldsOf(message: string): readonly Field[] | undefined {
  return FIELDS.get(message);
}
