import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findKubectl, type Kubectl } from '../testing/kubectl.ts';
import { beginLive, type LivePlay } from '../testing/play-live.ts';
import { BACKED_UP, backup } from './backup/backup.ts';
import { guestbook } from './guestbook/guestbook.ts';
import { DASHBOARD_PATH, microk8s } from './microk8s/microk8s.ts';
import { service } from './service/service.ts';

const SPEED = 50;

describe('scenarios seen from outside', () => {
  let play: LivePlay | undefined;
  let kubectl: Kubectl | undefined;
  const printed = async (...args: string[]) => {
    if (!play) throw new Error('no scenario is under way');
    kubectl ??= await findKubectl(play.mock.kubeconfig);
    return kubectl(...args);
  };
  /** The rows of a table without its heading; what is drawn by chance, and ages, are left out by name. */
  const cells = async (args: readonly string[], columns: readonly string[]) => {
    const [heading = '', ...lines] = (await printed(...args)).trimEnd().split('\n');
    const names = heading.split(/\s{2,}/);
    return lines.map((line) => {
      const row = line.split(/\s{2,}/);
      return columns.map((column) => row[names.indexOf(column)]?.trim());
    });
  };

  afterEach(async () => {
    kubectl?.dispose();
    kubectl = undefined;
    await play?.close();
    play = undefined;
  });

  it("[M244] kubectl prints the guestbook's tables as its tutorial does, and its page answers", async () => {
    play = await beginLive(guestbook, SPEED, 'any');
    for (const id of ['create-redis-master', 'create-redis-slave', 'create-frontend']) await play.step(id);
    expect(await cells(['get', 'nodes'], ['NAME', 'STATUS'])).toEqual([
      ['node1', 'Ready'],
      ['node2', 'Ready'],
    ]);
    const workload = ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'CONTAINERS', 'IMAGES', 'SELECTOR'];
    expect(await cells(['get', 'deploy', '-o', 'wide'], workload)).toEqual([
      ['frontend', '3/3', '3', '3', 'php-redis', 'kubeguide/guestbook-php-frontend', 'app=guestbook,tier=frontend'],
      ['redis-master', '1/1', '1', '1', 'master', 'redis', 'app=redis,role=master,tier=backend'],
      ['redis-slave', '2/2', '2', '2', 'slave', 'kubeguide/guestbook-redis-slave', 'app=redis,role=slave,tier=backend'],
    ]);
    const pods = await cells(['get', 'pods', '-o', 'wide'], ['NAME', 'READY', 'STATUS', 'RESTARTS', 'IP', 'NODE']);
    const named = pods.map(([name = '', ...rest]) => [name.replace(/-[^-]+-[^-]+$/, ''), ...rest]);
    expect(named.sort((a, b) => `${a[4]}`.localeCompare(`${b[4]}`))).toEqual([
      ['redis-slave', '1/1', 'Running', '0', '10.255.70.2', 'node1'],
      ['frontend', '1/1', 'Running', '0', '10.255.70.3', 'node1'],
      ['frontend', '1/1', 'Running', '0', '10.255.70.4', 'node1'],
      ['redis-master', '1/1', 'Running', '0', '10.255.73.2', 'node2'],
      ['redis-slave', '1/1', 'Running', '0', '10.255.73.3', 'node2'],
      ['frontend', '1/1', 'Running', '0', '10.255.73.4', 'node2'],
    ]);
    const columns = ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'SELECTOR'];
    expect(await cells(['get', 'svc', '-o', 'wide'], columns)).toEqual([
      ['frontend', 'NodePort', '10.254.18.215', '<none>', '80:30001/TCP', 'app=guestbook,tier=frontend'],
      ['kubernetes', 'ClusterIP', '10.254.0.1', '<none>', '443/TCP', '<none>'],
      ['redis-master', 'ClusterIP', '10.254.203.144', '<none>', '6379/TCP', 'app=redis,role=master,tier=backend'],
      ['redis-slave', 'ClusterIP', '10.254.0.214', '<none>', '6379/TCP', 'app=redis,role=slave,tier=backend'],
    ]);
    const address = play.mock.addresses().find((one) => one.service === 'frontend');
    const page = await fetch(address?.url ?? '');
    expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(/guestbook/i)]);
  });

  it('[M251] everything that a backup holds is listed by name and as YAML', async () => {
    play = await beginLive(backup, SPEED);
    await play.step('create');
    for (const [kind, names] of Object.entries(BACKED_UP)) {
      const listed = (await printed('get', kind.toLowerCase(), '-n', 'shop', '-o', 'name')).trim().split('\n');
      const found = listed.map((line) => line.split('/')[1]);
      expect([kind, found]).toEqual([kind, expect.arrayContaining([...names])]);
      const list = parse(await printed('get', kind.toLowerCase(), '-n', 'shop', '-o', 'yaml')) as {
        kind: string;
        items: { kind: string; metadata: { name: string } }[];
      };
      expect(list.items.map((item) => [item.kind, item.metadata.name])).toEqual(found.map((name) => [kind, name]));
    }
  });

  it('[M247] requests to a service are spread over its ready pods, and over no others', async () => {
    play = await beginLive(service, SPEED);
    for (const id of ['pods', 'service', 'join', 'unready']) await play.step(id);
    const { traffic } = play.mock;
    await traffic.start({ namespace: 'default', service: 'backend-service', perSecond: 100 });
    await expect.poll(() => traffic.describe().answered, { timeout: 20_000 }).toBeGreaterThan(60);
    const { byPod, failed } = traffic.stop();
    expect(failed).toBe(0);
    expect(byPod.map(({ pod }) => pod).sort()).toEqual(['backend-1', 'backend-3']);
    for (const { answered } of byPod) expect(answered).toBeGreaterThan(10);
  });

  it('[M247] the dashboard of MicroK8s answers by the path that its step shows', async () => {
    play = await beginLive(microk8s, SPEED);
    await play.step('dashboard');
    const response = await fetch(`${play.mock.url}${DASHBOARD_PATH}`);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('kubernetes-dashboard')]);
  });
});
