import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { kubectlFor } from '../src/kubectl.ts';
import { network } from '../src/network.ts';
import { startPortolan } from '../src/portolan.ts';

test('[V90] [V91] whatever is cut or killed between cluster and page is said within 5 s, in words, and heals without a click', async ({
  page,
}) => {
  const mock = await startPortolan('mock', 'guestbook', '--api-port', '0');
  const text = await readFile(String(mock.kubeconfig), 'utf8');
  const upstream = /server: "?([^",}\s]+)/.exec(text)?.[1] ?? '';
  const toCluster = await network(upstream);
  const kubeconfig = test.info().outputPath('kubeconfig');
  await writeFile(kubeconfig, text.replaceAll(upstream, toCluster.url));
  let server = await startPortolan('serve', '--kubeconfig', kubeconfig, '--port', '0');
  const toServer = await network(String(server.url));
  const kubectl = kubectlFor(String(mock.kubeconfig), 'default');
  const alert = page.getByRole('alert');
  const chart = new Chart(page);
  let made = 0;
  /** What is made meanwhile is seen once all is well. */
  async function heals(): Promise<void> {
    await expect(alert).toBeHidden({ timeout: 30_000 });
    await chart.live();
    await expect(chart.card('Service', `made-${made}`)).toBeVisible();
  }
  const make = () => kubectl('create', 'service', 'clusterip', `made-${++made}`, '--tcp=80');
  try {
    await chart.open(toServer.url, 'default');

    toCluster.cut();
    await expect(alert).toContainText('not current', { timeout: 5_500 });
    await expect(alert).toContainText('127.0.0.1');
    await make();
    toCluster.mend();
    await heals();

    toServer.cut();
    await expect(alert).toContainText('can’t be reached', { timeout: 5_500 });
    await make();
    toServer.mend();
    await heals();

    process.kill(server.pid, 'SIGKILL');
    await expect(alert).toBeVisible({ timeout: 5_500 });
    await make();
    server = await startPortolan('serve', '--kubeconfig', kubeconfig, '--port', new URL(String(server.url)).port);
    await heals();
  } finally {
    await toServer.stop();
    await server.stop();
    await toCluster.stop();
    await mock.stop();
  }
});
