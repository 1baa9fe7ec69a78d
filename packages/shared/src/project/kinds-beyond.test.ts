import { describe, expect, it } from 'vitest';
import { entity } from '../entity/entity.ts';
import { findKind, KIND_TABLE, kindRow } from '../kinds.ts';
import { anyObject, metadata } from '../testing/objects.ts';
import { LEASE_STEP_MS, leaderSilentMs } from './lease.ts';
import { project } from './project.ts';

describe('the table of kinds', () => {
  it('[K21] has no Secret, and no kind of that name in any group', () => {
    for (const row of KIND_TABLE)
      expect(`${row.kind} ${row.plural} ${row.shortNames.join(' ')}`).not.toMatch(/secret/i);
  });

  it('[K22] has ConfigMaps as metadata, leases of kube-system alone, and lists metrics every 30 s', () => {
    expect(kindRow('ConfigMap').read).toEqual({ namespace: null, metadataOnly: true, pollMs: null });
    expect(kindRow('Lease').read).toEqual({ namespace: 'kube-system', metadataOnly: false, pollMs: null });
    for (const kind of ['NodeMetrics', 'PodMetrics'] as const) expect(kindRow(kind).read.pollMs).toBe(30_000);
    const plain = KIND_TABLE.filter(
      ({ read }) => !read.metadataOnly && read.namespace === null && read.pollMs === null,
    );
    expect(KIND_TABLE.length - plain.length).toBe(4);
  });

  it.each([
    ['ingresses', 'Ingress'],
    ['ing', 'Ingress'],
    ['Ingress', 'Ingress'],
    ['hpa', 'HorizontalPodAutoscaler'],
    ['pods', 'Pod'],
    ['po', 'Pod'],
    ['nodes', 'Node'],
    ['podmetrics', 'PodMetrics'],
    ['HTTPRoute', 'HTTPRoute'],
    ['secrets', null],
  ])('[K23] %s means %s', (name, kind) => {
    expect(findKind(name)).toBe(kind);
  });
});

describe('an Ingress', () => {
  it('[K24] reads the same in v1 and in v1beta1', () => {
    const of = (backend: object, fallback: object) =>
      project(
        'Ingress',
        anyObject({
          spec: {
            ...fallback,
            tls: [{ secretName: 'canary' }],
            rules: [{ host: 'a.test', http: { paths: [{ path: '/', backend }] } }],
          },
          status: { loadBalancer: { ingress: [{ ip: '10.0.0.2' }, { hostname: 'lb' }, { ip: '10.0.0.2' }] } },
        }),
      );
    const v1 = of(
      { service: { name: 'web', port: { number: 80 } } },
      { defaultBackend: { service: { name: 'd', port: { name: 'http' } } } },
    );
    const beta = of({ serviceName: 'web', servicePort: 80 }, { backend: { serviceName: 'd', servicePort: 'http' } });
    expect(beta).toEqual(v1);
    expect(v1).toMatchObject({
      addresses: ['10.0.0.2', 'lb'],
      hosts: ['a.test'],
      tls: true,
      fallback: { service: 'd', port: 'http' },
      rules: [{ host: 'a.test', path: '/', backend: { service: 'web', port: 80 } }],
    });
    expect(JSON.stringify(v1)).not.toContain('canary');
  });

  it('[K24] keeps a host without paths, and takes a backend that is no Service for none', () => {
    const made = project(
      'Ingress',
      anyObject({
        spec: {
          rules: [{ host: 'a.test' }, { http: { paths: [{ backend: { resource: { kind: 'Bucket', name: 'x' } } }] } }],
        },
      }),
    );
    expect(made.rules).toEqual([
      { host: 'a.test', path: null, backend: null },
      { host: null, path: null, backend: { service: null, port: null } },
    ]);
    expect(made.hosts).toEqual(['a.test', null]);
  });
});

describe('a NetworkPolicy', () => {
  it('[K25] without types is for what comes in, and out where it has rules for it', () => {
    expect(project('NetworkPolicy', anyObject({ spec: { podSelector: {} } })).types).toEqual(['Ingress']);
    const made = project(
      'NetworkPolicy',
      anyObject({
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          egress: [
            {
              to: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { namespaceSelector: {} }],
              ports: [{ port: 53, protocol: 'UDP' }],
            },
          ],
        },
      }),
    );
    expect(made.types).toEqual(['Ingress', 'Egress']);
    expect(made.egress).toEqual([
      {
        peers: [
          { pods: null, namespaces: null, block: { cidr: '10.0.0.0/8', except: [] } },
          { pods: null, namespaces: { matchLabels: {}, matchExpressions: [] }, block: null },
        ],
        ports: [{ protocol: 'UDP', port: 53, endPort: null }],
      },
    ]);
  });
});

describe('a HorizontalPodAutoscaler', () => {
  const target = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 5 };
  const utilised = (averageUtilization: number, side: string) => ({
    type: 'Resource',
    resource: { name: 'cpu', [side]: { averageUtilization } },
  });

  it('[K26] reads its only metric the same in v1 and in v2', () => {
    const v2 = anyObject({
      spec: { ...target, metrics: [utilised(50, 'target')] },
      status: { currentMetrics: [utilised(10, 'current')] },
    });
    const v1 = anyObject({
      spec: { ...target, targetCPUUtilizationPercentage: 50 },
      status: { currentCPUUtilizationPercentage: 10 },
    });
    const cpu = { type: 'Resource', name: 'cpu', current: '10%', target: '50%', average: true };
    expect(project('HorizontalPodAutoscaler', v2).metrics).toEqual([cpu]);
    expect(project('HorizontalPodAutoscaler', v1)).toEqual(project('HorizontalPodAutoscaler', v2));
  });

  it('[K26] has no current value until it was measured, and an average only of what is told as one', () => {
    const metrics = [
      { type: 'External', external: { metric: { name: 'queue' }, target: { value: '7' } } },
      { type: 'Pods', pods: { metric: { name: 'qps' }, target: { averageValue: '1k' } } },
    ];
    expect(project('HorizontalPodAutoscaler', anyObject({ spec: { ...target, metrics } })).metrics).toEqual([
      { type: 'External', name: 'queue', current: null, target: '7', average: false },
      { type: 'Pods', name: 'qps', current: null, target: '1k', average: true },
    ]);
  });

  it.each([
    ['ScalingActive', 'FailedGetResourceMetric', 'warning'],
    ['ScalingActive', 'ScalingDisabled', 'ok'],
    ['AbleToScale', 'FailedGetScale', 'warning'],
    ['ScalingLimited', 'DesiredWithinRange', 'ok'],
  ])('[K26] with %s=False for %s is %s', (type, reason, health) => {
    const conditions = [{ type, status: 'False', reason }];
    expect(project('HorizontalPodAutoscaler', anyObject({ spec: target, status: { conditions } })).health).toBe(health);
  });
});

describe('a PodDisruptionBudget', () => {
  it('[K27] is a warning when fewer are healthy than it asks for', () => {
    const of = (currentHealthy: number) =>
      project(
        'PodDisruptionBudget',
        anyObject({
          spec: { minAvailable: '50%' },
          status: { observedGeneration: 1, currentHealthy, desiredHealthy: 2 },
        }),
      );
    expect([of(2).health, of(1).health, of(1).minAvailable, of(1).maxUnavailable]).toEqual([
      'ok',
      'warning',
      '50%',
      null,
    ]);
  });
});

describe('what a controller has not looked at yet', () => {
  it('[K34] of a budget is not known, though the API writes zeros', () => {
    const status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
    const counts = { allowed: null, healthy: null, desired: null, expected: null, health: 'unknown' };
    for (const one of [{}, { status }]) {
      expect(project('PodDisruptionBudget', anyObject({ spec: { minAvailable: 1 }, ...one }))).toMatchObject(counts);
    }
    const counted = anyObject({ spec: {}, status: { ...status, observedGeneration: 1 } });
    expect(project('PodDisruptionBudget', counted)).toMatchObject({ allowed: 0, expected: 0, health: 'ok' });
  });

  it('[K34] of an autoscaler is not known, and a target of no replicas is zero', () => {
    const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 5 };
    const of = (status?: object) => project('HorizontalPodAutoscaler', anyObject({ spec, ...(status && { status }) }));
    for (const one of [undefined, { currentReplicas: 0, desiredReplicas: 0 }]) {
      expect(of(one)).toMatchObject({ current: null, desired: null, health: 'unknown' });
    }
    const conditions = [{ type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' }];
    expect(of({ currentReplicas: 0, desiredReplicas: 0, conditions })).toMatchObject({ current: 0, health: 'ok' });
    expect(of({ currentReplicas: 1, desiredReplicas: 2, observedGeneration: 1 })).toMatchObject({
      current: 1,
      desired: 2,
      health: 'progressing',
    });
    const unmeasured = [{ type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }];
    expect(of({ currentReplicas: 2, desiredReplicas: 0, conditions: unmeasured })).toMatchObject({
      current: 2,
      desired: null,
      health: 'warning',
    });
  });

  it('[K34] of a quota is not known, and its limits are those asked for', () => {
    expect(project('ResourceQuota', anyObject({ spec: { hard: { pods: '4' } } }))).toMatchObject({
      resources: [{ name: 'pods', hard: '4', used: null }],
      health: 'ok',
    });
  });
});

describe('an empty selector', () => {
  const EMPTY = { matchLabels: {}, matchExpressions: [] };
  const key = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';
  const of = (apiVersion: string, selector?: object) =>
    project('PodDisruptionBudget', anyObject({ apiVersion, spec: { ...(selector && { selector }) } })).selector;

  it('[K35] of a budget is for all pods in policy/v1 and for none in v1beta1; none at all is for none', () => {
    expect(of('policy/v1', {})).toEqual(EMPTY);
    expect(of('policy/v1beta1', {})).toBeNull();
    expect([of('policy/v1'), of('policy/v1beta1')]).toEqual([null, null]);
  });

  it('[K35] what one version says of the other’s empty selector reads the same as there', () => {
    const said = (operator: string) => ({ matchExpressions: [{ key, operator }] });
    expect(of('policy/v1', said('Exists'))).toBeNull();
    expect(of('policy/v1beta1', said('DoesNotExist'))).toEqual(EMPTY);
    const more = { matchLabels: { app: 'web' }, ...said('Exists') };
    expect(of('policy/v1', more)).toMatchObject({ matchLabels: { app: 'web' } });
  });

  it('[K35] of a NetworkPolicy is for all pods of its namespace', () => {
    expect(project('NetworkPolicy', anyObject({ spec: { podSelector: {} } })).selector).toEqual(EMPTY);
  });
});

describe('storage', () => {
  it.each([
    ['Bound', 'Delete', 'ok'],
    ['Released', 'Delete', 'progressing'],
    ['Released', 'Retain', 'ok'],
    ['Failed', 'Delete', 'failing'],
  ])('[K28] a volume that is %s, to %s, is %s', (phase, persistentVolumeReclaimPolicy, health) => {
    expect(
      project('PersistentVolume', anyObject({ spec: { persistentVolumeReclaimPolicy }, status: { phase } })).health,
    ).toBe(health);
  });

  it('[K28] what is being deleted reads Terminating', () => {
    const gone = metadata('x', { deletionTimestamp: '2026-11-21T09:00:00Z' });
    expect(
      project('PersistentVolumeClaim', anyObject({ metadata: gone, spec: {}, status: { phase: 'Bound' } })).status,
    ).toBe('Terminating');
  });

  it('[K28] the class of the old annotation goes before that of the field; an empty one is not none', () => {
    const annotations = { 'volume.beta.kubernetes.io/storage-class': 'old', note: 'canary' };
    const of = (meta: object, spec: object) =>
      project('PersistentVolumeClaim', anyObject({ metadata: metadata('x', meta), spec })).storageClass;
    expect(of({ annotations }, { storageClassName: 'new' })).toBe('old');
    expect([of({}, { storageClassName: '' }), of({}, {})]).toEqual(['', null]);
  });

  it('[K28] a StorageClass says whether it is the default, and nothing of its parameters', () => {
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const made = project(
      'StorageClass',
      anyObject({ metadata: metadata('fast', { annotations }), provisioner: 'p', parameters: { secret: 'canary' } }),
    );
    expect(made).toMatchObject({
      isDefault: true,
      provisioner: 'p',
      reclaim: 'Delete',
      binding: 'Immediate',
      expandable: false,
    });
    expect(JSON.stringify(made)).not.toContain('canary');
  });
});

describe('a ConfigMap', () => {
  it('[K29] is the same whether its metadata came alone or the whole object did, and holds no data and no key', () => {
    const whole = anyObject({ data: { canary: 'canary' }, binaryData: { canary: 'Y2FuYXJ5' } });
    const managedFields = [{ fieldsV1: { 'f:data': { 'f:canary': {} } } }];
    const alone = anyObject({ kind: 'PartialObjectMetadata', metadata: { ...metadata('any'), managedFields } });
    expect(project('ConfigMap', whole)).toEqual(project('ConfigMap', alone));
    expect(JSON.stringify(project('ConfigMap', whole))).not.toMatch(/canary|Y2FuYXJ5/);
    expect(entity.parse(project('ConfigMap', whole))).toEqual(project('ConfigMap', whole));
  });
});

describe('a ResourceQuota', () => {
  it('[K30] is sorted, not counted yet until it is, and a warning only beyond its limit', () => {
    const of = (used: Record<string, string>) =>
      project('ResourceQuota', anyObject({ status: { hard: { pods: '4', 'limits.cpu': '2' }, used } }));
    expect(of({ pods: '4' })).toMatchObject({
      health: 'ok',
      resources: [
        { name: 'limits.cpu', hard: '2', used: null },
        { name: 'pods', hard: '4', used: '4' },
      ],
    });
    expect(of({ 'limits.cpu': '2500m' }).health).toBe('warning');
  });
});

describe('a Lease', () => {
  const at = (renewTime: string, more: object = {}, resourceVersion = renewTime) =>
    project(
      'Lease',
      anyObject({
        metadata: metadata('kube-scheduler', { namespace: 'kube-system', resourceVersion }),
        spec: { holderIdentity: 'a', leaseDurationSeconds: 15, leaseTransitions: 1, renewTime, ...more },
      }),
    );

  it('[K31] renewed within one step is no change, and one a step later is', () => {
    const first = at('2026-11-21T09:00:00.100000Z');
    expect(at('2026-11-21T09:00:02.200000Z')).toEqual(first);
    expect(at('2026-11-21T09:00:19.900000Z').version).toBe(first.version);
    expect(at('2026-11-21T09:00:20.000000Z').version).not.toBe(first.version);
  });

  it('[K31] with another holder, or taken once more, is a change at once', () => {
    const time = '2026-11-21T09:00:02.000000Z';
    const versions = [at(time), at(time, { holderIdentity: 'b' }), at(time, { leaseTransitions: 2 })].map(
      (one) => one.version,
    );
    expect(new Set(versions).size).toBe(3);
  });

  it('[K31] a leader is never called silent for longer than it was, and is found out within 35 s', () => {
    const true_ = Date.parse('2026-11-21T09:00:19.900Z');
    const lease = at('2026-11-21T09:00:19.900000Z');
    for (let s = 0; s <= 60; s++) {
      const silent = leaderSilentMs(lease, true_ + s * 1000) ?? 0;
      expect(silent).toBeLessThanOrEqual(s * 1000);
      expect(silent).toBeGreaterThanOrEqual(s * 1000 - LEASE_STEP_MS);
    }
    expect(leaderSilentMs({ renewed: null }, true_)).toBeNull();
  });

  it('[K31] that nobody holds is a warning', () => {
    expect(at('2026-11-21T09:00:02Z', { holderIdentity: '' })).toMatchObject({
      holder: null,
      health: 'warning',
      durationMs: 15_000,
    });
  });
});

describe('metrics', () => {
  const pod = (cpu: string, memory: string, timestamp = '2026-11-21T09:00:00Z') =>
    project('PodMetrics', {
      metadata: { name: 'web-1', namespace: 'default', creationTimestamp: timestamp },
      timestamp,
      window: '15.1s',
      containers: [
        { name: 'a', usage: { cpu, memory } },
        { name: 'b', usage: { cpu: '0', memory: '0' } },
      ],
    } as never);

  it('[K32] are named by what they measure, and read again unchanged are the same', () => {
    const first = pod('123456789n', '123Mi');
    expect(first).toMatchObject({ uid: 'metrics/pods/default/web-1', created: 0, cpu: 120, memory: 120 * 1024 ** 2 });
    expect(pod('123456789n', '123Mi', '2026-11-21T09:00:30Z')).toEqual(first);
    const node = {
      metadata: { name: 'n1', creationTimestamp: '2026-11-21T09:00:00Z' },
      usage: { cpu: '2', memory: '1Gi' },
    };
    expect(project('NodeMetrics', node as never)).toMatchObject({
      uid: 'metrics/nodes/n1',
      cpu: 2000,
      memory: 1000 * 1024 ** 2,
    });
  });

  it.each([
    ['1234m', 1200],
    ['37m', 35],
    ['2m', 0],
    ['3m', 5],
    ['0', 0],
  ])('[K32] keep two figures of %s, none finer than 5 millicores: %i', (cpu, kept) => {
    expect(pod(cpu, '0').cpu).toBe(kept);
  });

  it('[K32] waver without a change', () => {
    expect(pod('121m', '5100Ki').version).toBe(pod('124m', '5200Ki').version);
    expect(pod('131m', '5100Ki').version).not.toBe(pod('124m', '5100Ki').version);
  });
});

describe('the Gateway API', () => {
  it.each([
    [[], 'progressing'],
    [[{ type: 'Accepted', status: 'Unknown' }], 'progressing'],
    [[{ type: 'Accepted', status: 'False' }], 'failing'],
    [
      [
        { type: 'Accepted', status: 'True' },
        { type: 'Programmed', status: 'False' },
      ],
      'warning',
    ],
    [
      [
        { type: 'Accepted', status: 'True' },
        { type: 'Programmed', status: 'True' },
      ],
      'ok',
    ],
  ])('[K33] a Gateway with %j is %s', (conditions, health) => {
    const made = project(
      'Gateway',
      anyObject({
        spec: { gatewayClassName: 'c', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
        status: { conditions, listeners: [{ name: 'http', attachedRoutes: 2 }] },
      }),
    );
    expect(made).toMatchObject({ health, listeners: [{ name: 'http', hostname: null, attached: 2 }] });
  });

  it.each([
    [[], 'progressing'],
    [[{ type: 'Accepted', status: 'True' }], 'ok'],
    [
      [
        { type: 'Accepted', status: 'True' },
        { type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound' },
      ],
      'warning',
    ],
    [[{ type: 'Accepted', status: 'False', reason: 'NoMatchingParent' }], 'failing'],
  ])('[K33] an HTTPRoute whose parent says %j is %s', (conditions, health) => {
    const made = project(
      'HTTPRoute',
      anyObject({
        spec: { parentRefs: [{ name: 'gw' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
        status: { parents: [{ parentRef: { kind: 'Gateway', name: 'gw' }, conditions }] },
      }),
    );
    expect(made.health).toBe(health);
    expect(made.parents).toMatchObject([{ kind: 'Gateway', namespace: 'default', name: 'gw' }]);
    expect(made.backends).toEqual([{ kind: 'Service', namespace: 'default', name: 'web', port: 80, weight: 1 }]);
  });
});
