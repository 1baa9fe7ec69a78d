import { exists, rolledOut } from '../conditions.ts';
import { run, type Scene, until } from '../scene.ts';

const web = (image: string, more = '') => `apiVersion: apps/v1
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
        image: ${image}
${more}`;

const settings = (colour: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {app: web}
data:
  colour: ${colour}
  shape: round
`;

/** Apply on the client's side, with what belongs to it. */
export const applies: Scene = {
  name: 'applies',
  files: {
    'web1.yaml': web('nginx:1', '        env:\n        - {name: A, value: "1"}\n        - {name: B, value: "2"}\n'),
    'web2.yaml': web('nginx:2', '        env:\n        - {name: B, value: "3"}\n'),
    'all/settings.yaml': settings('blue'),
    'all/web.yaml': web('nginx:3'),
    'red.yaml': settings('red'),
    'less/settings.yaml': settings('blue'),
    'bad.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: bad}\nspec: {replicas: 1, nothing: true}\n',
    'unknown.yaml': 'apiVersion: shop/v1\nkind: Cake\nmetadata: {name: bad}\n',
    'nokind.yaml': 'apiVersion: v1\nmetadata: {name: bad}\n',
    editor: '#!/bin/sh\nsed -i s/colour:.*/colour:\\ green/ "$1"\n',
    still: '#!/bin/sh\nexit 0\n',
  },
  steps: [
    run('apply -f web1.yaml --dry-run=client'),
    run('apply -f web1.yaml --dry-run=server'),
    run('apply -f web1.yaml'),
    run('apply -f web1.yaml'),
    run('apply view-last-applied deploy web'),
    run('apply view-last-applied deploy/web -o json'),
    run('diff -f web1.yaml'),
    until(rolledOut('web')),
    run('diff -f web2.yaml', { since: 21 }),
    run('apply -f web2.yaml --dry-run=server'),
    run('apply -f web2.yaml'),
    run("get deploy web -o 'jsonpath={.spec.template.spec.containers[0].env}'"),
    run('scale deploy web --replicas=3'),
    run('apply -f web2.yaml'),
    run("get deploy web -o 'jsonpath={.spec.replicas}'"),
    run('apply -f all'),
    run('apply -f all -R'),
    // Older ones show managers, whose order hangs on the second in which they wrote.
    run('diff -f red.yaml', { upTo: 20, only: /^(\|[-+] .*colour|[!=])/ }),
    run('diff -f red.yaml', { since: 21 }),
    run('apply -f red.yaml -o yaml'),
    run('apply -f - ', { stdin: settings('white') }),
    run('apply set-last-applied -f red.yaml'),
    run('apply set-last-applied -f red.yaml'),
    run('apply edit-last-applied cm/settings', { env: { KUBE_EDITOR: './editor' } }),
    run('edit cm settings', { env: { KUBE_EDITOR: './editor' } }),
    run('edit cm settings', { env: { KUBE_EDITOR: './still' } }),
    run('create -f all/settings.yaml'),
    run('replace -f red.yaml'),
    run('replace -f red.yaml --dry-run=server'),
    run('replace --force -f red.yaml'),
    run('replace -f bad.yaml'),
    run('apply -f bad.yaml'),
    run('apply -f bad.yaml --validate=false'),
    run('apply -f unknown.yaml'),
    run('apply -f nokind.yaml'),
    run('apply -f nothing.yaml'),
    run('create cm plain --from-literal=a=b'),
    run('apply -f -', {
      stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\ndata: {a: c}\n',
    }),
    run('create -f all/settings.yaml --save-config --dry-run=server -o yaml'),
    run('apply -f less --prune -l app=web', { upTo: 21, unordered: true }),
    run('apply -f less --prune -l app=web --prune-allowlist=core/v1/ConfigMap --prune-allowlist=apps/v1/Deployment', {
      since: 26,
    }),
    run('get deploy,cm -l app=web'),
    run('delete -f less'),
  ],
};

/** Apply on the server's side: owners of fields and their conflicts. */
export const serverApplies: Scene = {
  name: 'server-applies',
  files: {
    'web1.yaml': web('nginx:1'),
    'web2.yaml': web('nginx:2'),
    'size.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 5}\n',
    'settings.yaml': settings('blue'),
    'red.yaml': settings('red'),
    'less.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {shape: round}\n',
  },
  steps: [
    run('apply --server-side -f settings.yaml --dry-run=server'),
    run('apply --server-side -f settings.yaml'),
    run('apply --server-side -f settings.yaml'),
    run('apply --server-side -f red.yaml'),
    run('apply --server-side --field-manager=other -f settings.yaml'),
    run('apply --server-side --field-manager=other -f red.yaml'),
    run('apply --server-side --field-manager=other --force-conflicts -f settings.yaml'),
    run('apply --server-side -f less.yaml'),
    run("get cm settings -o 'jsonpath={.data}'"),
    run("get cm settings -o 'jsonpath={.metadata.managedFields[*].manager}'"),
    run('get cm settings -o yaml --show-managed-fields', { since: 21 }),
    run('apply --server-side -f web1.yaml'),
    until(rolledOut('web')),
    run('apply --server-side -f web2.yaml'),
    run('apply --server-side --field-manager=size -f size.yaml'),
    run('scale deploy web --replicas=1'),
    run('apply --server-side -f web2.yaml'),
    run('apply --server-side -f web2.yaml --force-conflicts'),
    run("get deploy web -o 'jsonpath={.spec.replicas}'"),
    run('diff --server-side -f web1.yaml', { since: 21 }),
    run('diff --server-side -f web1.yaml', { upTo: 20, only: /^(\|[-+] .*image|[!=])/ }),
    run('apply -f settings.yaml'),
    run('apply --server-side -f settings.yaml', {}),
    run('apply --server-side -f -', {
      stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\nnothing: 1\n',
    }),
    run('apply --server-side -f -', {
      stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: 1}\n',
    }),
    run(`patch cm settings -p '{"data":{"shape":"square"}}'`),
    run('apply --server-side -f less.yaml'),
    until(exists('configmaps/settings')),
    run('delete cm settings'),
    run('delete deploy web'),
  ],
};
