import { kindRow } from '@portolan/shared';
import { expect, it } from 'vitest';
import { namespaceObject, podObject } from '../testing/objects.ts';
import { reflectorOn } from '../testing/reflector-room.ts';
import { ScriptedClient } from '../testing/scripted-client.ts';
import { kindRequest } from './kind-request.ts';

const CONFIG_MAPS = '/api/v1/configmaps';
const discovery = {
  '/version': { gitVersion: 'v1.20.2' },
  '/apis': { groups: [] },
  '/api/v1': { resources: [{ name: 'configmaps' }] },
};

it('[W37] a kind limited to a namespace is asked for there', () => {
  const lease = kindRow('Lease');
  const location = { base: '/apis/coordination.k8s.io/v1', plural: 'leases', namespaced: true };
  expect(kindRequest(lease, location).path).toBe('/apis/coordination.k8s.io/v1/namespaces/kube-system/leases');
  expect(kindRequest(kindRow('Pod'), { base: '/api/v1', plural: 'pods', namespaced: true }).path).toBe('/api/v1/pods');
});

it('[W37] what is read as metadata only is asked for so, and else as it is', () => {
  const location = { base: '/api/v1', plural: 'configmaps', namespaced: true };
  const { accept, lists, objects } = kindRequest(kindRow('ConfigMap'), location);
  expect(accept.list).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=1,application/json');
  expect(accept.watch).toBe('application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=1,application/json');
  expect([lists, objects]).toEqual([
    ['PartialObjectMetadataList', 'ConfigMapList'],
    ['PartialObjectMetadata', 'ConfigMap'],
  ]);
  expect(kindRequest(kindRow('Pod'), location).accept).toEqual({ list: 'application/json', watch: 'application/json' });
});

it('[W37] of a server that answers the whole object nothing but the metadata is read, in lists and in events', async () => {
  const client = new ScriptedClient(CONFIG_MAPS, discovery);
  const seen: unknown[] = [];
  const room = reflectorOn(client, kindRow('ConfigMap'));
  const read = room.read;
  room.read = (object) => {
    seen.push(object);
    return read(object);
  };
  const { kind: _kind, ...object } = namespaceObject('a', '5');
  const whole = (version: string) => ({
    ...object,
    metadata: { ...object.metadata, namespace: 'default', resourceVersion: version },
    data: { password: 'canary' },
  });
  client.willList({ kind: 'ConfigMapList', metadata: { resourceVersion: '10' }, items: [whole('5')] });
  room.reflector.start();
  await room.clock.settle();
  client.watching.event('MODIFIED', { kind: 'ConfigMap', ...whole('11') });
  await room.clock.settle();
  expect(room.sink.versions()).toEqual({ a: '11' });
  expect(seen).toHaveLength(2);
  expect(JSON.stringify([seen, [...room.sink.held.values()]])).not.toContain('canary');
  room.reflector.stop();
});

it.each([
  ['Pod', '/api/v1', 'v1'],
  ['PodDisruptionBudget', '/apis/policy/v1beta1', 'policy/v1beta1'],
] as const)('[K35] an item of a list of %s at %s is known to be of %s', (kind, base, apiVersion) => {
  const request = kindRequest(kindRow(kind), { base, plural: kindRow(kind).plural, namespaced: true });
  const { apiVersion: _untold, kind: _unnamed, ...item } = podObject('a', '1');
  expect(request.trim(item).apiVersion).toBe(apiVersion);
});
