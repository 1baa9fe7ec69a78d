import { METHODS } from 'node:http';
import type { Random } from '@portolan/shared';

/** A request as bytes on a connection, well-formed or not. */
export interface FuzzRequest {
  /** The row of the table it comes from. */
  kind: string;
  /** What is sent. */
  bytes: Buffer;
  /** True for one that breaks off: nobody is left to be answered. */
  breaksOff: boolean;
}

interface Parts {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Bytes of the body that are announced but never come. */
  missing?: number;
}

type Make = (draw: Draw) => Parts | Buffer;

/** Draws from one source. */
class Draw {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('drawn from nothing');
    return value;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  text(length: number): string {
    return Array.from({ length }, () => this.of(CHARACTERS)).join('');
  }

  json(depth = 3): unknown {
    const leaf = this.of([null, true, 0, -1, 1.5, 1e308, '', 'x', '__proto__', this.text(5), [], {}]);
    if (depth === 0 || this.below(3) === 0) return leaf;
    if (this.below(2) === 0) return Array.from({ length: this.below(4) }, () => this.json(depth - 1));
    return Object.fromEntries(Array.from({ length: this.below(4) }, () => [this.of(FIELDS), this.json(depth - 1)]));
  }
}

const CHARACTERS = [
  ...'abcz019-._/%&=?#+ "\\\'<>{}[]()!,;:@$\t',
  'é',
  '中',
  '😀',
  '\u0000',
  '\u202e',
  '\ud800',
  '\ufeff',
];
const FIELDS = [
  ...['metadata', 'spec', 'status', 'name', 'namespace', 'labels', 'annotations', 'template', 'containers', 'replicas'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'data', 'items', '$patch', 'ports', 'selector', 'kind', ''],
];
const COLLECTIONS = [
  ...[
    '/api/v1/namespaces/default/pods',
    '/api/v1/namespaces/default/configmaps',
    '/api/v1/namespaces/default/services',
  ],
  ...['/apis/apps/v1/namespaces/default/deployments', '/apis/batch/v1/namespaces/default/jobs', '/api/v1/nodes'],
  ...[
    '/apis/extensions/v1beta1/namespaces/default/deployments',
    '/api/v1/pods',
    '/api/v1/namespaces',
    '/api/v1/events',
  ],
  '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
];
const OBJECTS = [
  ...['/api/v1/namespaces/default/configmaps/known', '/apis/apps/v1/namespaces/default/deployments/known'],
  ...['/api/v1/namespaces/default', '/api/v1/nodes/node1', '/api/v1/namespaces/default/services/kubernetes'],
  ...['/apis/apps/v1/namespaces/default/deployments/known/scale', '/api/v1/nodes/node1/status'],
  ...['/api/v1/namespaces/default/pods/none', '/api/v1/namespaces/default/pods/none/log', '/api/v1/nodes/none'],
];
const META = [
  '/',
  '/api',
  '/apis',
  '/apis/apps',
  '/apis/apps/v1',
  '/openapi/v2',
  '/openapi/v3',
  '/version',
  '/metrics',
];
const TYPES = [
  ...['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf', 'application/json-patch+json'],
  ...['application/merge-patch+json', 'application/strategic-merge-patch+json', 'application/apply-patch+yaml'],
  ...['text/plain', '', ';;;', 'application/json;charset=utf-16', 'multipart/form-data', 'x'.repeat(500), '*/*'],
];
const KINDS: [collection: string, apiVersion: string, kind: string][] = [
  ['/api/v1/namespaces/default/pods', 'v1', 'Pod'],
  ['/api/v1/namespaces/default/services', 'v1', 'Service'],
  ['/api/v1/namespaces/default/configmaps', 'v1', 'ConfigMap'],
  ['/apis/apps/v1/namespaces/default/deployments', 'apps/v1', 'Deployment'],
  ['/apis/apps/v1/namespaces/default/statefulsets', 'apps/v1', 'StatefulSet'],
  ['/apis/batch/v1/namespaces/default/cronjobs', 'batch/v1', 'CronJob'],
  ['/apis/policy/v1/namespaces/default/poddisruptionbudgets', 'policy/v1', 'PodDisruptionBudget'],
  ['/api/v1/namespaces', 'v1', 'Namespace'],
];
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const MIB = 1024 * 1024;

const json = (body: unknown) => Buffer.from(JSON.stringify(body) ?? 'null');
const named = (draw: Draw, name = `fuzz-${draw.below(40)}`) => ({ name, namespace: 'default' });

function nested(draw: Draw, depth: number): string {
  const [open, close] = draw.of([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"spec":[', ']}'],
  ] as const);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** An object of a kind in which some fields have values that no such object has. */
function confused(draw: Draw): Parts {
  const [path, apiVersion, kind] = draw.of(KINDS);
  const container = {
    name: 'c',
    image: 'redis',
    [draw.of(['ports', 'env', 'resources', 'command', 'image'])]: draw.json(),
  };
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [container] } };
  const spec = {
    replicas: 1,
    selector: { matchLabels: { app: 'x' } },
    template,
    containers: [container],
    ports: [{ port: 80 }],
  };
  const body: Record<string, unknown> = { apiVersion, kind, metadata: named(draw), spec };
  const target = draw.of([body, body.metadata, spec, template, template.spec, container]) as Record<string, unknown>;
  target[draw.of(FIELDS)] = draw.json();
  return { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: json(body) };
}

function patch(draw: Draw): Parts {
  const type = draw.of(TYPES.slice(3, 7));
  const operation = () => ({
    op: draw.of(['add', 'remove', 'replace', 'move', 'copy', 'test', 'x']),
    path: draw.of([
      '/spec/replicas',
      '/metadata/labels/a',
      '/',
      '',
      '/~2',
      '/__proto__/x',
      '/metadata',
      '/spec/template/9',
      'x',
    ]),
    from: draw.of(['/spec', '/metadata/name', '/none', '']),
    value: draw.json(),
  });
  const steps = Array.from({ length: draw.below(5) }, operation);
  const body =
    draw.below(2) === 0 ? steps : { metadata: draw.json(), spec: draw.json(4), $patch: draw.of(['replace', 'x']) };
  const query = draw.of(['', '?fieldManager=a', '?force=true', '?dryRun=All', '?dryRun=x', '?fieldValidation=Strict']);
  return { method: 'PATCH', path: draw.of(OBJECTS) + query, headers: { 'content-type': type }, body: json(body) };
}

function query(draw: Draw): Parts {
  const value = () =>
    draw.of([
      '',
      '-1',
      '0',
      '1e9',
      'NaN',
      '99999999999999999999',
      'true',
      'x',
      'a in (',
      '!!',
      'a=b,,',
      encodeURIComponent(draw.text(8).toWellFormed()),
    ]);
  const names = [
    ...['limit', 'continue', 'labelSelector', 'fieldSelector', 'resourceVersion', 'resourceVersionMatch', 'watch'],
    ...['timeoutSeconds', 'allowWatchBookmarks', 'sendInitialEvents', 'pretty', 'dryRun', 'gracePeriodSeconds'],
    ...['propagationPolicy', 'includeObject', 'fieldManager', 'fieldValidation', 'orphanDependents', '', '__proto__'],
  ];
  const terms = Array.from({ length: 1 + draw.below(5) }, () => `${draw.of(names)}=${value()}`);
  return {
    method: draw.of(['GET', 'GET', 'DELETE']),
    path: `${draw.of([...COLLECTIONS, ...OBJECTS.slice(0, 2)])}?${terms.join('&')}`,
  };
}

function protobuf(draw: Draw): Parts {
  const field = (number: number, content: Buffer) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, content.length & 127]), content]);
  const type = field(
    1,
    Buffer.concat([
      field(1, Buffer.from('v1')),
      field(2, Buffer.from(draw.of(['ConfigMap', 'Pod', 'Namespace', 'x']))),
    ]),
  );
  const inside = draw.of([
    draw.bytes(draw.below(60)),
    Buffer.alloc(draw.below(90), 0x0a),
    Buffer.alloc(20, 0xff),
    Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  ]);
  const magic = draw.of(['k8s\u0000', 'k8s\u0000', 'k8s\u0000', 'k8s\u0001', '']);
  const body = Buffer.concat([Buffer.from(magic), type, field(2, inside), draw.bytes(draw.below(4))]);
  return { method: 'POST', path: draw.of(COLLECTIONS), headers: { 'content-type': TYPES[2] ?? '' }, body };
}

function bomb(draw: Draw): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 3 + draw.below(12); level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  return draw.of([
    lines.join('\n'),
    `metadata: &m\n  name: x\n  labels: *m\n`,
    `a: *none`,
    `? [a, b]\n: c`,
    `<<: {a: b}\nkind: ConfigMap`,
    `a: !!js/function 'x'`,
    `${'- '.repeat(draw.below(3000))}x`,
    `${'{'.repeat(draw.below(20_000))}`,
    `a: !!binary ====\n---\nb: 2`,
    `a: 1\na: 2`,
  ]);
}

/** What is sent, by the kind of mistake. */
const TABLE: Readonly<Record<string, Make>> = {
  'wrong verb': (draw) => ({
    method: draw.of(METHODS.filter((method) => method !== 'CONNECT')),
    path: draw.of([...COLLECTIONS, ...OBJECTS, ...META]),
  }),
  'random body': (draw) => ({
    method: draw.of(WRITES),
    path: draw.of([...COLLECTIONS, ...OBJECTS]),
    headers: { 'content-type': draw.of(TYPES) },
    body: draw.bytes(draw.below(300)),
  }),
  'random JSON': (draw) => ({
    method: draw.of(WRITES),
    path: draw.of([...COLLECTIONS, ...OBJECTS]),
    headers: { 'content-type': draw.of(TYPES) },
    body: json(draw.json(5)),
  }),
  'confused types': confused,
  patch,
  query,
  protobuf,
  YAML: (draw) => ({
    method: draw.of(['POST', 'PATCH', 'PUT']),
    path: draw.of([...COLLECTIONS, ...OBJECTS]),
    headers: { 'content-type': draw.of(['application/yaml', 'application/apply-patch+yaml']) },
    body: bomb(draw),
  }),
  'huge name': (draw) => {
    const name = draw.of(['a', 'é', '%41']).repeat(1 + draw.below(9000));
    const path = draw.of(COLLECTIONS);
    if (draw.below(2) === 0) return { method: 'GET', path: encodeURI(`${path}/${name}`) };
    const metadata = { name: draw.of([name, 'x']), labels: { [name]: name }, annotations: { [name]: name } };
    return { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: json({ metadata }) };
  },
  unicode: (draw) => {
    const name = draw.text(1 + draw.below(30));
    if (draw.below(2) === 0)
      return { method: 'GET', path: `${draw.of(COLLECTIONS)}/${encodeURIComponent(name.toWellFormed())}` };
    const metadata = { name, labels: { [name]: name } };
    return {
      method: 'POST',
      path: draw.of(COLLECTIONS),
      headers: { 'content-type': 'application/json' },
      body: json({ metadata }),
    };
  },
  'deep nesting': (draw) => ({
    method: draw.of(['POST', 'PUT', 'PATCH']),
    path: draw.of([...COLLECTIONS, ...OBJECTS]),
    headers: { 'content-type': draw.of(TYPES.slice(0, 7)) },
    body: nested(draw, draw.of([100, 999, 1001, 5000, 20_000, 200_000])),
  }),
  'large body': (draw) => {
    const data = { text: 'x'.repeat(draw.of([1, 2, 4, 10]) * MIB + draw.below(1000)) };
    const body = json({ apiVersion: 'v1', kind: 'ConfigMap', metadata: named(draw), data });
    return {
      method: draw.of(['POST', 'PUT']),
      path: draw.of(COLLECTIONS),
      headers: { 'content-type': 'application/json' },
      body,
    };
  },
  'broken percent': (draw) => ({
    method: draw.of(['GET', 'POST', 'DELETE']),
    path: `${draw.of(COLLECTIONS)}/${draw.of(['%', '%zz', '%c3%28', '%00', '%2e%2e%2f', '%ff', 'a%2', '..', '.', '%2f%2f'])}${draw.of(['', '/status', '?a=%', '?%zz=%'])}`,
  }),
  'strange path': (draw) => ({
    method: 'GET',
    path: `/${Array.from({ length: draw.below(9) }, () => draw.of(['api', 'apis', 'v1', 'pods', 'namespaces', '', 'x', '__proto__', 'openapi', 'v3', 'constructor', 'proxy', 'watch'])).join('/')}`,
  }),
  'broken off': (draw) => ({
    method: draw.of(WRITES),
    path: draw.of(COLLECTIONS),
    headers: { 'content-type': draw.of(TYPES.slice(0, 4)) },
    body: json({ metadata: named(draw) }),
    missing: 1 + draw.below(1000),
  }),
  'odd accept': (draw) => ({
    method: 'GET',
    path: draw.of([...COLLECTIONS, ...OBJECTS, ...META]),
    headers: {
      accept: draw.of([
        ...[
          'text/html',
          'application/vnd.kubernetes.protobuf',
          ';',
          ',,,',
          '*/*;q=x',
          'application/json;as=Table',
          'a'.repeat(3000),
        ],
        ...[
          'application/json;as=Table;g=meta.k8s.io;v=v9',
          'application/json;as=__proto__;g=meta.k8s.io;v=v1',
          'application/json;q=0',
        ],
        ...[
          'application/json;as=APIGroupDiscoveryList;g=apidiscovery.k8s.io;v=v3',
          'application/json;as=Table;g=meta.k8s.io;v=v1',
        ],
      ]),
      'accept-encoding': draw.of(['gzip', 'gzip;q=0', 'br', '*', ',']),
    },
  }),
  'odd headers': (draw) => ({
    method: draw.of(['GET', 'POST']),
    path: draw.of(COLLECTIONS),
    headers: draw.of<Record<string, string>>([
      { host: '' },
      { host: 'a b' },
      { host: '[' },
      { authorization: `Bearer ${'x'.repeat(draw.below(5000))}` },
      { authorization: 'Basic ####' },
      { 'impersonate-user': 'nobody', 'impersonate-group': '' },
      { 'content-length': '-1' },
      { 'transfer-encoding': 'chunked', connection: 'close' },
      { expect: '100-continue' },
      { expect: 'x' },
      { upgrade: 'websocket', connection: 'Upgrade' },
      { 'x-long': 'y'.repeat(20_000) },
      { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    ]),
    // Where the headers announce chunks, an end of them or none that is one; a body that is no JSON elsewhere.
    body: draw.of(['0\r\n\r\n', 'zz\r\n']),
  }),
  'no HTTP': (draw) =>
    Buffer.concat([
      draw.of([draw.bytes(40), Buffer.from('GET /\r\n\r\n'), Buffer.from('\r\n\r\nHELLO')]),
      Buffer.from('\r\n\r\n'),
    ]),
  pollution: (draw) => {
    const body = `{"metadata":{"name":"fuzz-${draw.below(40)}","__proto__":{"polluted":1}},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"data":{"__proto__":"x"}}`;
    const type = draw.of([...TYPES.slice(0, 2), ...TYPES.slice(4, 7)]);
    return {
      method: draw.of(['POST', 'PATCH']),
      path: draw.of([...COLLECTIONS, ...OBJECTS]),
      headers: { 'content-type': type },
      body,
    };
  },
};

function toBytes({ method, path, headers = {}, body = '', missing = 0 }: Parts): Buffer {
  const content = Buffer.from(body);
  const length = content.length + missing > 0 ? { 'content-length': String(content.length + missing) } : {};
  const all = { host: '127.0.0.1', connection: 'close', ...length, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), content]);
}

/** One request, drawn from a source. */
export function fuzzRequest(random: Random): FuzzRequest {
  const draw = new Draw(random);
  const kind = draw.of(Object.keys(TABLE));
  const made = TABLE[kind]?.(draw) ?? Buffer.alloc(0);
  const bytes = Buffer.isBuffer(made) ? made : toBytes(made);
  return { kind, bytes, breaksOff: !Buffer.isBuffer(made) && made.missing !== undefined };
}
