import { at, events, missing, none, object, pods, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

const pod = (name: string, more = '', labels = `app: ${name}`) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: {${labels}}
spec:
${more}  containers:
  - name: c
    image: nginx
`;

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: nginx
        image: nginx:1
`;

/** Every way to take away. */
export const deletes: Scene = {
  name: 'deletes',
  files: {
    'web.yaml': WEB,
    'one.yaml': pod('one'),
    'two.yaml': pod('two', '', 'app: many'),
    'three.yaml': pod('three', '', 'app: many'),
    'held.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: held\n  finalizers: [example.com/hold]\ndata: {a: b}\n',
  },
  steps: [
    run('create -f one.yaml -f two.yaml -f three.yaml'),
    until(pods('app', 3)),
    run('delete pod one --dry-run=client'),
    run('delete pod one --dry-run=server'),
    run('delete pod one'),
    run('delete pod one'),
    run('delete pod one --ignore-not-found'),
    run('delete pods -l app=many', { unordered: true }),
    run('delete pods -l app=many'),
    run('create -f one.yaml -o name'),
    until(pods('app=one', 1)),
    run('delete -f one.yaml --grace-period=0 --force'),
    until(none('pods')),
    run('create -f two.yaml'),
    until(pods('app=many', 1)),
    run('delete pod/two --now'),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    run('delete deploy web --cascade=orphan'),
    run('get deploy,rs', { unordered: true }),
    run('get pods -l app=web', { unordered: true }),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    until(pods('app=web', 2)),
    run('get rs -l app=web', { unordered: true }),
    run('delete deploy web --cascade=foreground'),
    run('get deploy,rs,pods -l app=web'),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    run('delete deploy web --cascade=background'),
    until(none('pods')),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    run('delete deploy --all --cascade=true'),
    until(none('pods')),
    run('create -f held.yaml'),
    run('delete cm held --wait=false'),
    run("get cm held -o 'jsonpath={.metadata.finalizers}'"),
    run('delete cm held --timeout=1500ms'),
    run(`patch cm held --type=json -p '[{"op":"add","path":"/metadata/finalizers/-","value":"example.com/late"}]'`),
    run(`patch cm held --type=merge -p '{"metadata":{"finalizers":null}}'`),
    run('get cm held'),
    run('delete --raw /api/v1/namespaces/$NS/configmaps/nothing'),
    run('delete pods --all -o name'),
    run('delete all --all'),
    run('delete nothing x'),
    run('delete pod'),
    run('delete pod a b -l x=y'),
    run('create ns $NS-gone'),
    run('create cm inside --from-literal=a=b -n $NS-gone'),
    run('delete ns $NS-gone'),
    run('get cm inside -n $NS-gone'),
    run('create cm inside --from-literal=a=b -n $NS-gone'),
    run('delete ns default'),
  ],
};

/** Waiting for what becomes. */
export const waits: Scene = {
  name: 'waits',
  files: { 'web.yaml': WEB, 'one.yaml': pod('one') },
  steps: [
    run('create -f web.yaml -f one.yaml'),
    run('wait --for=condition=Available deploy/web --timeout=60s'),
    run('wait --for=condition=Ready pod/one --timeout=60s'),
    run('wait --for=condition=Ready pods --all --timeout=60s', { unordered: true }),
    run('wait --for=condition=ready pod -l app=web --timeout=60s', { unordered: true }),
    run('wait --for=condition=Ready=false pod/one --timeout=1500ms'),
    run("wait --for=jsonpath='{.status.phase}'=Running pod/one", { since: 23 }),
    run("wait --for=jsonpath='{.status.phase}'=Failed pod/one --timeout=1500ms", { since: 23 }),
    run("wait --for=jsonpath='{.status.readyReplicas}' deploy/web", { since: 30 }),
    run('wait --for=create pod/one', { since: 31 }),
    run('wait --for=condition=Nothing pod/one --timeout=1500ms'),
    run('wait --for=condition=Ready pod/nothing --timeout=1500ms'),
    run('wait --for=delete pod/nothing --timeout=1500ms'),
    run('wait --for=delete pod/one --timeout=1500ms'),
    run('wait --for=delete pod/one --timeout=60s -v=6', {
      only: /^\|/,
      begun: /watch=true/,
      ends: true,
      during: [run('delete pod one --wait=false')],
    }),
    run('wait --for=wrong pod/one'),
    run('rollout status deploy/web --timeout=30s'),
    run('delete deploy web --wait=true'),
  ],
};

/** Watching. */
export const watches: Scene = {
  name: 'watches',
  files: { 'web.yaml': WEB, 'one.yaml': pod('one'), 'two.yaml': pod('two') },
  steps: [
    run('create -f one.yaml'),
    until(pods('app=one', 1)),
    run('get pods -w', {
      distinct: true,
      during: [run('create -f web.yaml'), until(rolledOut('web')), run('delete deploy web'), until(pods('app=web', 0))],
      shows: /Terminating/,
    }),
    run('get pods -w -o wide --output-watch-events', {
      distinct: true,
      during: [run('create -f two.yaml'), until(pods('app=two', 1)), run('delete pod two')],
      shows: /DELETED +two/,
    }),
    run('get cm -w --output-watch-events', {
      distinct: true,
      during: [run('create cm a --from-literal=x=y'), run('label cm a k=v'), run('delete cm a')],
      shows: /DELETED/,
    }),
    run('create cm b --from-literal=x=y'),
    run('get cm b -w -o name', { during: [run('label cm b k=v')], shows: /b\n.*b\n/ }),
    run("get cm b -w -o 'jsonpath={.data}'", { during: [run(`patch cm b -p '{"data":{"x":"z"}}'`)], shows: /"x":"z"/ }),
    run('get cm b -w -o custom-columns=NAME:.metadata.name,X:.data.x', {
      during: [run(`patch cm b -p '{"data":{"x":"w"}}'`)],
      shows: /b +w\n/,
    }),
    run('get cm b -w -o yaml', {
      during: [run(`patch cm b -p '{"data":{"x":"v"}}'`)],
      shows: /x: v\n[\s\S]*uid: .*\n/,
    }),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    run('get deploy -w', {
      during: [run('scale deploy web --replicas=3'), until(pods('app=web', 3))],
      distinct: true,
      shows: /3\/3/,
    }),
    run('get pods -l app=one -w --output-watch-events', {
      during: [run('label pod one app=other --overwrite')],
      distinct: true,
      shows: /DELETED/,
    }),
    run('get pods,cm -w'),
    run('get pods --watch-only=true -o name --request-timeout=1s'),
    run('delete deploy web'),
    run('delete pod one'),
  ],
};

/** What is refused, and in which words. */
export const errors: Scene = {
  name: 'errors',
  files: {
    'service-without-ports.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: []}\n',
    'service-unnamed-ports.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}, {port: 81}]}\n',
    'service-bad-name.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: 9s}\nspec: {ports: [{port: 80}]}\n',
    'service-bad-type.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: Wrong, ports: [{port: 80}]}\n',
    'service-bad-address.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {clusterIP: 1.2.3.4, ports: [{port: 80}]}\n',
    'pod-without-spec.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {}\n',
    'pod-without-image.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n',
    'pod-same-containers.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}, {name: c, image: i}]}\n',
    'pod-bad-restart.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {restartPolicy: Sometimes, containers: [{name: C, image: i}]}\n',
    'pod-more-than-limit.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]}\n',
    'pod-bad-port.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, ports: [{containerPort: 99999}]}]}\n',
    'pod-unknown-volume.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}\n',
    'pod-wrong-type.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: wrong}\n',
    'settings-wrong-type.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p}\ndata: {a: 1}\n',
    'deployment-other-labels.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}\n',
    'deployment-without-selector.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}\n',
    'deployment-bad.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: -1, strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}, selector: {matchLabels: {a: c}}, template: {metadata: {labels: {a: c}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}\n',
    'set-other-labels.yaml':
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}\n',
    'job-without-restart.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, image: i}]}}}\n',
    'namespace-bad-name.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: Bad_Name}\n',
    'settings-bad-label.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: {"bad key!": v}}\n',
    'settings-without-name.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n',
    'settings-elsewhere.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: elsewhere}\n',
    'not-yaml.yaml': 'not: [closed\n',
    'unknown-version.yaml': 'apiVersion: extensions/v1beta9\nkind: Deployment\nmetadata: {name: x}\n',
  },
  steps: [
    run('get nothings'),
    run('get pods nothing'),
    run('get pods.v1.'),
    run('get pods.v2.'),
    run('get deploy.apps nothing'),
    run('get deploy.v1.apps nothing'),
    run('get pods --field-selector spec.foo=1'),
    run('get svc --field-selector spec.foo=1'),
    run('get cm --field-selector metadata.name=x'),
    run('get pods --field-selector nonsense'),
    run("get pods -l 'a in b'"),
    run("get pods -l 'a=b=c'"),
    run('get pods a b c'),
    run('get pod/a svc/b'),
    run('get pods -n nowhere'),
    run('get nodes nothing'),
    run('get'),
    run('get pods --sort-by=.nothing'),
    run('get pods -o jsonpath={.nothing'),
    run('create cm x --from-literal=a=b -n nowhere'),
    run('create -f service-without-ports.yaml'),
    run('create -f service-unnamed-ports.yaml'),
    run('create -f service-bad-name.yaml'),
    run('create -f service-bad-type.yaml'),
    run('create -f service-bad-address.yaml'),
    run('create -f pod-without-spec.yaml'),
    run('create -f pod-without-image.yaml'),
    run('create -f pod-same-containers.yaml'),
    run('create -f pod-bad-restart.yaml'),
    run('create -f pod-more-than-limit.yaml'),
    run('create -f pod-bad-port.yaml'),
    run('create -f pod-unknown-volume.yaml'),
    run('create -f pod-wrong-type.yaml --validate=false'),
    run('create -f settings-wrong-type.yaml --validate=false'),
    run('create -f deployment-other-labels.yaml'),
    run('create -f deployment-without-selector.yaml'),
    run('create -f deployment-bad.yaml'),
    run('create -f set-other-labels.yaml'),
    run('create -f job-without-restart.yaml'),
    run('create -f namespace-bad-name.yaml'),
    run('create -f settings-bad-label.yaml'),
    run('create -f settings-without-name.yaml'),
    run('create -f settings-elsewhere.yaml'),
    run('create -f not-yaml.yaml'),
    run('create -f unknown-version.yaml'),
    run('get --raw /api/v1/nothings'),
    run('get --raw /nothing'),
    run('get --raw /api/v1/namespaces/$NS/pods/nothing'),
    run('get --raw /api/v1/namespaces/$NS/pods?limit=wrong'),
    run('get --raw /apis/apps/v1/namespaces/$NS/deployments?resourceVersion=wrong'),
    run('replace --raw /api/v1/namespaces/$NS/configmaps/nothing -f -', { stdin: '{}' }),
    run('replace -f -', { stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nothing}\n' }),
    run('nonsense'),
    run('logs nothing'),
    run('exec nothing -- date'),
    run('rollout status svc/nothing'),
    run('rollout restart rs/nothing'),
    run('top pod nothing'),
  ],
};

/** Logs, and what looks into containers. */
export const logs: Scene = {
  name: 'logs',
  files: {
    'web.yaml': WEB,
    'two.yaml': `${pod('two')}  - name: side\n    image: redis\n`,
    'far.yaml': pod('far', '  nodeSelector: {nowhere: "yes"}\n'),
  },
  steps: [
    run('create -f web.yaml -f two.yaml -f far.yaml'),
    until(rolledOut('web')),
    until(pods('app=two', 1)),
    until(events('FailedScheduling', 1)),
    run('logs two -c c'),
    run('logs two -c side --tail=3'),
    run('logs two --all-containers --prefix'),
    run('logs two -c c -p'),
    run('logs two -c c --timestamps --limit-bytes=100'),
    run('logs deploy/web --since=1h'),
    run('logs -l app=web --tail=1', { unordered: true }),
    run('logs two -c nothing'),
    run('logs two'),
    run('logs far'),
    run('logs nothing'),
    run('logs deploy/nothing'),
    run('logs svc/nothing'),
    run('logs -l app=nothing'),
    run('logs two --tail=wrong'),
    run('logs two --since=5s --since-time=2020-01-01T00:00:00Z'),
    run('get pod far'),
    run('get pod far -o wide'),
    run('describe pod far', { distinct: true }),
    run('get events --field-selector involvedObject.name=far', { distinct: true }),
    run('top pod'),
    run('top node'),
    run('delete pod far two'),
    run('delete deploy web'),
  ],
};

/** Events. */
export const tidings: Scene = {
  name: 'tidings',
  files: { 'web.yaml': WEB },
  steps: [
    run('get events'),
    run('create -f web.yaml'),
    until(rolledOut('web')),
    until(events('Scheduled', 2)),
    until(events('SuccessfulCreate', 2)),
    run('get events', { unordered: true }),
    run('get events -o wide', { unordered: true }),
    run('get events --field-selector reason=ScalingReplicaSet'),
    run('get events --field-selector involvedObject.kind=Deployment,type=Normal'),
    run('get events --field-selector type=Warning'),
    run('get events --field-selector reason=ScalingReplicaSet -o yaml'),
    run('get events --field-selector reason=Scheduled -o yaml'),
    run('events', { since: 26, unordered: true }),
    run('events --for deploy/web', { since: 26 }),
    run('events --types=Warning', { since: 26 }),
    run('describe event -l nothing=x'),
    run('delete deploy web'),
  ],
};

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

/** What does not depend on the version of the documentation, nor on the layout of `explain`: kind, fields and their types, errors. */
const FIELDS = /^(\|(KIND|FIELD):|\| +\w+ +<|[!=])/;

/** What the server is and may. */
export const about: Scene = {
  name: 'about',
  files: {},
  steps: [
    run('api-resources', {}),
    run('api-resources --namespaced=false'),
    run('api-resources --api-group=apps'),
    run('api-resources --verbs=list,get --namespaced -o name', { unordered: true }),
    run('api-resources -o wide'),
    run('api-resources --sort-by=kind'),
    run('api-resources --no-headers --api-group=batch'),
    run('api-resources --categories=all', { since: 27, unordered: true }),
    run('api-versions'),
    run('version'),
    run('version --short', { upTo: 27 }),
    run('version --client=false -o json'),
    run('cluster-info'),
    run('get --raw /version'),
    run('get --raw /healthz'),
    run('get --raw /readyz'),
    run('get --raw /livez'),
    run('get --raw /api'),
    run('get --raw /apis/apps'),
    run('get componentstatuses', { unordered: true }),
    run('explain pod', { only: FIELDS }),
    run('explain pods.spec.containers.image', { only: FIELDS }),
    run('explain deploy.spec.replicas', { only: FIELDS }),
    run('explain deploy.spec.strategy', { only: FIELDS }),
    run('explain configmap --recursive', { only: FIELDS }),
    run('explain svc.spec.ports', { only: FIELDS }),
    run('explain pod.spec.nothing', { only: FIELDS }),
    run('explain nothing', { only: FIELDS }),
    run('explain deploy --api-version=apps/v1', { only: FIELDS }),
    run('auth can-i get pods'),
    run('auth can-i delete nodes'),
    run("auth can-i '*' '*'"),
    run('auth can-i create deployments.apps -n kube-system'),
    run('auth can-i get pods/log'),
    run('auth can-i get /logs'),
    run('auth can-i fly planes'),
    run('auth can-i --list', { unordered: true }),
    run('auth can-i get pods --quiet'),
    run('auth can-i get pods --as=nobody'),
    run('auth whoami', { since: 28 }),
    run('get pods --as=nobody'),
    run('get namespaces default kube-system'),
    run('get svc kubernetes -n default'),
    run('describe svc kubernetes -n default'),
    run('get endpoints kubernetes -n default'),
    run('get sa'),
    run('describe sa default'),
    run('get cm'),
    run('get leases -n kube-node-lease'),
    run('get leases -n kube-system'),
    run('get priorityclasses'),
    run('get clusterroles view edit admin cluster-admin'),
    run('config view --minify -o jsonpath={.contexts[0].name}'),
    run('config current-context'),
    run('options', { upTo: 0 }),
    until(missing('/api/v1/namespaces/nowhere')),
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
