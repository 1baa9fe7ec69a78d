import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from './start-mock.ts';
import { findKubectl, type Kubectl } from './testing/kubectl.ts';

const DEFINITIONS = fileURLToPath(new URL('../../shared/fixtures/gateway-api.yaml', import.meta.url));

const OBJECTS = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec: {gatewayClassName: demo, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec: {hostnames: [shop.example.com, www.example.com], parentRefs: [{name: edge}]}
`;

describe('kubectl and kinds that a definition brings', () => {
  let mock: MockCluster;
  let kubectl: Kubectl;
  const folder = mkdtempSync(join(tmpdir(), 'portolan-custom-'));
  const file = join(folder, 'objects.yaml');
  const cells = (table: string) =>
    table
      .trim()
      .split('\n')
      .map((line) => line.split(/\s{2,}/));

  beforeAll(async () => {
    writeFileSync(file, OBJECTS);
    mock = await startMock({ scenario: 'guestbook' });
    kubectl = await findKubectl(mock.kubeconfig);
    await kubectl('create', '-f', DEFINITIONS);
    await kubectl('wait', '--for=condition=established', '--timeout=10s', 'crd', '--all');
  });

  afterAll(async () => {
    kubectl?.dispose();
    await mock?.close();
    rmSync(folder, { recursive: true });
  });

  it('[M272] kubectl applies them and prints them in the columns of their definition', async () => {
    expect(await kubectl('apply', '-f', file)).toBe(
      'gateway.gateway.networking.k8s.io/edge created\nhttproute.gateway.networking.k8s.io/shop created\n',
    );
    expect(await kubectl('apply', '-f', file)).toContain('edge unchanged');
    const [titles, row] = cells(await kubectl('get', 'gtw', '-o', 'wide'));
    expect(titles).toEqual(['NAME', 'CLASS', 'ADDRESS', 'PROGRAMMED', 'AGE']);
    expect(row?.slice(0, 2)).toEqual(['edge', 'demo']);
    const [, route] = cells(await kubectl('get', 'httproutes'));
    expect(route?.slice(0, 2)).toEqual(['shop', '["shop.example.com","www.example.com"]']);
  });

  it('[M273] a watch of them ends when their definition is deleted', async () => {
    await kubectl('apply', '-f', file);
    const response = await fetch(`${mock.url}/apis/gateway.networking.k8s.io/v1/gateways?watch=1&resourceVersion=0`);
    const text = response.text();
    await kubectl('delete', 'crd', 'gateways.gateway.networking.k8s.io');
    const types = (await text)
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['ADDED', 'DELETED']);
    await expect(kubectl('get', 'gateways')).rejects.toThrow('the server could not find the requested resource');
  });
});
