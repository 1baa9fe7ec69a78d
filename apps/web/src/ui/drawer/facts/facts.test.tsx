import type { Entity, Kind } from '@portolan/shared';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createI18n } from '../../../i18n/i18n.tsx';
import { factsOf } from './facts.tsx';

const NOW = 1_000_000;
const common = { uid: 'u', version: '1', namespace: 'shop', name: 'x', created: 0, labels: {}, owner: null };

/** What is said of an entity, as plain text by name. */
function told(kind: Kind, fields: object, language: 'en' | 'zh-CN' = 'en'): Record<string, string> {
  const entity = { kind, ...common, health: 'ok', ...fields } as unknown as Entity;
  const facts = factsOf(entity, { ...createI18n(language), now: NOW });
  return Object.fromEntries(
    facts.map(([name, value]) => {
      const markup = renderToStaticMarkup(<div>{value}</div>)
        .replaceAll('<div', '\n<div')
        .replaceAll('</div>', '\n');
      const text = markup.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"');
      return [name, text.replaceAll(/\n+/g, '\n').trim()];
    }),
  );
}

const selector = (matchLabels: object, matchExpressions: object[] = []) => ({ matchLabels, matchExpressions });

describe('the facts', () => {
  it('[K41] of an Ingress are hosts and paths with the Services behind them', () => {
    const rules = [
      { host: 'a.test', path: '/api', backend: { service: 'web', port: 80 } },
      { host: null, path: '/x', backend: { service: null, port: null } },
      { host: 'b.test', path: null, backend: null },
    ];
    const fields = {
      class: null,
      addresses: [],
      hosts: [],
      tls: true,
      fallback: { service: 'web', port: 'http' },
      rules,
    };
    expect(told('Ingress', fields)).toEqual({
      CLASS: '&lt;none&gt;',
      ADDRESS: '&lt;none&gt;',
      Rules: 'a.test/api → web:80\n*/x → no Service\nb.test',
      'Default backend': 'web:http',
      TLS: 'yes',
    });
  });

  it('[K41] of a NetworkPolicy are its pods and what passes each way: nothing, anybody, or not limited', () => {
    const anyone = { peers: [], ports: [{ protocol: 'TCP', port: 80, endPort: 90 }] };
    const some = {
      peers: [
        { pods: selector({ app: 'db' }), namespaces: selector({}), block: null },
        { pods: null, namespaces: null, block: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
      ],
      ports: [],
    };
    const fields = { selector: selector({}), types: ['Ingress'], ingress: [anyone, some], egress: [] };
    expect(told('NetworkPolicy', fields)).toEqual({
      'POD-SELECTOR': 'every pod of the namespace',
      Ingress:
        'anybody · TCP 80-90\nnamespaceSelector {}, podSelector app=db; ipBlock 10.0.0.0/8 except 10.1.0.0/16 · every port',
      Egress: 'not limited by it',
    });
    expect(told('NetworkPolicy', { ...fields, types: ['Egress'] })).toMatchObject({ Egress: 'nothing is let through' });
  });

  it('[K41] of a budget are what it asks for and what was counted; what was not is no zero, in both languages', () => {
    const asked = { minAvailable: 2, maxUnavailable: null, selector: null, conditions: [] };
    const counted = { ...asked, allowed: 0, healthy: 2, desired: 2, expected: 3 };
    expect(told('PodDisruptionBudget', counted)).toEqual({
      'MIN AVAILABLE': '2',
      'ALLOWED DISRUPTIONS': '0',
      'Healthy pods': '2 of 3, 2 needed',
      Selector: 'no pod',
    });
    const fresh = { ...asked, allowed: null, healthy: null, desired: null, expected: null };
    expect(told('PodDisruptionBudget', fresh)).toMatchObject({ 'ALLOWED DISRUPTIONS': 'not counted yet' });
    expect(told('PodDisruptionBudget', fresh, 'zh-CN')).toMatchObject({ 'ALLOWED DISRUPTIONS': '尚未统计' });
  });

  it('[K41] of an autoscaler are its metrics by name, its bounds, and where it is going', () => {
    const metrics = [
      { type: 'Resource', name: 'cpu', current: '80%', target: '50%', average: true },
      { type: 'Pods', name: 'qps', current: null, target: '1k', average: true },
    ];
    const fields = { target: { kind: 'Deployment', name: 'web' }, min: null, max: 5, metrics, conditions: [] };
    expect(told('HorizontalPodAutoscaler', { ...fields, current: 2, desired: 4, lastScale: NOW - 60_000 })).toEqual({
      REFERENCE: 'Deployment/web',
      TARGETS: 'cpu: 80%/50%\nqps: &lt;unknown&gt;/1k',
      MINPODS: '&lt;unset&gt;',
      MAXPODS: '5',
      REPLICAS: '2 → 4',
      'Last scaled': '60s ago',
    });
    const fresh = told('HorizontalPodAutoscaler', { ...fields, current: null, desired: null, lastScale: null });
    expect(fresh).toMatchObject({ REPLICAS: 'its controller has not looked yet' });
    expect(fresh).not.toHaveProperty('Last scaled');
  });

  it('[K41] of a claim, a volume and a class are sizes, modes and who belongs to whom', () => {
    const claim = {
      status: 'Pending',
      volume: null,
      requested: '1Gi',
      capacity: null,
      accessModes: [],
      storageClass: '',
    };
    expect(told('PersistentVolumeClaim', { ...claim, volumeMode: 'Filesystem' })).toEqual({
      VOLUME: '&lt;none&gt;',
      CAPACITY: 'none yet',
      Requested: '1Gi',
      STORAGECLASS: '""',
      VOLUMEMODE: 'Filesystem',
    });
    const volume = { capacity: '2Gi', accessModes: ['ReadWriteOnce'], reclaim: 'Retain', storageClass: null };
    expect(told('PersistentVolume', { ...volume, claim: { namespace: 'shop', name: 'a' } })).toMatchObject({
      CLAIM: 'shop/a',
      'ACCESS MODES': 'RWO',
      STORAGECLASS: '&lt;unset&gt;',
    });
    const made = { provisioner: 'p', reclaim: 'Delete', binding: 'Immediate', expandable: false, isDefault: true };
    expect(told('StorageClass', made)).toMatchObject({ PROVISIONER: 'p', 'Default class': 'yes' });
  });

  it('[K41] of a ConfigMap are that what it holds is never read', () => {
    expect(told('ConfigMap', {})).toEqual({ Contents: 'never read by Portolan' });
  });

  it('[K41] of a quota is each resource with what is used of it', () => {
    const resources = [
      { name: 'pods', used: '3', hard: '4' },
      { name: 'requests.cpu', used: null, hard: '1' },
    ];
    expect(told('ResourceQuota', { resources, scopes: [] })).toEqual({
      'Used / hard': 'pods3 / 4\nrequests.cpunot counted yet / 1',
    });
  });

  it('[K41] of a Gateway and a route are listeners, parents with their word, and backends', () => {
    const listener = { name: 'http', hostname: null, port: 80, protocol: 'HTTP', attached: 1 };
    expect(told('Gateway', { class: 'demo', addresses: ['10.0.0.1'], listeners: [listener], conditions: [] })).toEqual({
      CLASS: 'demo',
      ADDRESS: '10.0.0.1',
      Listeners: 'http HTTP 80 · * · 1 route',
    });
    const parent = {
      kind: 'Gateway',
      namespace: 'infra',
      name: 'edge',
      section: null,
      accepted: null,
      resolved: null,
      reason: null,
    };
    const backend = { kind: 'Service', namespace: 'shop', name: 'web', port: 80, weight: 9 };
    const refused = { ...parent, name: 'other', accepted: false, reason: 'NotAllowed' };
    expect(told('HTTPRoute', { hostnames: [], parents: [parent, refused], backends: [backend] })).toEqual({
      HOSTNAMES: 'every host',
      Parents: 'Gateway infra/edge\nnobody has said yet\nGateway infra/other\nnot accepted: NotAllowed',
      Backends: 'Service web:80',
    });
  });

  it('[K41] of a lease are who leads, since when, and how long it has been silent at the least', () => {
    const lease = { holder: 'node1', acquired: NOW - 120_000, durationMs: 15_000, transitions: 2 };
    expect(told('Lease', { ...lease, renewed: NOW - 5_000 })).toMatchObject({
      HOLDER: 'node1',
      'Leads since': '2m ago',
      Renewed: 'within the last seconds',
      Transitions: '2',
    });
    expect(told('Lease', { ...lease, renewed: NOW - 60_000 })).toMatchObject({ Renewed: 'not for 40s at the least' });
  });

  it('[K41] of a kind without its own are what kubectl prints of it', () => {
    expect(
      told('CronJob', { schedule: '* * * * *', timeZone: null, suspended: false, active: 1, lastSchedule: null }),
    ).toEqual({
      SCHEDULE: '* * * * *',
      TIMEZONE: '&lt;none&gt;',
      SUSPEND: 'False',
      ACTIVE: '1',
      'LAST SCHEDULE': '&lt;none&gt;',
    });
  });
});
