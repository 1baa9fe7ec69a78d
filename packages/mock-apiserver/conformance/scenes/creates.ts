import { events, exists, missing, none, object, pods, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

/** Everything `create` and `run` make from the command line. */
export const creates: Scene = {
  name: 'creates',
  files: {
    'a.properties': 'a=1\nb=2\n',
    'page.html': '<html/>\n',
    'folder/x.txt': 'x\n',
    'folder/y.txt': 'y\n',
  },
  steps: [
    run('create namespace $NS-more'),
    run('create ns $NS-more'),
    run('get ns $NS-more'),
    run('describe ns $NS-more'),
    run('get ns $NS-more -o yaml'),
    run('delete ns $NS-more'),
    run('create configmap literal --from-literal=a=1 --from-literal=b=2'),
    run('create cm file --from-file=page.html --from-file=index=page.html'),
    run('create cm env --from-env-file=a.properties'),
    run('create cm folder --from-file=folder'),
    run('create cm hashed --from-literal=a=1 --append-hash'),
    run('create cm literal --from-literal=a=1'),
    run('create cm dry --from-literal=a=1 --dry-run=client -o yaml'),
    run('create cm dry --from-literal=a=1 --dry-run=server -o yaml'),
    run('create cm Bad_Name --from-literal=a=1'),
    run('create cm empty'),
    run('get cm', { unordered: true }),
    run('describe cm literal', { unordered: true }),
    run('describe cm folder', { unordered: true }),
    run('get cm file -o yaml'),
    run('create secret generic keys --from-literal=user=ann --from-literal=password=secret'),
    run('create secret docker-registry registry --docker-username=u --docker-password=p --docker-email=e@x'),
    run('create secret generic typed --type=example.com/key --from-literal=a=b'),
    run('create secret tls broken --cert=page.html --key=page.html'),
    run('get secrets', { unordered: true }),
    run('describe secret keys', { unordered: true }),
    run('get secret keys -o yaml'),
    run('create service clusterip plain --tcp=80:8080'),
    run('create service clusterip headless --clusterip=None'),
    run('create service nodeport node --tcp=80:8080 --node-port=319$MINOR'),
    run('create service nodeport node2 --tcp=80:8080 --node-port=319$MINOR'),
    run('create service nodeport node3 --tcp=80:8080 --node-port=80'),
    run('create service loadbalancer balanced --tcp=80:8080'),
    run('create service externalname outside --external-name=example.com'),
    run('get svc'),
    run('get svc outside -o yaml'),
    run('describe svc outside'),
    run('create deployment simple --image=nginx'),
    run('create deployment many --image=nginx --image=redis --replicas=2'),
    run('create deployment ported --image=nginx --port=80 --replicas=2', { since: 20 }),
    run('create deployment commanded --image=busybox -- date'),
    run('create deployment dry --image=nginx --dry-run=client -o yaml'),
    run('create deployment simple --image=nginx'),
    run('create deploy Bad_Name --image=nginx'),
    until(rolledOut('ported')),
    run('get deploy ported -o yaml'),
    run('create serviceaccount robot'),
    run('get sa robot -o yaml'),
    run('create role reader --verb=get,list --resource=pods,services'),
    run('create role named --verb=get --resource=pods --resource-name=a'),
    run('create role bad --verb=nothing --resource=nothings'),
    run('create rolebinding readers --role=reader --user=ann --group=team --serviceaccount=default:robot'),
    run('create clusterrole $NS-nodes --verb=get --resource=nodes'),
    run('create clusterrole $NS-urls --verb=get --non-resource-url=/logs/*'),
    run('create clusterrolebinding $NS-nodes --clusterrole=$NS-nodes --user=ann'),
    run('get roles'),
    run('get rolebindings'),
    run('get rolebindings -o wide'),
    run('get clusterroles $NS-nodes'),
    run('get clusterrolebindings $NS-nodes -o wide'),
    run('describe role reader'),
    run('describe rolebinding readers'),
    run('describe clusterrole $NS-nodes'),
    run('describe clusterrole $NS-urls'),
    run('describe clusterrolebinding $NS-nodes'),
    run('get role reader -o yaml'),
    run('get rolebinding readers -o yaml'),
    run('delete clusterrole $NS-nodes $NS-urls'),
    run('delete clusterrolebinding $NS-nodes'),
    run('create quota limits --hard=pods=50,services=20'),
    run('get quota limits'),
    run('create priorityclass $NS-high --value=1000 --description=high'),
    run('get priorityclass $NS-high'),
    run('describe priorityclass $NS-high'),
    run('delete priorityclass $NS-high'),
    run('create ingress simple --rule=example.com/*=plain:80'),
    run('create ingress secure --class=nginx --rule=example.com/a=plain:80,tls=keys'),
    run('get ingress simple'),
    run('get ingress'),
    run('describe ingress simple'),
    run('get ingress simple -o yaml'),
    run('create pdb budget --selector=app=simple --min-available=1', {}),
    run('run solo --image=nginx'),
    run('run solo --image=nginx'),
    run('run labelled --image=nginx --labels=app=x,b=c --env=A=1 --restart=Never'),
    run('run dry --image=nginx --dry-run=client -o yaml'),
    run('run dry --image=nginx --dry-run=server -o name'),
    run('run commanded --image=busybox --command -- sleep 1d'),
    run('run exposed --image=nginx --port=80 --expose'),
    run('run noimage'),
    until(pods('run in (solo,commanded,exposed)', 3)),
    run('get pods -l run'),
    run('get pod commanded -o yaml'),
    run('create -f -', { stdin: '' }),
    run('create -f -', { stdin: 'apiVersion: v1\nkind: Pod\nmetadata: {name: nothing}\nspec: {containers: []}\n' }),
    run('create -f -', {
      stdin: 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: gen-}\nspec: {containers: [{name: c, image: i}]}\n',
    }),
    run('create -f -', {
      stdin:
        '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "l1"}}, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "l2"}}]}',
    }),
    run('create --raw /api/v1/namespaces/$NS/configmaps -f -', {
      stdin: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"raw"}}',
    }),
    run('create token default', { since: 24, unordered: true }),
    until(exists('resourcequotas/limits')),
    until(missing('/api/v1/namespaces/$NS-more')),
  ],
};

/** Jobs and what makes them. The pods that are looked at find no node: on hollow kubelets a container never ends by itself. */
export const jobs: Scene = {
  name: 'jobs',
  files: {
    'once.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: once
spec:
  completions: 2
  parallelism: 1
  template:
    spec:
      restartPolicy: Never
      nodeSelector: {nowhere: "yes"}
      containers:
      - name: c
        image: busybox
        command: [sleep, "1"]
`,
    'tick.yaml': `apiVersion: $VERSION(cronjobs.batch)
kind: CronJob
metadata:
  name: tick
spec:
  schedule: "1 1 1 1 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          nodeSelector: {nowhere: "yes"}
          containers:
          - name: c
            image: busybox
            args: [date]
`,
  },
  steps: [
    run('create job direct --image=busybox -- date'),
    run('create job direct --image=busybox -- date'),
    run('create job dry --image=busybox --dry-run=client -o yaml -- date'),
    run('delete job direct'),
    run('create -f once.yaml'),
    until(object('jobs/once', 'has a pod', ({ status }) => status?.active === 1)),
    until(events('FailedScheduling')),
    run('get jobs'),
    run('get jobs -o wide'),
    run('get jobs -w --output-watch-events', {
      during: [run('label job once k=v')],
      shows: /MODIFIED/,
      distinct: true,
    }),
    run('describe job once'),
    run('get job once -o yaml'),
    run('get pods -l job-name=once'),
    run('wait --for=condition=complete job/once --timeout=1500ms'),
    run('delete job once'),
    until(none('pods')),
    run('create -f tick.yaml'),
    run('get cronjobs'),
    run('get cj -o wide'),
    run('describe cronjob tick'),
    run('get cronjob tick -o yaml'),
    run('create job by-hand --from=cronjob/tick'),
    run("get job by-hand -o 'jsonpath={.metadata.annotations}{.metadata.ownerReferences[*].kind}'"),
    run(`patch cronjob tick -p '{"spec":{"suspend":true}}'`),
    run('get cronjobs'),
    run('create cronjob tock --image=busybox --schedule="*/5 * * * *" -- date'),
    run('create cronjob bad --image=busybox --schedule="every day"'),
    run('delete job by-hand'),
    run('delete cronjob tick'),
  ],
};
