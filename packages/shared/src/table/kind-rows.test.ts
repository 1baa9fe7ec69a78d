import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../entity/entity.ts';
import { CLUSTER_SCOPED, placeOf } from '../kind-place.ts';
import { project } from '../project/project.ts';
import { printSelector } from '../selector/print.ts';
import { anyObject, metadata } from '../testing/objects.ts';
import { columnsOf } from './columns-of.ts';
import { sortRows } from './kind-rows.ts';
import { printHosts } from './network-columns.ts';
import { printMetric } from './policy-columns.ts';

const NOW = Date.UTC(2026, 10, 21, 10);

const cellsOf = <K extends Kind>(kind: K, object: Record<string, unknown>) => {
  const entity = project(kind, anyObject(object));
  return Object.fromEntries(columnsOf(kind).map(({ title, cell }) => [title, cell(entity, NOW)]));
};

describe('what is printed of a kind', () => {
  it('[K37] begins with its name or the time, and each heading stands once', () => {
    for (const kind of KINDS) {
      const titles = columnsOf(kind).map(({ title }) => title);
      expect(titles[0]).toBe(kind === 'Event' ? 'LAST SEEN' : 'NAME');
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it('[K38] is <unknown> where nobody has told, and never zero', () => {
    const target = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 5 };
    const utilised = { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 50 } } };
    expect(cellsOf('HorizontalPodAutoscaler', { spec: { ...target, metrics: [utilised] } })).toMatchObject({
      REPLICAS: '<unknown>',
      TARGETS: 'cpu: <unknown>/50%',
      MINPODS: '<unset>',
    });
    expect(cellsOf('PodDisruptionBudget', { spec: { minAvailable: 0 } })).toMatchObject({
      'MIN AVAILABLE': '0',
      'MAX UNAVAILABLE': 'N/A',
      'ALLOWED DISRUPTIONS': '<unknown>',
    });
    const hard = { pods: '4', 'limits.cpu': '2' };
    expect(cellsOf('ResourceQuota', { spec: { hard } })).toMatchObject({
      REQUEST: 'pods: <unknown>/4',
      LIMIT: 'limits.cpu: <unknown>/2',
    });
  });

  it('[K38] of a ConfigMap is no number of what it holds, and of metrics no age', () => {
    expect(columnsOf('ConfigMap').map(({ title }) => title)).toEqual(['NAME', 'AGE']);
    expect(columnsOf('PodMetrics').map(({ title }) => title)).toEqual(['NAME', 'CPU(cores)', 'MEMORY(bytes)']);
    const usage = { cpu: '250m', memory: '100Mi' };
    expect(cellsOf('NodeMetrics', { usage })).toMatchObject({ 'CPU(cores)': '250m', 'MEMORY(bytes)': '100Mi' });
  });

  it('[K37] an expression of a selector stays one though a pair would say the same', () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In' as const, values: ['b', 'a'] },
      { key: 'zone', operator: 'NotIn' as const, values: ['x'] },
      { key: 'owner', operator: 'In' as const, values: ['me'] },
      { key: 'track', operator: 'Exists' as const, values: [] },
      { key: 'old', operator: 'DoesNotExist' as const, values: [] },
    ];
    expect(printSelector({ matchLabels: { app: 'web' }, matchExpressions })).toBe(
      'app=web,!old,owner in (me),tier in (a,b),track,zone notin (x)',
    );
    expect([printSelector({}), printSelector(null)]).toEqual(['<none>', '<none>']);
  });

  it.each([
    [[], '*'],
    [[null, null], '*'],
    [['a', null, 'b'], 'a,b'],
    [['a', 'b', 'c'], 'a,b,c'],
    [['a', null, 'b', 'c'], 'a,b,c'],
    [['a', 'b', 'c', null], 'a,b,c + 1 more...'],
    [['a', null, 'b', 'c', 'd'], 'a,b,c + 2 more...'],
  ])('[K37] the hosts %j print as %s', (hosts, printed) => {
    expect(printHosts(hosts)).toBe(printed);
  });

  it.each([
    ['Resource', '10%', '50%', true, 'cpu: 10%/50%'],
    ['Resource', null, '50m', true, 'cpu: <unknown>/50m'],
    ['Resource', null, null, true, 'cpu: <unknown>/<auto>'],
    ['Pods', '7', '1k', true, '7/1k'],
    ['External', '7', '30', true, '7/30 (avg)'],
    ['Object', null, '10k', false, '<unknown>/10k'],
    ['Other', null, null, false, '<unknown type>'],
  ])('[K37] a metric of type %s at %s of %s prints as %s', (type, current, target, average, printed) => {
    expect(printMetric({ type, name: 'cpu', current, target, average })).toBe(printed);
  });
});

describe('the order of a table', () => {
  const volume = (name: string, storage: string, created: string) =>
    project(
      'PersistentVolume',
      anyObject({
        metadata: metadata(name, { creationTimestamp: created }),
        spec: { capacity: { storage }, persistentVolumeReclaimPolicy: 'Retain' },
        status: { phase: 'Available' },
      }),
    );
  const volumes = [
    volume('b', '10Gi', '2026-11-21T09:00:00Z'),
    volume('a', '500Mi', '2026-11-21T08:00:00Z'),
    volume('c', '2Ti', '2026-11-21T09:30:00Z'),
  ];
  const names = (column: string, descending = false) =>
    sortRows('PersistentVolume', volumes, { column, descending }, NOW).map(({ name }) => name);

  it('[K39] [V52] is that of sizes by size, of ages with the youngest first, and by name where values are alike', () => {
    expect(names('CAPACITY')).toEqual(['a', 'b', 'c']);
    expect(names('CAPACITY', true)).toEqual(['c', 'b', 'a']);
    expect(names('AGE')).toEqual(['c', 'b', 'a']);
    expect(names('STATUS', true)).toEqual(['a', 'b', 'c']);
    expect(names('NO SUCH COLUMN')).toEqual(['a', 'b', 'c']);
  });

  it('[K39] takes numbers within texts as numbers', () => {
    const pods = ['10.0.0.10', '10.0.0.9'].map((podIP, at) =>
      project('Pod', anyObject({ metadata: metadata(`p${at}`), spec: { containers: [] }, status: { podIP } })),
    );
    const order = sortRows('Pod', pods, { column: 'IP', descending: false }, NOW);
    expect(order.map(({ ip }) => ip)).toEqual(['10.0.0.9', '10.0.0.10']);
  });
});

describe('the place of a kind', () => {
  it('[K39] is its namespace, the only one that is read, or none', () => {
    expect(placeOf('Pod', 'shop')).toBe('shop');
    expect(placeOf('Lease', 'shop')).toBe('kube-system');
    for (const kind of CLUSTER_SCOPED) expect(placeOf(kind, 'shop')).toBe('');
  });
});
