import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../entity/entity.ts';
import { CLUSTER_SCOPED, placeOf } from '../kind-place.ts';
import { project } from '../project/project.ts';
import { printSelector } from '../selector/print.ts';
import { anyObject, metadata } from '../testing/objects.ts';
import { columnsIn, columnsOf } from './columns-of.ts';
import { printHosts } from './network-columns.ts';
import { printMetric } from './policy-columns.ts';
import { compareKeys, compareNatural, sortKeyOf } from './row-order.ts';

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

/** What `project` needs of any kind beside its metadata. */
const ANYTHING = {
  spec: { containers: [], ports: [], scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
  usage: { cpu: '250m', memory: '100Mi' },
};

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
  const names = (column: string) => {
    const keyOf = sortKeyOf('PersistentVolume', column);
    return volumes.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b))).map(({ name }) => name);
  };

  it('[K39] is that of sizes by size and of ages with the youngest first; without such a column all are alike', () => {
    expect(names('CAPACITY')).toEqual(['a', 'b', 'c']);
    expect(names('AGE')).toEqual(['c', 'b', 'a']);
    expect(names('NO SUCH COLUMN')).toEqual(['b', 'a', 'c']);
  });

  it.each([
    ['10.0.0.9', '10.0.0.10', -1],
    ['web-2-a', 'web-10-a', -1],
    ['web-10', 'web-9', 1],
    ['web', 'web-1', -1],
    ['a007', 'a7', 0],
    ['a0', 'a', 1],
    ['1/10', '1/9', 1],
    ['a1b2', 'a1b10', -1],
    ['99999999999999999999', '100000000000000000000', -1],
    ['a-b', 'a1', -1],
    ['B', 'a', -1],
    ['', '', 0],
  ])('[K39] takes numbers within texts as numbers: %s beside %s is %i', (a, b, order) => {
    expect(compareNatural(a, b)).toBe(order);
    expect(compareNatural(b, a)).toBe(0 - order);
  });

  it('[K39] does not change with the time alone', () => {
    for (const kind of KINDS) {
      const entity = project(kind, anyObject({ metadata: metadata('one'), ...ANYTHING }));
      for (const { title, cell, orderBy } of columnsOf(kind)) {
        if (!orderBy) expect(cell(entity, NOW), `${kind} ${title}`).toBe(cell(entity, NOW + 1e9));
      }
    }
  });

  it('[K39] of what nobody has told is that of zero', () => {
    const volume = { ...volumes[0], created: Number.NaN } as (typeof volumes)[number];
    expect(sortKeyOf('PersistentVolume', 'AGE')(volume)).toBe(0);
  });
});

describe('the place of a kind', () => {
  it('[K39] is its namespace, the only one that is read, or none', () => {
    expect(placeOf('Pod', 'shop')).toBe('shop');
    expect(placeOf('Lease', 'shop')).toBe('kube-system');
    for (const kind of CLUSTER_SCOPED) expect(placeOf(kind, 'shop')).toBe('');
  });

  it('[K39] of all namespaces is told in the first column, where it is in any', () => {
    expect([placeOf('Pod', null), placeOf('Lease', null), placeOf('Node', null)]).toEqual([null, 'kube-system', '']);
    const first = (kind: Kind, namespace: string | null) => columnsIn(kind, namespace)[0]?.title;
    expect([first('Pod', null), first('Pod', 'shop'), first('Node', null)]).toEqual(['NAMESPACE', 'NAME', 'NAME']);
  });
});
