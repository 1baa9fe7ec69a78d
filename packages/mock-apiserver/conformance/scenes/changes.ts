import { exists, object, pods, ready, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
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
        ports:
        - containerPort: 80
`;

const OLD = `apiVersion: v1
kind: ReplicationController
metadata:
  name: old
spec:
  replicas: 2
  template:
    metadata:
      labels: {app: old}
    spec:
      containers:
      - name: nginx
        image: nginx:1
`;

/** True when an autoscaler has seen its target and says so, in its status or, as autoscaling/v1 does, in an annotation. */
const lookedAt = (name: string) =>
  object(
    `horizontalpodautoscalers/${name}`,
    'has been looked at',
    ({ metadata, status }) =>
      (status?.currentReplicas ?? 0) !== 0 && JSON.stringify([metadata, status]).includes('ScalingActive'),
  );

/** Sizes, by hand and by themselves. */
export const scaling: Scene = {
  name: 'scaling',
  files: { 'web.yaml': WEB, 'old.yaml': OLD },
  steps: [
    run('create -f web.yaml'),
    run('create -f old.yaml'),
    until(rolledOut('web')),
    until(pods('app=web', 2)),
    until(ready('replicationcontrollers/old')),
    until(pods('app=old', 2)),
    run('scale deploy web --replicas=4'),
    until(pods('app=web', 4)),
    run('scale deploy/web --current-replicas=4 --replicas=1'),
    until(pods('app=web', 1)),
    run('scale deploy/web --current-replicas=4 --replicas=2'),
    run('scale deploy/web --resource-version=1 --replicas=2'),
    run('scale deploy/web --replicas=2 --timeout=30s'),
    until(pods('app=web', 2)),
    run('scale -f web.yaml --replicas=1'),
    until(pods('app=web', 1)),
    run('scale --replicas=1 deploy/web rc/old'),
    until(pods('app=old', 1)),
    run('scale --replicas=0 -f old.yaml --dry-run=client'),
    run('scale --replicas=0 -f old.yaml --dry-run=server'),
    run('scale --replicas=2 rc --all'),
    until(pods('app=old', 2)),
    run('scale --replicas=-1 rc/old'),
    run('scale rc/old'),
    run('scale --replicas=2 deploy/nothing'),
    run('scale --replicas=2 svc/nothing'),
    run('get rc'),
    run('get rc -o wide'),
    run('describe rc old', { unordered: true }),
    run('get rc old -o yaml'),
    run('get deploy web --subresource=scale', { since: 24 }),
    run('autoscale deploy web --min=1 --max=5 --cpu-percent=80'),
    run('autoscale rc old --max=3 --name=old-auto'),
    run('autoscale deploy web --max=3 --dry-run=client -o yaml --name=third'),
    run('autoscale deploy web --min=5 --max=3'),
    run('autoscale deploy web --max=5'),
    run('autoscale deploy nothing --max=5'),
    until(lookedAt('web')),
    until(lookedAt('old-auto')),
    run('get hpa web -o yaml'),
    run('get hpa', { unordered: true }),
    run('describe hpa web'),
    run('delete hpa --all'),
    run('delete rc old'),
    run('delete deploy web'),
  ],
};

/** Patches of every type, and what they may not do. */
export const patches: Scene = {
  name: 'patches',
  files: {
    'web.yaml': WEB,
    'patch.yaml': 'spec:\n  template:\n    spec:\n      containers:\n      - name: nginx\n        image: nginx:7\n',
  },
  steps: [
    run('create -f web.yaml'),
    until(rolledOut('web')),
    run(`patch deploy web -p '{"metadata":{"labels":{"a":"b"}}}'`),
    run(`patch deploy web -p '{"metadata":{"labels":{"a":"b"}}}'`),
    run(`patch deploy/web --type=merge -p '{"metadata":{"labels":{"a":null,"c":"d"}}}'`),
    run(`patch deploy/web --type=json -p '[{"op":"replace","path":"/metadata/labels/c","value":"e"}]'`),
    run(`patch deploy/web --type=json -p '[{"op":"test","path":"/metadata/labels/c","value":"x"}]'`),
    run(`patch deploy/web --type=json -p '[{"op":"remove","path":"/metadata/labels/zz"}]'`),
    run(`patch deploy/web --type=json -p '[{"op":"add","path":"/spec/nothing/deep","value":1}]'`),
    run(`patch deploy/web --type=json -p '{"op":"add"}'`),
    run(`patch deploy/web --type=wrong -p '{}'`),
    run(`patch deploy/web -p '{"spec":{"replicas":"two"}}'`),
    run(`patch deploy/web -p 'not json: {'`),
    run(`patch deploy/web -p '{"spec":{"selector":{"matchLabels":{"app":"x"}}}}'`),
    run(`patch deploy/web -p '{"spec":{"template":{"metadata":{"labels":{"app":"x"}}}}}'`),
    run(`patch deploy/web -p '{"spec":{"replicas":-1}}'`),
    run(`patch deploy/web -p '{"metadata":{"name":"other"}}'`),
    run(`patch deploy/web -p '{"metadata":{"resourceVersion":"1"}}'`),
    run(
      `patch deploy/web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:1"}]}}}}' --dry-run=server -o name`,
    ),
    run(
      `patch deploy/web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:1"}]}}}}' --dry-run=server -o 'jsonpath={.spec.template.spec.containers[*].name}'`,
    ),
    run(
      `patch deploy/web -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","$patch":"delete"},{"name":"only","image":"o:1"}]}}}}' --dry-run=server -o 'jsonpath={.spec.template.spec.containers[*].name}'`,
    ),
    run(
      `patch deploy/web -p '{"spec":{"template":{"spec":{"containers":[{"$patch":"replace"},{"name":"only","image":"o:1"}]}}}}' --dry-run=server -o 'jsonpath={.spec.template.spec.containers[*].name}'`,
    ),
    run(
      `patch deploy/web --type=merge -p '{"spec":{"template":{"spec":{"containers":[{"name":"only","image":"o:1"}]}}}}' --dry-run=server -o 'jsonpath={.spec.template.spec.containers[*].name}'`,
    ),
    run(`patch deploy/web -p '{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}'`),
    run("get deploy web -o 'jsonpath={.spec.strategy}'"),
    run(`patch deploy/web -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":1}}}}'`),
    run(`patch deploy/web --patch "$(cat nothing)"`),
    run('patch -f web.yaml -p {} -o name'),
    run(`patch deploy web --dry-run=client -p '{"spec":{"replicas":9}}' -o 'jsonpath={.spec.replicas}'`),
    run(`patch deploy web --subresource=status --type=merge -p '{"status":{"replicas":2}}'`, { since: 24 }),
    run(`patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":1}}'`, { since: 24 }),
    run('patch deploy/web --patch-file patch.yaml', { since: 21 }),
    run('patch deploy nothing -p {}'),
    run('patch deploy web'),
    until(rolledOut('web')),
    run('delete deploy web'),
  ],
};

/** Images, variables, resources and the rest that `set` sets. */
export const sets: Scene = {
  name: 'sets',
  files: { 'web.yaml': WEB },
  steps: [
    run('create -f web.yaml'),
    run('create configmap settings --from-literal=COLOUR=blue'),
    run('create secret generic keys --from-literal=token=abc'),
    run('set image deploy/web nginx=nginx:2 --dry-run=client'),
    run('set image deploy/web nginx=nginx:2 --dry-run=server'),
    run('set image deploy/web nginx=nginx:2'),
    run('set image deploy/web nginx=nginx:2'),
    run('set image deploy/web wrong=nginx:2'),
    run('set image deploy --all nginx=nginx:3'),
    run('set image -f web.yaml nginx=nginx:4 --local -o yaml'),
    run('set env deploy/web A=1 B=2'),
    run('set env deploy/web --list'),
    run('set env deploy/web A-'),
    run('set env deploy/web --from=configmap/settings'),
    run('set env deploy/web --from=secret/keys --prefix=KEY_'),
    run('set env deploy/web --list', { unordered: true }),
    run('set env deploy/web C=3 -c nothing'),
    run('set resources deploy/web --limits=cpu=200m,memory=64Mi --requests=cpu=10m'),
    run("get deploy web -o 'jsonpath={.spec.template.spec.containers[0].resources}'"),
    run('set resources deploy/web --requests=cpu=bad'),
    run('set serviceaccount deploy/web robot'),
    run("get deploy web -o 'jsonpath={.spec.template.spec.serviceAccountName}'"),
    run('create service clusterip web --tcp=80:80'),
    run('set selector svc/web tier=front,app=web'),
    run("get svc web -o 'jsonpath={.spec.selector}'"),
    run('create rolebinding readers --clusterrole=view --user=ann'),
    run('set subject rolebinding/readers --user=bob --group=team'),
    run("get rolebinding readers -o 'jsonpath={.subjects[*].name}'"),
    run('set image deploy/nothing a=b'),
    run('delete deploy,svc --all'),
  ],
};

/** Labels and annotations. */
export const marks: Scene = {
  name: 'marks',
  files: {
    'pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: one\n  labels: {app: one}\nspec:\n  containers:\n  - name: c\n    image: nginx\n',
  },
  steps: [
    run('create -f pod.yaml'),
    until(pods('app=one', 1)),
    run('label pod one colour=blue'),
    run('label pod one colour=blue'),
    run('label pod one colour=red'),
    run('label pod one colour=red --overwrite'),
    run('label pod one colour=green --overwrite --dry-run=client'),
    run('label pod one colour=green --overwrite --dry-run=server'),
    run('label pods --all size=big'),
    run('label -f pod.yaml from=file'),
    run('label pods -l size=big shape=round'),
    run('label pod one --list', { unordered: true }),
    run('get pod one --show-labels'),
    run('label pod one colour-'),
    run('label pod one colour-'),
    run('label pod one shape- size- from-'),
    run('label pod one colour=blue --resource-version=1'),
    run("label pod one 'bad key=1'"),
    run("label pod one key='bad value'"),
    run('label pod nothing a=b'),
    run('label pod one'),
    run('annotate pod one note=hello'),
    run('annotate pod one note=hello'),
    run('annotate pod one note=other'),
    run("annotate pod one note='a long story' --overwrite"),
    run('annotate pods --all why=test --dry-run=server'),
    run('annotate pod one --list', { since: 21, unordered: true }),
    run('annotate pod one note-'),
    run('annotate pod one note-'),
    run('annotate pod one x=y --resource-version=1'),
    run('annotate pod nothing a=b'),
    run('get pod one -o yaml'),
    run('delete pod one --now'),
  ],
};

/** Services made of what runs. */
export const exposing: Scene = {
  name: 'exposing',
  files: { 'web.yaml': WEB, 'old.yaml': OLD },
  steps: [
    run('create -f web.yaml'),
    run('create -f old.yaml'),
    until(rolledOut('web')),
    run('run solo --image=nginx --port=8080 --labels=app=solo'),
    until(exists('pods/solo')),
    run('expose deploy web'),
    run('expose deploy web'),
    run('expose deploy web --port=8080 --target-port=80 --name=web-alt'),
    run('expose deploy/web --port=80 --type=NodePort --name=web-node'),
    run('expose deploy/web --port=80 --type=LoadBalancer --name=web-lb'),
    run('expose rc old --port=80 --name=old --protocol=UDP --session-affinity=ClientIP'),
    run('expose rc old'),
    run('expose pod solo'),
    run('expose pod solo --port=80 --name=solo-alt --selector=app=solo,x=y'),
    run('expose svc web --name=web-too --port=81'),
    run('expose -f web.yaml --name=file --port=80 --dry-run=client -o yaml'),
    run('expose deploy web --port=80 --cluster-ip=None --name=headless'),
    run('expose deploy web --port=80 --external-ip=1.2.3.4 --name=external'),
    run('expose deploy web --port=80 --dry-run=server --name=dry'),
    run('expose deploy web --port=99999 --name=bad'),
    run('expose deploy nothing --port=80'),
    run('expose node node1 --port=80'),
    run('get svc'),
    run('get svc -o wide'),
    run('get svc old -o yaml'),
    run('get svc headless -o yaml'),
    run('get svc web-lb -o yaml'),
    run('describe svc web-lb'),
    run('describe svc external'),
    run('describe svc old'),
    run('get endpointslices -l kubernetes.io/service-name=web'),
    run('delete svc --all'),
    run('delete deploy/web rc/old pod/solo'),
  ],
};
