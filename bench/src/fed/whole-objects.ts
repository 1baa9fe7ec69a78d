/** What one pod has of its own. */
export interface PodParts {
  namespace: string;
  name: string;
  hash: string;
  uid: string;
  ownerUid: string;
  pod: string;
  node: number;
  ip: string;
  at: string;
  ready: string;
  restarts: number;
  ill: boolean;
  digest: string;
}

const nodeName = (index: number) => `ip-10-${64 + (index >> 8)}-${index & 255}-1.internal`;
const isTrue = (type: string, at: string) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: at });
const tolerations = ['not-ready', 'unreachable'].map((what) => ({
  key: `node.kubernetes.io/${what}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));
const probe = { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10 };

/** A pod as an apiserver lists it, with its managed fields: some 4.5 KB of JSON. */
export function podObject(parts: PodParts, resourceVersion: string): object {
  const { namespace, name, hash, uid, ownerUid, pod, at } = parts;
  const set = `${name}-${hash}`;
  return {
    metadata: {
      name: `${set}-${pod}`,
      generateName: `${set}-`,
      namespace,
      uid,
      resourceVersion,
      creationTimestamp: at,
      labels: { app: name, 'pod-template-hash': hash, tier: 'backend', team: namespace },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: set,
          uid: ownerUid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(parts),
    },
    spec: specOf(parts),
    status: statusOf(parts),
  };
}

function specOf({ name, node }: PodParts): object {
  const mount = { name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
  const sources = [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }];
  return {
    volumes: [{ name: 'kube-api-access', projected: { sources, defaultMode: 420 } }],
    containers: [
      {
        name: 'main',
        image: `registry.example/shop/${name}:v1.${name.length}.3`,
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: ['LOG_LEVEL', 'REGION', 'DATABASE_URL', 'CACHE_URL'].map((key) => ({
          name: key,
          value: `${name}-${key}`,
        })),
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        volumeMounts: [mount],
        livenessProbe: probe,
        readinessProbe: probe,
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
        securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    serviceAccount: 'default',
    nodeName: nodeName(node),
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations,
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function statusOf({ name, node, ip, at, ready, restarts, ill, digest }: PodParts): object {
  const hostIP = `10.${64 + (node >> 8)}.${node & 255}.1`;
  const words = 'back-off 5m0s restarting failed container=main';
  const waiting = { reason: 'CrashLoopBackOff', message: words };
  const exited = { exitCode: 137, reason: 'OOMKilled', startedAt: at, finishedAt: ready };
  const unready = { reason: 'ContainersNotReady', message: 'containers with unready status: [main]', status: 'False' };
  return {
    phase: 'Running',
    conditions: [
      isTrue('PodReadyToStartContainers', at),
      isTrue('Initialized', at),
      { ...isTrue('Ready', ready), ...(ill && unready) },
      { ...isTrue('ContainersReady', ready), ...(ill && unready) },
      isTrue('PodScheduled', at),
    ],
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP: ip,
    podIPs: [{ ip }],
    startTime: at,
    containerStatuses: [
      {
        name: 'main',
        state: ill ? { waiting } : { running: { startedAt: ready } },
        lastState: restarts > 0 ? { terminated: exited } : {},
        ready: !ill,
        restartCount: restarts,
        image: `registry.example/shop/${name}:v1.${name.length}.3`,
        imageID: `registry.example/shop/${name}@sha256:${digest}${digest}`,
        containerID: `containerd://${digest}${digest}`,
        started: !ill,
      },
    ],
    qosClass: 'Burstable',
  };
}

function managedFields({ ownerUid, at, ready, ip }: PodParts): object[] {
  const each = (...names: string[]) => Object.fromEntries(names.map((name) => [`f:${name}`, {}]));
  const condition = each('lastProbeTime', 'lastTransitionTime', 'status', 'type');
  const container = {
    ...each('env', 'image', 'imagePullPolicy', 'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources'),
    'f:securityContext': each('runAsNonRoot', 'readOnlyRootFilesystem', 'allowPrivilegeEscalation'),
  };
  const owner = each('apiVersion', 'blockOwnerDeletion', 'controller', 'kind', 'name', 'uid');
  return [
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      apiVersion: 'v1',
      time: at,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': {
          'f:generateName': {},
          'f:labels': { '.': {}, ...each('app', 'pod-template-hash', 'tier', 'team') },
          'f:ownerReferences': { '.': {}, [`k:{"uid":"${ownerUid}"}`]: owner },
        },
        'f:spec': { 'f:containers': { 'k:{"name":"main"}': container }, ...each('dnsPolicy', 'restartPolicy') },
      },
    },
    {
      manager: 'kubelet',
      operation: 'Update',
      apiVersion: 'v1',
      time: ready,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:status': {
          'f:conditions': Object.fromEntries(
            ['Ready', 'ContainersReady', 'Initialized'].map((type) => [`k:{"type":"${type}"}`, condition]),
          ),
          ...each('containerStatuses', 'hostIP', 'phase', 'podIP', 'startTime'),
          'f:podIPs': { '.': {}, [`k:{"ip":"${ip}"}`]: each('ip') },
        },
      },
      subresource: 'status',
    },
  ];
}

/** A node as an apiserver lists it. */
export function nodeObject(parts: { index: number; uid: string; resourceVersion: string; at: string }): object {
  const { index, uid, resourceVersion, at } = parts;
  const name = nodeName(index);
  const room = { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: `kubelet says ${reason}`,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  });
  const node = {
    metadata: {
      name,
      uid,
      resourceVersion,
      creationTimestamp: at,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm6i.2xlarge',
        'topology.kubernetes.io/region': 'eu-west-1',
        'topology.kubernetes.io/zone': `eu-west-1${'abc'[index % 3]}`,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      podCIDR: `10.${64 + (index >> 8)}.${index & 255}.0/24`,
      providerID: `aws:///eu-west-1a/i-${uid.slice(0, 8)}`,
    },
    status: {
      capacity: room,
      allocatable: room,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
        condition('Ready', 'True', 'KubeletReady'),
      ],
      addresses: [{ type: 'InternalIP', address: `10.${64 + (index >> 8)}.${index & 255}.1` }],
      nodeInfo: { kubeletVersion: 'v1.33.2', osImage: 'Amazon Linux 2023', architecture: 'amd64' },
    },
  };
  return node;
}
