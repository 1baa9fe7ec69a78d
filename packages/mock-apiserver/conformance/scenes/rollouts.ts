import { events, everywhere, object, pods, ready, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
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

/** A Deployment's revisions: forwards, back, paused, restarted. */
export const rollouts: Scene = {
  name: 'rollouts',
  files: { 'web.yaml': WEB },
  steps: [
    run('create -f web.yaml', {}),
    run('rollout status deploy/web', { last: true }),
    until(pods('app=web', 3)),
    run('rollout history deploy/web'),
    run('set image deploy/web nginx=nginx:2'),
    run('rollout status deployment web', { last: true }),
    until(rolledOut('web')),
    until(pods('app=web', 3)),
    run('get rs', { unordered: true }),
    run('annotate deploy/web kubernetes.io/change-cause=second'),
    until(
      object(
        'deployments/web',
        'has told its cause',
        ({ metadata }) => metadata?.annotations?.['kubernetes.io/change-cause'] === 'second',
      ),
    ),
    until(object('replicasets', 'say the cause', ({ items }) => JSON.stringify(items).includes('"second"'))),
    run('rollout history deploy/web'),
    run('rollout history deploy/web --revision=1'),
    run('rollout history deploy/web --revision=2'),
    run('rollout history deploy/web --revision=9'),
    run('rollout history deploy/web -o yaml', { since: 26 }),
    run('rollout pause deploy/web'),
    run('rollout pause deploy/web'),
    run('set image deploy/web *=nginx:3'),
    until(
      object(
        'deployments/web',
        'is seen paused',
        ({ metadata, status }) => metadata?.generation === status?.observedGeneration,
      ),
    ),
    run('get deploy web'),
    run('describe deploy web', { unordered: true }),
    run('rollout restart deploy/web'),
    run('rollout undo deploy/web'),
    run('rollout resume deploy/web'),
    run('rollout resume deploy/web'),
    run('rollout status deploy/web', { last: true }),
    until(rolledOut('web')),
    until(pods('app=web', 3)),
    run('rollout history deploy/web'),
    run('rollout undo deploy/web --dry-run=client', { unordered: true }),
    run('rollout undo deploy/web --dry-run=server'),
    run('rollout undo deploy/web'),
    run('rollout status deploy/web --timeout=60s', { last: true }),
    until(rolledOut('web')),
    until(pods('app=web', 3)),
    run('rollout history deploy/web'),
    run('rollout undo deploy/web --to-revision=1'),
    run('rollout status deploy/web', { last: true }),
    until(rolledOut('web')),
    until(pods('app=web', 3)),
    run('rollout undo deploy/web --to-revision=99'),
    run('rollout undo deploy/web --to-revision=5'),
    run('rollout restart deploy/web'),
    until(rolledOut('web')),
    run('rollout status deploy/web --watch=false'),
    until(pods('app=web', 3)),
    run('rollout restart deploy -l app=web', { since: 21 }),
    until(rolledOut('web')),
    until(pods('app=web', 3)),
    run('rollout history deploy/web'),
    run('get rs -l app=web', { unordered: true }),
    run('get deploy web -o yaml'),
    run('rollout status deploy/nothing'),
    run('rollout history rs/nothing'),
    run('rollout undo deploy/nothing'),
    run('delete deploy web'),
  ],
};

/** Revisions of the kinds that keep them as ControllerRevisions. */
export const revisions: Scene = {
  name: 'revisions',
  files: {
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
    'db.yaml': `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector: {app: db}
  ports:
  - port: 5432
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers:
      - name: db
        image: postgres:1
`,
  },
  steps: [
    run('create -f agent.yaml -f db.yaml'),
    until(everywhere('agent')),
    until(pods('app=agent', 2)),
    until(ready('statefulsets/db')),
    until(pods('app=db', 2)),
    until(events('SuccessfulCreate', 4)),
    run('get ds'),
    run('get ds -o wide'),
    run('get sts'),
    run('get sts -o wide'),
    run('get pods', { unordered: true }),
    run('get svc db'),
    run('describe svc db'),
    run('describe ds agent', { unordered: true }),
    run('describe sts db'),
    run('describe pod db-0'),
    run('get ds agent -o yaml'),
    run('get sts db -o yaml'),
    run('get pod db-0 -o yaml'),
    run('get controllerrevisions', { unordered: true }),
    run('describe controllerrevisions -l app=db'),
    run('rollout status ds/agent'),
    run('rollout status sts/db', { last: true }),
    run('rollout history ds/agent'),
    run('rollout history sts/db'),
    run('set image ds/agent agent=agent:2'),
    run('rollout status ds/agent', { last: true }),
    run('set image sts/db db=postgres:2'),
    run('rollout status sts/db', { last: true }),
    until(everywhere('agent')),
    until(pods('app=agent', 2)),
    until(ready('statefulsets/db')),
    run('rollout history ds/agent'),
    run('rollout history ds/agent --revision=2'),
    run('rollout history sts/db'),
    run('rollout history sts/db --revision=1'),
    run('rollout undo ds/agent'),
    run('rollout undo sts/db --to-revision=1'),
    until(everywhere('agent')),
    until(pods('app=agent', 2)),
    until(ready('statefulsets/db')),
    run('rollout history ds/agent'),
    run('rollout history sts/db'),
    run('rollout restart ds/agent'),
    run('rollout restart sts/db'),
    until(everywhere('agent')),
    until(pods('app=agent', 2)),
    until(ready('statefulsets/db')),
    run('rollout pause ds/agent'),
    run('rollout pause sts/db'),
    run('rollout resume sts/db'),
    run('scale sts db --replicas=3'),
    until(ready('statefulsets/db')),
    until(pods('app=db', 3)),
    run('scale sts/db --replicas=1'),
    until(ready('statefulsets/db')),
    until(pods('app=db', 1)),
    until(events('SuccessfulDelete', 6)),
    run('get sts,pods -l app=db', { unordered: true }),
    run('delete sts db --cascade=orphan'),
    run('get pods -l app=db'),
    run('delete pod db-0'),
    run('delete ds/agent svc/db'),
  ],
};
