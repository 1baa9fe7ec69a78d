import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../start-mock.ts';

const FRONTEND = { namespace: 'default', service: 'frontend', perSecond: 200 };

/** A server with three pods of one image, and how it is brought up to date; `seconds` is its grace. */
const manifest = (strategy: string, seconds = 30, behaviour = 'serves') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: ${strategy}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {portolan.dev/behaviour: ${behaviour}}}
    spec:
      terminationGracePeriodSeconds: ${seconds}
      containers: [{name: web, image: 'nginx:1.26', ports: [{containerPort: 80}]}]
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

describe('the built-in client', () => {
  let mock: MockCluster;
  const web = { namespace: 'default', service: 'web', perSecond: 200 };
  const post = (path: string, yaml: string) =>
    fetch(`${mock.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: yaml });
  const deploy = async (strategy: string, seconds?: number, behaviour?: string) => {
    await post('/apis/apps/v1/namespaces/default/deployments', manifest(strategy, seconds, behaviour));
    await post('/api/v1/namespaces/default/services', SERVICE);
    await expect.poll(() => status('web'), { timeout: 20_000 }).toMatchObject({ availableReplicas: 3 });
  };
  const status = async (name: string) => {
    const response = await fetch(`${mock.url}/apis/apps/v1/namespaces/default/deployments/${name}`);
    return ((await response.json()) as { status: Record<string, number> }).status;
  };
  const setImage = (image: string) =>
    fetch(`${mock.url}/apis/apps/v1/namespaces/default/deployments/web`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: JSON.stringify({ spec: { template: { spec: { containers: [{ name: 'web', image }] } } } }),
    });
  const revision = (number: string) => mock.traffic.describe().byRevision.find((count) => count.revision === number);
  const answered = (number: string) => revision(number)?.answered ?? 0;
  const rolledOut = async (number = '2') => {
    const done = { updatedReplicas: 3, availableReplicas: 3, replicas: 3 };
    await expect.poll(() => status('web'), { timeout: 30_000 }).toMatchObject(done);
    const before = answered(number);
    await expect.poll(() => answered(number), { timeout: 20_000 }).toBeGreaterThan(before + 20);
  };
  /** Which revisions lost requests, after as many rollouts as it takes: a window of milliseconds may be missed. */
  const losers = async () => {
    const lost = () => mock.traffic.describe().byRevision.filter(({ failed }) => failed > 0);
    for (let number = 2; number < 9 && lost().length === 0; number++) {
      await setImage(`nginx:1.${25 + number}`);
      await rolledOut(String(number));
    }
    return lost();
  };

  beforeEach(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 15, services: 'any' });
  });

  afterEach(() => mock.close());

  it('[M211] a rolling update that keeps to maxUnavailable 1 loses no request', async () => {
    await deploy('{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}');
    await mock.traffic.start(web);
    await expect.poll(() => answered('1'), { timeout: 20_000 }).toBeGreaterThan(20);
    await setImage('nginx:1.27');
    await rolledOut();
    const report = mock.traffic.stop();
    expect(report).toMatchObject({ failed: 0, running: false, lastFailure: null });
    expect(report.byRevision.map(({ revision: number, image }) => `${number} ${image}`)).toEqual([
      '1 nginx:1.26',
      '2 nginx:1.27',
    ]);
    const sum = report.byPod.reduce((total, count) => total + count.answered, 0);
    expect(sum).toBe(report.answered);
    expect(new Set(report.byPod.map(({ node }) => node))).toEqual(new Set(['node1', 'node2']));
  });

  it('[M211] Recreate loses requests: some no pod was there for', async () => {
    await deploy('{type: Recreate}');
    await mock.traffic.start(web);
    await expect.poll(() => answered('1'), { timeout: 20_000 }).toBeGreaterThan(20);
    await setImage('nginx:1.27');
    await rolledOut();
    const report = mock.traffic.describe();
    expect(report.failed).toBeGreaterThan(0);
    expect(revision('')).toMatchObject({ image: '', answered: 0 });
    expect(revision('')?.failed).toBeGreaterThan(0);
    expect(revision('2')).toMatchObject({ failed: 0 });
  });

  it('[M211] pods killed without grace lose what the proxy still sends them, and the counts say of which revision', async () => {
    await deploy('{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}', 0);
    await mock.traffic.start(web);
    await expect.poll(() => answered('1'), { timeout: 20_000 }).toBeGreaterThan(20);
    const [first] = await losers();
    expect(first?.image).toBe(`nginx:1.${25 + Number(first?.revision)}`);
    expect(mock.traffic.describe().lastFailure).toMatch(/ECONNRESET|socket hang up/);
  });

  it('[M225] a node that is down answers nobody: what was sent to its pods fails, until it is back', async () => {
    await deploy('{type: RollingUpdate}');
    await mock.traffic.start({ ...web, perSecond: 50 });
    await expect.poll(() => answered('1'), { timeout: 20_000 }).toBeGreaterThan(20);
    const failedOn = (node: string) =>
      mock.traffic
        .describe()
        .byPod.filter((count) => count.node === node)
        .reduce((sum, count) => sum + count.failed, 0);
    const { handle } = mock.faults.inject('node-down', { node: 'node2' });
    await expect.poll(() => failedOn('node2'), { timeout: 20_000 }).toBeGreaterThan(0);
    expect(mock.traffic.describe().lastFailure).toBe('no answer within 2000 ms');
    mock.faults.clear(handle);
    mock.traffic.reset();
    await expect
      .poll(() => mock.traffic.describe().byPod.some(({ node, answered: all }) => node === 'node2' && all > 0), {
        timeout: 20_000,
      })
      .toBe(true);
    expect(failedOn('node1')).toBe(0);
  });

  it('[M211] a container that ends at once when told to loses what the proxy still sends it', async () => {
    await deploy('{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}', 30, 'stops-after=0s');
    await mock.traffic.start(web);
    await expect.poll(() => answered('1'), { timeout: 20_000 }).toBeGreaterThan(20);
    expect((await losers()).map(({ revision: number }) => number)).not.toContain('');
    expect(mock.traffic.describe().failed).toBeGreaterThan(0);
  });

  it('[M210] sends at the rate asked for, one service at a time, counts each second, and tells who listens', async () => {
    for (const app of ['redis-master', 'redis-slave', 'frontend']) await mock.presenter.run(`create-${app}`);
    await expect.poll(() => mock.addresses()[0]?.open, { timeout: 20_000 }).toBe(true);
    const reports: number[] = [];
    const end = mock.traffic.subscribe((report) => reports.push(report.answered + report.failed));
    expect(await mock.traffic.start(FRONTEND)).toMatchObject({ running: true, service: 'frontend', perSecond: 200 });
    await expect.poll(() => mock.traffic.describe().answered, { timeout: 20_000 }).toBeGreaterThan(100);
    await expect.poll(() => reports.length, { timeout: 20_000 }).toBeGreaterThan(2);
    const before = mock.traffic.stop();
    const { lastSeconds, answered: all, failed } = before;
    expect(lastSeconds.reduce((sum, second) => sum + second.answered + second.failed, 0)).toBe(all + failed);
    end();
    expect(mock.traffic.reset()).toMatchObject({ answered: 0, failed: 0, byPod: [], byRevision: [] });
    // The counts of one service are not the other's.
    await mock.traffic.start({ ...FRONTEND, service: 'redis-master', perSecond: 50 });
    await expect.poll(() => mock.traffic.describe().failed, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(mock.traffic.describe()).toMatchObject({ answered: 0, service: 'redis-master' });
  });

  it('[M210] refuses a rate beyond its bounds and a service that cannot be asked, naming what there is', async () => {
    const start = (more: object) => mock.traffic.start({ ...FRONTEND, ...more });
    await expect(start({ perSecond: 201 })).rejects.toMatchObject({ reason: 'badRate' });
    await expect(start({ perSecond: Number.NaN })).rejects.toMatchObject({ reason: 'badRate' });
    await expect(start({ service: 'opera' })).rejects.toMatchObject({
      reason: 'unknownService',
      message: 'there is no service "opera" in namespace "default": choose one of kubernetes',
    });
    const external =
      'apiVersion: v1\nkind: Service\nmetadata: {name: far}\nspec: {type: ExternalName, externalName: a.example}';
    await post('/api/v1/namespaces/default/services', external);
    await expect(start({ service: 'far' })).rejects.toMatchObject({ reason: 'noPort' });
    expect(mock.traffic.describe()).toMatchObject({ running: false, service: null });
  });
});
