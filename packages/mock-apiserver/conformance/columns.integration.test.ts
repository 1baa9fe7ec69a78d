import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type Kind, kindRow } from '@portolan/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../src/start-mock.ts';
import { findKubectl, type Kubectl } from '../src/testing/kubectl.ts';
import { type Printed, printTwice } from './kind-tables.ts';

const OBJECTS = fileURLToPath(new URL('./of-every-kind.yaml', import.meta.url));
const DEFINITIONS = fileURLToPath(new URL('../../shared/fixtures/gateway-api.yaml', import.meta.url));

/** What a kind is printed from, and the columns that entities do not hold. */
const TABLES: [Kind, base: string, lacking: string[], namespace?: string][] = [
  ['Namespace', '/api/v1', []],
  ['Node', '/api/v1', ['EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME']],
  ['Pod', '/api/v1', ['NOMINATED NODE', 'READINESS GATES']],
  ['Service', '/api/v1', []],
  ['ReplicationController', '/api/v1', ['CONTAINERS']],
  ['Deployment', '/apis/apps/v1', ['CONTAINERS']],
  ['StatefulSet', '/apis/apps/v1', ['CONTAINERS']],
  ['DaemonSet', '/apis/apps/v1', ['NODE SELECTOR', 'CONTAINERS']],
  ['ReplicaSet', '/apis/apps/v1', ['CONTAINERS']],
  ['Job', '/apis/batch/v1', ['CONTAINERS', 'IMAGES', 'SELECTOR']],
  ['EndpointSlice', '/apis/discovery.k8s.io/v1', ['ADDRESSTYPE']],
  ['Endpoints', '/api/v1', []],
  ['Ingress', '/apis/networking.k8s.io/v1', []],
  ['NetworkPolicy', '/apis/networking.k8s.io/v1', []],
  ['HorizontalPodAutoscaler', '/apis/autoscaling/v2', []],
  ['HorizontalPodAutoscaler', '/apis/autoscaling/v2beta2', []],
  ['PodDisruptionBudget', '/apis/policy/v1', []],
  ['PodDisruptionBudget', '/apis/policy/v1beta1', []],
  ['ResourceQuota', '/api/v1', []],
  ['StorageClass', '/apis/storage.k8s.io/v1', []],
  ['PersistentVolume', '/api/v1', []],
  ['PersistentVolumeClaim', '/api/v1', []],
  ['ConfigMap', '/api/v1', ['DATA']],
  ['Lease', '/apis/coordination.k8s.io/v1', [], 'kube-system'],
  ['Gateway', '/apis/gateway.networking.k8s.io/v1', []],
  ['HTTPRoute', '/apis/gateway.networking.k8s.io/v1', []],
];

const GATEWAYS = [
  {
    kind: 'Gateway',
    metadata: { name: 'edge' },
    spec: { gatewayClassName: 'demo', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    status: { addresses: [{ value: '10.0.0.1' }], conditions: [{ type: 'Programmed', status: 'True' }] },
  },
  { kind: 'HTTPRoute', metadata: { name: 'shop' }, spec: { hostnames: ['a.example.com', 'b.example.com'] } },
  { kind: 'HTTPRoute', metadata: { name: 'any' }, spec: { parentRefs: [{ name: 'edge' }] } },
];

describe('the columns of every kind', () => {
  let mock: MockCluster;
  let kubectl: Kubectl;

  const send = async (method: string, path: string, object: object, type = 'application/json') => {
    const headers = { 'content-type': type };
    const response = await fetch(mock.url + path, { method, headers, body: JSON.stringify(object) });
    expect(response.status).toBeLessThan(300);
  };

  beforeAll(async () => {
    mock = await startMock({ scenario: 'guestbook', services: 'off', speed: 10 });
    kubectl = await findKubectl(mock.kubeconfig);
    await kubectl('create', '-f', DEFINITIONS);
    await kubectl('create', '-f', OBJECTS);
    await kubectl('wait', '--for=condition=established', '--timeout=10s', 'crd', '--all');
    const group = '/apis/gateway.networking.k8s.io/v1/namespaces/columns';
    for (const { status, ...object } of GATEWAYS) {
      const path = `${group}/${object.kind.toLowerCase()}s`;
      await send('POST', path, { apiVersion: 'gateway.networking.k8s.io/v1', ...object });
      if (status) {
        await send('PATCH', `${path}/${object.metadata.name}/status`, { status }, 'application/merge-patch+json');
      }
    }
    await kubectl('-n', 'columns', 'rollout', 'status', 'deployment/web');
  });

  afterAll(async () => {
    kubectl?.dispose();
    await mock?.close();
  });

  it.each(TABLES)(
    '[K37] %s at %s prints as kubectl get -o wide does, but for %j',
    async (kind, base, lacking, namespace = 'columns') => {
      const { plural } = kindRow(kind);
      const [, , group = '', version = ''] = base.split('/');
      const name = version === '' ? plural : `${plural}.${version}.${group}`;
      let printed: Printed | undefined;
      const same = async () => {
        printed = await printTwice(kubectl, kind, { base, name, namespace });
        return printed.theirs.length > 0 && isDeepStrictEqual(printed.ours, printed.theirs);
      };
      // What changes between the two answers is printed again.
      for (let tries = 0; tries < 5 && !(await same()); tries += 1);
      expect(printed?.theirs).not.toEqual([]);
      expect(printed?.ours).toEqual(printed?.theirs);
      expect([printed?.onlyOurs, printed?.onlyTheirs]).toEqual([[], lacking]);
    },
  );
});
