import { at, events, none, object, pods, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';
import { pod, WEB } from './manifests.ts';

/** Volumes, policies and limits. */
export const policies: Scene = {
  name: 'policies',
  files: {
    'volume.yaml': `apiVersion: v1
kind: PersistentVolume
metadata:
  name: $NS-disk
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: $NS
  hostPath: {path: /tmp/disk}
`,
    'claim.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: $NS
  resources:
    requests: {storage: 500Mi}
`,
    'class.yaml': `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: $NS-slow
provisioner: example.com/slow
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
`,
    'waiting.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: waiting
spec:
  accessModes: [ReadWriteMany]
  storageClassName: $NS-slow
  resources:
    requests: {storage: 2Gi}
`,
    'limits.yaml': `apiVersion: v1
kind: LimitRange
metadata:
  name: limits
spec:
  limits:
  - type: Container
    default: {cpu: 200m, memory: 128Mi}
    defaultRequest: {cpu: 50m}
    max: {memory: 1Gi}
`,
    'net.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny
spec:
  podSelector:
    matchLabels: {app: web}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - podSelector:
        matchLabels: {role: front}
    ports:
    - port: 80
`,
    'quota.yaml': `apiVersion: v1
kind: ResourceQuota
metadata:
  name: few
spec:
  hard: {pods: "1", configmaps: "9", requests.cpu: "1"}
`,
    'one.yaml': pod('one'),
    'two.yaml': pod('two'),
  },
  steps: [
    run('create -f volume.yaml'),
    until(at('/api/v1/persistentvolumes/$NS-disk', 'is available', ({ status }) => status?.phase === 'Available')),
    run('get pv $NS-disk'),
    run('create -f claim.yaml'),
    until(object('persistentvolumeclaims/data', 'is bound', ({ status }) => status?.phase === 'Bound')),
    run('get pv $NS-disk'),
    run('get pv $NS-disk -o wide'),
    run('get pvc'),
    run('get pvc -o wide'),
    run('describe pv $NS-disk'),
    run('describe pvc data'),
    run('get pvc data -o yaml'),
    run('get pv $NS-disk -o yaml'),
    run('create -f class.yaml'),
    run('get sc $NS-slow'),
    run('describe sc $NS-slow'),
    run('create -f waiting.yaml'),
    until(events('WaitForFirstConsumer', 1)),
    run('get pvc waiting'),
    run('describe pvc waiting'),
    run('delete pvc data'),
    until(at('/api/v1/persistentvolumes/$NS-disk', 'is released', ({ status }) => status?.phase === 'Released')),
    run('get pv $NS-disk'),
    run('delete pv $NS-disk'),
    run('delete sc $NS-slow'),
    run('delete pvc waiting'),
    run('create -f net.yaml'),
    run('get netpol'),
    run('describe netpol deny'),
    run('get netpol deny -o yaml'),
    run('delete netpol deny'),
    run('create -f limits.yaml'),
    run('get limits'),
    run('describe limits limits', { unordered: true }),
    run('create -f one.yaml'),
    run("get pod one -o 'jsonpath={.spec.containers[0].resources}'"),
    run('delete limits limits'),
    run('create -f quota.yaml'),
    until(object('resourcequotas/few', 'is counted', ({ status }) => status?.used?.pods === '1')),
    run('get quota'),
    run('describe quota few'),
    run('create -f two.yaml'),
    run('describe ns $NS'),
    run('delete quota few'),
    run('delete pod one'),
    until(none('pods')),
  ],
};

/** Nodes: closed, emptied, tainted, looked at. */
export const nodes: Scene = {
  name: 'nodes',
  alone: true,
  nodes: true,
  files: {
    'web.yaml': WEB.replace('    spec:\n', '    spec:\n      nodeSelector: {kubernetes.io/hostname: node2}\n'),
    'solo.yaml': pod('solo', '  nodeName: node1\n'),
    'local.yaml': `${pod('local', '  nodeName: node1\n')}    volumeMounts: [{name: v, mountPath: /v}]\n  volumes: [{name: v, emptyDir: {}}]\n`,
    'budget.yaml':
      'apiVersion: $VERSION(policy)\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}\n',
    'agent.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      containers:
      - name: agent
        image: agent:1
`,
  },
  steps: [
    run('get nodes'),
    run('get nodes -o wide'),
    run('get node node1'),
    run('get nodes -o name'),
    run('get node node1 -o yaml'),
    run('describe node node1 --show-events=false'),
    run('get nodes -L kubernetes.io/hostname'),
    run('label node node1 disk=ssd'),
    run('get nodes -l disk=ssd'),
    run('label node node1 disk-'),
    run('label node node1 node-role.kubernetes.io/worker='),
    run('get nodes'),
    run('label node node1 node-role.kubernetes.io/worker-'),
    run('taint node node1 key=value:NoSchedule'),
    run('taint node node1 key=value:NoSchedule'),
    run('taint node node1 key=other:NoSchedule'),
    run('taint node node1 key=other:NoSchedule --overwrite'),
    run('taint nodes --all x=y:PreferNoSchedule'),
    run("get nodes -o 'jsonpath={.items[*].spec.taints[*].key}'"),
    run('taint nodes --all x-'),
    run('taint node node1 key:NoSchedule-'),
    run('taint node node1 key-'),
    run('taint node node1 wrong'),
    run('taint node node1 key=value:Wrong'),
    run('taint node nothing a=b:NoSchedule'),
    run('cordon node1 --dry-run=client'),
    run('cordon node1'),
    run('cordon node1'),
    run('get nodes'),
    run('describe node node1 --show-events=false'),
    run('uncordon node1'),
    run('uncordon node1'),
    run('cordon nothing'),
    run('create -f web.yaml -f solo.yaml -f local.yaml -f agent.yaml'),
    until(rolledOut('web')),
    until(pods('app=solo', 1)),
    until(pods('app=local', 1)),
    until(pods('app=agent', 2)),
    run('drain node1 --pod-selector=app=agent'),
    run('drain node1 --pod-selector=app=solo'),
    run('drain node1 --force --pod-selector=app=local'),
    run('drain node1 --ignore-daemonsets --force --delete-emptydir-data --dry-run=client', { unordered: true }),
    run('drain node1 --ignore-daemonsets --force --delete-emptydir-data --pod-selector=app!=web', { unordered: true }),
    run('get node node1'),
    run('get pods -l app!=web --field-selector spec.nodeName=node1'),
    run('drain node1 --ignore-daemonsets --force --delete-emptydir-data --pod-selector=app!=web'),
    run('uncordon node1'),
    until(rolledOut('web')),
    run('create -f budget.yaml'),
    until(
      at(
        '/apis/$VERSION(policy)/namespaces/$NS/poddisruptionbudgets/web',
        'has counted',
        ({ status }) => status?.expectedPods === 2,
      ),
    ),
    run('get pdb web'),
    run('describe pdb web'),
    run('get pdb web -o yaml'),
    run('cordon node2'),
    run('drain -l kubernetes.io/os=linux --ignore-daemonsets --timeout=2s', { distinct: true }),
    run('uncordon node1 node2'),
    run('delete pdb web'),
    run('drain -l nothing=here'),
    run('drain nothing'),
    run('delete deploy web'),
    run('delete ds agent'),
  ],
};
