import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Lab, startLab } from '../../testing/lab.ts';
import { refusal } from '../../testing/refusal.ts';
import { apiGroupList, apiResourceList } from '../discovery.ts';
import { callApi } from '../in-process.ts';
import { DEFINITIONS, servedBy } from './custom-resources.ts';
import { byVersionPriority } from './version-priority.ts';

const GROUP = 'gateway.networking.k8s.io';
const definitions = parseAllDocuments(
  readFileSync(new URL('../../../../shared/fixtures/gateway-api.yaml', import.meta.url), 'utf8'),
).map((document) => document.toJS() as { metadata: { name: string; annotations?: object }; spec: object });
const gateways = definitions.find(({ metadata }) => metadata.name.startsWith('gateways.'));

const edge = {
  apiVersion: `${GROUP}/v1`,
  kind: 'Gateway',
  metadata: { name: 'edge' },
  spec: { gatewayClassName: 'demo', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
};

describe('CustomResourceDefinitions', () => {
  let lab: Lab;
  const root = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const own = `/apis/${GROUP}/v1/namespaces/default/gateways`;
  const post = (path: string, body: unknown) => callApi(lab.api, { method: 'POST', path, body });
  const get = (path: string) => callApi(lab.api, { method: 'GET', path });
  const install = () => {
    for (const definition of definitions) post(root, definition);
    lab.seconds(1);
  };
  const groups = () => (apiGroupList(servedBy(lab.store)).groups as { name: string }[]).map(({ name }) => name);

  beforeEach(() => {
    lab = startLab();
  });

  it('[M270] a cluster serves no Gateway API until its definitions are created, and soon after', () => {
    expect(groups()).not.toContain(GROUP);
    expect(refusal(() => get(own)).message).toBe('the server could not find the requested resource');
    install();
    expect(groups()).toContain(GROUP);
    expect(apiResourceList(servedBy(lab.store), GROUP, 'v1')).toMatchObject({
      resources: [
        { name: 'gatewayclasses', namespaced: false, shortNames: ['gc'] },
        { name: 'gatewayclasses/status' },
        { name: 'gateways', kind: 'Gateway', namespaced: true, shortNames: ['gtw'], categories: ['gateway-api'] },
        { name: 'gateways/status' },
        { name: 'httproutes' },
        { name: 'httproutes/status' },
      ],
    });
    expect(get(own)).toMatchObject({ kind: 'GatewayList', apiVersion: `${GROUP}/v1`, items: [] });
  });

  it('[M270] a definition says when it is established, what its names are and what is stored', () => {
    install();
    expect(lab.store.need(DEFINITIONS, { name: `gateways.${GROUP}` }).status).toMatchObject({
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
      acceptedNames: { plural: 'gateways', kind: 'Gateway', listKind: 'GatewayList' },
      storedVersions: ['v1'],
    });
  });

  it('[M271] what it describes is created, patched, shown in each of its versions, and has its status apart', () => {
    install();
    expect(post(own, edge)).toMatchObject({ metadata: { generation: 1 }, spec: edge.spec });
    callApi(lab.api, {
      method: 'PATCH',
      path: `${own}/edge`,
      contentType: 'application/merge-patch+json',
      body: { spec: { gatewayClassName: 'other' }, status: { addresses: [{ value: '10.0.0.1' }] } },
    });
    callApi(lab.api, {
      method: 'PATCH',
      path: `${own}/edge/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { addresses: [{ value: '10.0.0.2' }] } },
    });
    expect(get(`/apis/${GROUP}/v1beta1/namespaces/default/gateways/edge`)).toMatchObject({
      apiVersion: `${GROUP}/v1beta1`,
      metadata: { generation: 2 },
      spec: { gatewayClassName: 'other' },
      status: { addresses: [{ value: '10.0.0.2' }] },
    });
    const strategic = () =>
      callApi(lab.api, {
        method: 'PATCH',
        path: `${own}/edge`,
        contentType: 'application/strategic-merge-patch+json',
        body: {},
      });
    expect(refusal(strategic).reason).toBe('UnsupportedMediaType');
  });

  it('[M273] deleting a definition takes its objects away first, and then its group', () => {
    install();
    post(own, edge);
    const told = lab.record('gateways.gateway.networking.k8s.io');
    callApi(lab.api, { method: 'DELETE', path: `${root}/gateways.${GROUP}` });
    lab.seconds(2);
    expect(told.map(({ type }) => type)).toEqual(['DELETED']);
    expect(lab.store.get(DEFINITIONS, { name: `gateways.${GROUP}` })).toBeUndefined();
    expect(refusal(() => get(own)).message).toBe('the server could not find the requested resource');
    expect(groups()).toContain(GROUP);
    for (const plural of ['gatewayclasses', 'httproutes']) {
      callApi(lab.api, { method: 'DELETE', path: `${root}/${plural}.${GROUP}` });
    }
    lab.seconds(2);
    expect(groups()).not.toContain(GROUP);
  });

  it('[M273] a definition waits for objects with finalizers, and comes back empty', () => {
    install();
    post(own, { ...edge, metadata: { name: 'edge', finalizers: ['example.com/hold'] } });
    callApi(lab.api, { method: 'DELETE', path: `${root}/gateways.${GROUP}` });
    lab.seconds(5);
    expect(lab.store.get(DEFINITIONS, { name: `gateways.${GROUP}` })?.status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Terminating', status: 'True', reason: 'InstanceDeletionInProgress' }),
    );
    callApi(lab.api, {
      method: 'PATCH',
      path: `${own}/edge`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { finalizers: null } },
    });
    lab.seconds(5);
    expect(lab.store.get(DEFINITIONS, { name: `gateways.${GROUP}` })).toBeUndefined();
    post(root, gateways);
    lab.seconds(1);
    expect(get(own)).toMatchObject({ items: [] });
  });

  it('[M273] a namespace that ends takes custom objects with it', () => {
    install();
    post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    post(`/apis/${GROUP}/v1/namespaces/shop/gateways`, edge);
    callApi(lab.api, { method: 'DELETE', path: '/api/v1/namespaces/shop' });
    lab.seconds(5);
    expect(lab.store.list('gateways.gateway.networking.k8s.io')).toEqual([]);
    expect(lab.store.get('namespaces', { name: 'shop' })).toBeUndefined();
  });

  it.each([
    ['metadata.name', { metadata: { name: 'gateway' } }, 'must be spec.names.plural+"."+spec.group'],
    ['metadata.annotations[api-approved.kubernetes.io]', { metadata: { annotations: null } }, 'approval annotation'],
    ['spec.scope', { spec: { scope: 'Everywhere' } }, 'supported values: "Cluster", "Namespaced"'],
    ['spec.versions', { spec: { versions: [] } }, 'Required value'],
    ['spec.conversion.strategy', { spec: { conversion: { strategy: 'Webhook' } } }, 'calls no webhooks'],
  ])('[M274] a definition with a wrong %s is refused by that name', (field, wrong, words) => {
    const given = gateways ?? { metadata: { name: '' }, spec: {} };
    const { metadata, spec } = wrong as { metadata?: object; spec?: object };
    const definition = {
      ...given,
      metadata: { ...given.metadata, ...metadata },
      spec: { ...given.spec, ...spec },
    };
    const causes = refusal(() => post(root, definition)).details?.causes ?? [];
    expect(causes).toContainEqual(expect.objectContaining({ field, message: expect.stringContaining(words) }));
  });

  it('[M270] versions are ordered as discovery does', () => {
    expect(['v1alpha1', 'other', 'v1', 'v2', 'v1beta2', 'v1beta1'].sort(byVersionPriority)).toEqual([
      'v2',
      'v1',
      'v1beta2',
      'v1beta1',
      'v1alpha1',
      'other',
    ]);
  });
});
