import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../start-mock.ts';
import { statusOf } from '../testing/status-of.ts';

const APPS = ['redis-master', 'redis-slave', 'frontend'];

describe('services that answer', () => {
  let mock: MockCluster;
  const patch = (path: string, body: unknown) =>
    fetch(`${mock.url}${path}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(body),
    });
  const post = (path: string, yaml: string) =>
    fetch(`${mock.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: yaml });
  const scale = (name: string, replicas: number) =>
    patch(`/apis/apps/v1/namespaces/default/deployments/${name}`, { spec: { replicas } });
  const address = (service = 'frontend') => mock.addresses().find((candidate) => candidate.service === service);
  const opened = async (service = 'frontend'): Promise<string> => {
    await expect.poll(() => address(service)?.open, { timeout: 20_000 }).toBe(true);
    return address(service)?.url ?? '';
  };
  const refusal = async (url: string): Promise<string> => {
    try {
      const response = await fetch(url);
      return `answered ${response.status}`;
    } catch (error) {
      const cause = (error as Error).cause as { code?: string } | undefined;
      return cause?.code ?? String(error);
    }
  };
  const proxied = (service: string, rest = '/proxy/') =>
    fetch(`${mock.url}/api/v1/namespaces/default/services/${service}${rest}`, { redirect: 'manual' });

  const message = async (service: string) => {
    const response = await proxied(service);
    const status = (await response.json()) as { message: string; reason: string };
    return [response.status, status.reason, status.message];
  };
  /** Until the proxy leads to both stores, which take no HTTP. */
  const stores = () => Promise.all(['redis-master', 'redis-slave'].map(async (name) => (await message(name))[2]));

  beforeEach(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 30, services: 'any' });
    for (const app of APPS) await mock.presenter.run(`create-${app}`);
    const reached = 'error trying to reach service: EOF';
    await expect.poll(stores, { timeout: 20_000 }).toEqual([reached, reached]);
  });

  afterEach(() => mock.close());

  it('[M87] a service does not answer pages of the browser that are not its own', async () => {
    const url = await opened();
    expect(await statusOf(url, { host: 'rebound.test' })).toBe(403);
    expect(await statusOf(url, { origin: 'https://elsewhere.test' })).toBe(403);
    expect(await statusOf(url, { origin: url })).toBe(200);
  });

  it('[M200] a NodePort service answers on loopback once it has a ready endpoint, by a pod that the headers name', async () => {
    const url = await opened();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const pods = new Set<string | null>();
    for (let request = 0; request < 40; request++) {
      const response = await fetch(url);
      expect(response.headers.get('x-portolan-revision')).toBe('1');
      expect(await response.text()).toContain(`<dd>${response.headers.get('x-portolan-pod')}</dd>`);
      pods.add(response.headers.get('x-portolan-pod'));
    }
    expect(pods.size).toBeGreaterThan(1);
  });

  it('[M206] a message written by one pod is read through another', async () => {
    const url = await opened();
    const body = new URLSearchParams({ message: 'hello from <here>' });
    const written = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    expect([written.status, written.headers.get('location')]).toEqual([303, './']);
    for (let request = 0; request < 10; request++) {
      expect(await (await fetch(url)).text()).toContain('hello from &lt;here&gt;');
    }
    await scale('redis-slave', 0);
    const says = async () => {
      const response = await fetch(url);
      return [response.status, /role="alert">([^<]*)</.exec(await response.text())?.[1]];
    };
    await expect
      .poll(says, { timeout: 20_000 })
      .toEqual([503, 'The messages cannot be read: Service redis-slave has no ready endpoint.']);
  });

  it('[M201] without a ready endpoint a connection is refused; with one again, the same port answers', async () => {
    const url = await opened();
    await scale('frontend', 0);
    await expect.poll(() => refusal(url), { timeout: 20_000 }).toBe('ECONNREFUSED');
    expect(address()).toMatchObject({ url, open: false });
    await scale('frontend', 1);
    expect(await opened()).toBe(url);
    expect(await refusal(url)).toBe('answered 200');
  });

  it('[M200] a LoadBalancer service listens too; what is deleted or turned into a ClusterIP listens no more', async () => {
    const url = await opened();
    const lb = `
apiVersion: v1
kind: Service
metadata: {name: public}
spec: {type: LoadBalancer, selector: {app: guestbook}, ports: [{port: 80}]}`;
    expect((await post('/api/v1/namespaces/default/services', lb)).status).toBe(201);
    const second = await opened('public');
    expect(second).not.toBe(url);
    expect(await refusal(second)).toBe('answered 200');
    await patch('/api/v1/namespaces/default/services/public', { spec: { type: 'ClusterIP' } });
    await expect.poll(() => refusal(second), { timeout: 20_000 }).toBe('ECONNREFUSED');
    await fetch(`${mock.url}/api/v1/namespaces/default/services/frontend`, { method: 'DELETE' });
    await expect.poll(() => refusal(url), { timeout: 20_000 }).toBe('ECONNREFUSED');
    expect(mock.addresses()).toEqual([]);
  });

  it('[M208] what is no HTTP is accepted and closed; a port that no container listens on is reset', async () => {
    await patch('/api/v1/namespaces/default/services/redis-master', { spec: { type: 'NodePort' } });
    const redis = new URL(await opened('redis-master'));
    const ended = new Promise((resolve, reject) => {
      connect(Number(redis.port), redis.hostname)
        .on('end', () => resolve('ended'))
        .on('error', reject)
        .resume();
    });
    expect(await ended).toBe('ended');
    const url = await opened();
    await patch('/api/v1/namespaces/default/services/frontend', { spec: { ports: [{ port: 80, targetPort: 8080 }] } });
    await expect.poll(() => refusal(url), { timeout: 20_000 }).toMatch(/ECONNRESET|UND_ERR_SOCKET|ECONNREFUSED/);
  });

  it('[M209] the API proxies to services and pods by name and port, and says why when it cannot', async () => {
    await opened();
    const answer = await proxied('http:frontend:80');
    const pod = answer.headers.get('x-portolan-pod');
    expect(await answer.text()).toContain(`<dd>${pod}</dd>`);
    const direct = await fetch(`${mock.url}/api/v1/namespaces/default/pods/${pod}:80/proxy/`);
    expect([direct.status, direct.headers.get('x-portolan-pod')]).toEqual([200, pod]);
    const slashless = await proxied('frontend', '/proxy?a=b');
    expect([slashless.status, slashless.headers.get('location')]).toEqual([
      301,
      '/api/v1/namespaces/default/services/frontend/proxy/?a=b',
    ]);
    expect(await message('nobody')).toEqual([404, 'NotFound', 'services "nobody" not found']);
    expect(await message('frontend:81')).toEqual([
      503,
      'ServiceUnavailable',
      'no service port 81 found for service "frontend"',
    ]);
    expect(await message('ftp:frontend:80')).toEqual([400, 'BadRequest', 'invalid service request "ftp:frontend:80"']);
    expect(await message('redis-master')).toEqual([503, 'ServiceUnavailable', 'error trying to reach service: EOF']);
    const outsider = await fetch(`${mock.url}/api/v1/namespaces/default/services/frontend/proxy/`, {
      headers: { 'impersonate-user': 'jane' },
    });
    expect(await outsider.json()).toMatchObject({
      code: 403,
      message:
        'services "frontend" is forbidden: User "jane" cannot get resource "services/proxy" in API group "" in the namespace "default"',
    });
    await scale('frontend', 0);
    await expect
      .poll(() => message('frontend'), { timeout: 20_000 })
      .toEqual([503, 'ServiceUnavailable', 'no endpoints available for service "frontend"']);
  });
});

describe('the ports of services', () => {
  it('[M200] a node port that is taken is replaced by a free one, and the listing shows it', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(30_001, '127.0.0.1', () => resolve(30_001)).on('error', () => resolve(30_001));
    });
    const mock = await startMock({ scenario: 'guestbook', speed: 30 });
    for (const app of APPS) await mock.presenter.run(`create-${app}`);
    await expect.poll(() => mock.addresses()[0]?.open, { timeout: 20_000 }).toBe(true);
    const [address] = mock.addresses();
    expect(address).toMatchObject({ service: 'frontend', nodePort: port });
    expect(address?.url).not.toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(address?.url ?? '')).headers.get('x-portolan-pod')).toMatch(/^frontend-/);
    await mock.close();
    await new Promise((resolve) => taken.close(resolve));
  });

  it('[M200] none listens where that is switched off, and none after the cluster has ended', async () => {
    const silent = await startMock({ scenario: 'guestbook', speed: 30, services: 'off' });
    const loud = await startMock({ scenario: 'guestbook', speed: 30, services: 'any' });
    for (const mock of [silent, loud]) for (const app of APPS) await mock.presenter.run(`create-${app}`);
    await expect.poll(() => loud.addresses()[0]?.open, { timeout: 20_000 }).toBe(true);
    expect(silent.addresses()).toMatchObject([{ service: 'frontend', url: null, open: false }]);
    const url = loud.addresses()[0]?.url ?? '';
    await silent.close();
    await loud.close();
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
