import type { KubeObject } from '@portolan/shared';

/** A Namespace as the API sends it. */
export function namespaceObject(name: string, version: string, uid = `uid-${name}`): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid, resourceVersion: version, creationTimestamp: '2026-01-01T00:00:00Z' },
    ...{ status: { phase: 'Active' } },
  };
}

/** A Pod as the API sends it: one container, running and ready. */
export function podObject(
  name: string,
  version: string,
  namespace = 'default',
  uid = `uid-${namespace}-${name}`,
): KubeObject {
  const status = {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: {} } }],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: version,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: name },
    },
    ...{
      spec: { containers: [{ name: 'main', image: 'app:1', env: [{ name: 'PASSWORD', value: 'canary' }] }] },
      status,
    },
  };
}
