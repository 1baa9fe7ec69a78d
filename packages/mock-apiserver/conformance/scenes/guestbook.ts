import { events, object, pods, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

const deployment = (name: string, labels: string, replicas: number, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {${labels}}
  template:
    metadata:
      labels: {${labels}}
    spec:
      containers:
      - name: ${name.replace('frontend', 'php-redis')}
        image: ${image}
        resources:
          requests:
            cpu: 20m
            memory: 100Mi
        env:
        - name: GET_HOSTS_FROM
          value: dns
        ports:
        - containerPort: ${name === 'frontend' ? 80 : 6379}
`;

const service = (name: string, labels: string, port: number) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels: {${labels}}
spec:
${name === 'frontend' ? '  type: NodePort\n' : ''}  ports:
  - port: ${port}
    targetPort: ${port}
  selector: {${labels}}
`;

const MASTER = 'app: redis, role: master, tier: backend';
const SLAVE = 'app: redis, role: slave, tier: backend';
const FRONTEND = 'app: guestbook, tier: frontend';

/** The guestbook, with which every way to look at it is compared. As apps/v1, which every control plane serves. */
export const guestbook: Scene = {
  name: 'guestbook',
  files: {
    'guestbook/redis-master.yaml': `${deployment('redis-master', MASTER, 1, 'gcr.io/google_containers/redis:e2e')}---\n${service('redis-master', MASTER, 6379)}`,
    'guestbook/redis-slave.yaml': `${deployment('redis-slave', SLAVE, 2, 'gcr.io/google_samples/gb-redisslave:v1')}---\n${service('redis-slave', SLAVE, 6379)}`,
    'guestbook/frontend.yaml': `${deployment('frontend', FRONTEND, 3, 'gcr.io/google-samples/gb-frontend:v3')}---\n${service('frontend', FRONTEND, 80)}`,
    'names.jsonpath': '{range .items[*]}{.metadata.name}{"\\n"}{end}',
    'names.template': '{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}',
    'columns.txt': 'NAME           IMAGE\n.metadata.name .spec.template.spec.containers[0].image\n',
    'kustomization.yaml': 'resources:\n- guestbook/frontend.yaml\nnamePrefix: k-\n',
  },
  steps: [
    run('get all'),
    run('get pods'),
    run('create -f guestbook'),
    until(rolledOut('frontend')),
    until(rolledOut('redis-master')),
    until(rolledOut('redis-slave')),
    until(pods('app=redis', 3)),
    until(object('endpoints/frontend', 'has three addresses', ({ subsets }) => subsets?.[0]?.addresses?.length === 3)),
    until(events('Scheduled', 6)),
    run('get deployments'),
    run('get deploy -o wide'),
    run('get deploy frontend'),
    run('get deploy/frontend svc/frontend'),
    run('get deploy,svc'),
    run('get rs -o wide', { unordered: true }),
    run('get pods', { unordered: true }),
    run('get pods -o wide', { unordered: true }),
    run('get pods --no-headers', { unordered: true }),
    run('get pods --show-labels', { unordered: true }),
    run('get pods -L app,tier', { unordered: true }),
    run('get pods -l app=redis,role!=master', { unordered: true }),
    run("get pods -l 'tier in (frontend),app notin (redis)'", { unordered: true }),
    run('get pods -l role', { unordered: true }),
    run("get pods -l '!role'", { unordered: true }),
    run('get pods -l nothing=here'),
    run('get pods -l app=guestbook -o name', { unordered: true }),
    run('get pods --field-selector status.phase=Running -o name', { unordered: true }),
    run('get pods --field-selector status.phase!=Running'),
    run('get pods --chunk-size=2 -o name', { unordered: true }),
    run('get all', { unordered: true }),
    run('get all --show-kind -o name', { unordered: true }),
    run('get services'),
    run('get svc -o wide'),
    run('get svc --sort-by=.spec.ports[0].port'),
    run('get svc --sort-by=.metadata.name --no-headers'),
    run('get endpoints'),
    run('get svc frontend -o yaml'),
    run('get svc frontend -o json'),
    run('get deploy frontend -o yaml'),
    run('get deploy frontend -o json'),
    run('get rs -l app=guestbook -o yaml'),
    run('get pods -l role=master -o yaml'),
    run('get pods -l role=master -o json'),
    run('get endpoints redis-master -o yaml'),
    run("get deploy -o jsonpath='{.items[*].metadata.name}'"),
    run('get deploy -o jsonpath-file=names.jsonpath'),
    run("get deploy -o 'jsonpath={range .items[*]}{.metadata.name}={.spec.replicas}{end}'"),
    run("get deploy -o 'go-template={{range .items}}{{.metadata.name}} {{end}}'"),
    run('get deploy -o go-template-file=names.template'),
    run('get deploy -o custom-columns=NAME:.metadata.name,REPLICAS:.spec.replicas,NO:.spec.no'),
    run('get deploy -o custom-columns-file=columns.txt'),
    run('get deploy -o nonsense'),
    run('get -f guestbook/frontend.yaml'),
    run('get -k .'),
    run('get deploy --all-namespaces -l app=guestbook', { unordered: true }),
    run('get deploy --ignore-not-found nothing'),
    run('get deploy nothing'),
    run('get pods --watch=false --show-managed-fields=false -o name', { since: 21, unordered: true }),
    run('describe deploy frontend'),
    run('describe rs -l app=guestbook'),
    run('describe svc frontend'),
    run('describe svc redis-master'),
    run('describe endpoints redis-master'),
    run('describe pod -l role=master'),
    run('describe deploy,svc -l nothing=here'),
    run('describe deploy nothing'),
    run('describe deploy --show-events=false frontend'),
    run('rollout status deploy/frontend'),
    run('rollout status -f guestbook/frontend.yaml'),
    run('rollout history deploy/frontend'),
    run('cluster-info'),
    run('delete -f guestbook'),
    until(pods('tier', 0)),
    run('get all'),
  ],
};
