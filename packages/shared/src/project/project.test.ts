import { describe, expect, it } from 'vitest';
import { entity, KINDS, type Kind } from '../entity/entity.ts';
import { KIND_TABLE, kindRow } from '../kinds.ts';
import { aDeployment, aNode, anyObject, aPod, aService, containerStatus, metadata } from '../testing/objects.ts';
import { project } from './project.ts';
import { ProjectionError } from './projection-error.ts';

describe('the table of kinds', () => {
  it('[K1] has one row a kind, in the order in which snapshots travel', () => {
    expect(KIND_TABLE.map((row) => row.kind)).toEqual([...KINDS]);
  });

  it('[K1] lists the versions newest first, and reads Endpoints only where slices are absent', () => {
    expect(kindRow('EndpointSlice').versions).toEqual(['v1', 'v1beta1']);
    expect(kindRow('CronJob').versions).toEqual(['v1', 'v1beta1']);
    expect(KIND_TABLE.filter((row) => row.instead !== null).map((row) => [row.kind, row.instead])).toEqual([
      ['Endpoints', 'EndpointSlice'],
    ]);
  });

  it('[K1] requires namespaces, nodes and pods, and only what belongs to the cluster has no namespace', () => {
    const names = (keep: (row: (typeof KIND_TABLE)[number]) => boolean) =>
      KIND_TABLE.filter(keep).map((row) => row.plural);
    expect(names((row) => row.required)).toEqual(['namespaces', 'nodes', 'pods']);
    expect(names((row) => !row.namespaced)).toEqual([
      'namespaces',
      'nodes',
      'storageclasses',
      'persistentvolumes',
      'nodes',
    ]);
  });
});

describe('projection', () => {
  it.each(KINDS)('[K2] of a bare %s has every field of its schema and no other', (kind) => {
    const bare = anyObject({ spec: { containers: [] }, involvedObject: {}, surprise: 'x' });
    const made = project(kind, bare);
    expect(entity.parse(made)).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('surprise');
  });

  it('[K2] keeps labels and drops annotations, environment and arguments', () => {
    const pod = aPod({
      metadata: { labels: { app: 'web' }, annotations: { note: 'canary' } },
      spec: { containers: [{ name: 'main', image: 'web:1', env: [{ name: 'X', value: 'canary' }], args: ['canary'] }] },
      status: {
        containerStatuses: [
          containerStatus('main', {
            ready: false,
            state: { terminated: { exitCode: 1, reason: 'Error', message: 'canary' } },
          }),
        ],
      },
    });
    const made = project('Pod', pod);
    expect(made).toMatchObject({ labels: { app: 'web' }, images: ['web:1'], status: 'Error', health: 'failing' });
    expect(made.reason).toBe('container main ended: Error, exit code 1');
    expect(JSON.stringify(made)).not.toContain('canary');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['without a uid', { metadata: { ...metadata('x'), uid: undefined } }, 'metadata.uid'],
    ['with an empty name', { metadata: { ...metadata('x'), name: '' } }, 'metadata.name'],
    ['without a version', { metadata: { ...metadata('x'), resourceVersion: undefined } }, 'metadata.resourceVersion'],
    [
      'with a creation time that is none',
      { metadata: metadata('x', { creationTimestamp: 'canary' }) },
      'metadata.creationTimestamp',
    ],
    ['without containers', { spec: {} }, 'spec.containers'],
    ['whose conditions are no list', { spec: { containers: [] }, status: { conditions: 'canary' } }, 'spec or status'],
  ])('[K3] refuses a pod %s, naming the field and quoting nothing', (_name, parts, field) => {
    const attempt = () => project('Pod', anyObject({ spec: { containers: [] }, ...parts }));
    expect(attempt).toThrow(ProjectionError);
    expect(attempt).toThrow(field);
    expect(attempt).not.toThrow('canary');
  });

  it.each<[Kind]>([['Pod'], ['Event'], ['Deployment']])('[K3] refuses a %s without metadata', (kind) => {
    expect(() => project(kind, {} as never)).toThrow(`${kind} (no name): metadata.uid`);
  });

  it('[K4] reads both styles of events', () => {
    const about = { kind: 'Pod', namespace: 'default', name: 'web-1', uid: 'u' };
    const old = project(
      'Event',
      anyObject({
        involvedObject: about,
        type: 'Warning',
        count: 4,
        firstTimestamp: '2026-11-21T09:00:00Z',
        lastTimestamp: '2026-11-21T09:05:00Z',
        eventTime: null,
        source: { component: 'kubelet' },
      }),
    );
    expect(old).toMatchObject({ count: 4, source: 'kubelet', health: 'warning', about });
    expect((old.last ?? 0) - (old.first ?? 0)).toBe(300_000);
    const recent = project(
      'Event',
      anyObject({
        involvedObject: about,
        firstTimestamp: null,
        lastTimestamp: null,
        source: {},
        eventTime: '2026-11-21T09:00:00.000000Z',
        series: { count: 7, lastObservedTime: '2026-11-21T09:10:00.000000Z' },
        reportingComponent: 'default-scheduler',
      }),
    );
    expect(recent).toMatchObject({ count: 7, source: 'default-scheduler', type: 'Normal', health: 'ok' });
    expect((recent.last ?? 0) - (recent.first ?? 0)).toBe(600_000);
  });

  it('[K4] reads slices of v1 and v1beta1; what is unknown counts as ready', () => {
    const labels = { 'kubernetes.io/service-name': 'web' };
    const targetRef = { kind: 'Pod', uid: 'p' };
    const of = (endpoint: object) =>
      project('EndpointSlice', anyObject({ metadata: metadata('s', { labels }), endpoints: [endpoint] }));
    expect(of({ addresses: ['10.0.0.1'], nodeName: 'n1', conditions: {}, targetRef })).toMatchObject({
      service: 'web',
      endpoints: [{ pod: 'p', node: 'n1', ready: true, serving: true, terminating: false }],
    });
    expect(
      of({ addresses: ['10.0.0.1'], topology: { 'kubernetes.io/hostname': 'n2' }, conditions: { ready: false } }),
    ).toMatchObject({ endpoints: [{ pod: null, node: 'n2', ready: false, serving: false }] });
    expect(
      of({ addresses: [], conditions: { ready: false, serving: true, terminating: true }, targetRef }),
    ).toMatchObject({ endpoints: [{ ready: false, serving: true, terminating: true }] });
    expect(project('EndpointSlice', anyObject({ endpoints: null, ports: null })).endpoints).toEqual([]);
  });

  it('[K4] reads Endpoints as one backend an address', () => {
    const subsets = [
      {
        addresses: [{ ip: '10.0.0.1', targetRef: { kind: 'Pod', uid: 'a' } }],
        notReadyAddresses: [{ ip: '10.0.0.2', targetRef: { kind: 'Pod', uid: 'b' } }],
        ports: [{ port: 80 }],
      },
    ];
    const made = project('Endpoints', anyObject({ subsets }));
    expect(made.endpoints.map(({ pod, ready }) => [pod, ready])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(made.service).toBe('any');
  });

  it('[K4] a deployment without a deadline has none, with a revision has its number', () => {
    const deployment = project('Deployment', aDeployment('web', { spec: { progressDeadlineSeconds: 2_147_483_647 } }));
    expect(deployment).toMatchObject({ deadlineSeconds: null, revision: 1, settled: true, observed: true });
  });

  it('[K4] a node has its zone from either label, a service without a selector has none', () => {
    const labels = { 'failure-domain.beta.kubernetes.io/zone': 'z1' };
    expect(project('Node', aNode('n', { metadata: metadata('n', { labels }) })).zone).toBe('z1');
    expect(project('Service', aService('s', { selector: {} })).selector).toBeNull();
  });

  it('[K2] shares equal labels between entities', () => {
    const one = project('Pod', aPod({ name: 'a', metadata: { labels: { app: 'same' } } }));
    const two = project('Pod', aPod({ name: 'b', metadata: { labels: { app: 'same' } } }));
    expect(one.labels).toBe(two.labels);
  });
});
