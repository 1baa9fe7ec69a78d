import { expect, type Page, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';
import { viewers } from '../src/viewers.ts';

test('[V76] [V77] tabs share one stream, move together, and outlive one another and the server', async ({
  context,
}) => {
  await using stage = await cluster('tabs');
  const driver = kubectlDriver(stage.kubectl);
  const [first, second] = [new Chart(await context.newPage()), new Chart(await context.newPage())];
  const clients = async () => (await viewers(stage.url)).clients;
  await first.open(stage.url, stage.kubectl.namespace);
  await second.open(stage.url, stage.kubectl.namespace);
  await expect.poll(clients).toBe(1);

  await driver.createGuestbook();
  for (const chart of [first, second]) await expect(chart.pods('', 'ready')).toHaveCount(6);
  expect(await clients()).toBe(1);

  await stage.stopServer();
  for (const chart of [first, second]) {
    await expect(chart.connection).not.toHaveAttribute('data-state', 'live', { timeout: 5_000 });
  }
  await driver.scaleFrontend(5);
  await stage.startServer();
  for (const chart of [first, second]) {
    await chart.live();
    await expect(chart.pods('', 'ready')).toHaveCount(8);
  }
  await expect.poll(clients).toBe(1);

  await first.page.close();
  await stage.kubectl('scale', 'deployment/frontend', '--replicas=3');
  await expect(second.pods('', 'ready')).toHaveCount(6);
  expect(await clients()).toBe(1);
  await second.page.close();
  await expect.poll(clients).toBe(0);
});

test('[V79] tabs whose worker dies go on, each by itself', async ({ context }) => {
  await using stage = await cluster('tabs-alone');
  const driver = kubectlDriver(stage.kubectl);
  const charts = [new Chart(await context.newPage()), new Chart(await context.newPage())];
  for (const chart of charts) await chart.open(stage.url, stage.kubectl.namespace);
  const clients = async () => (await viewers(stage.url)).clients;
  await expect.poll(clients).toBe(1);
  await endWorkers(charts.map(({ page }) => page));
  await driver.createGuestbook();
  await expect.poll(clients, { timeout: 10_000 }).toBe(2);
  for (const chart of charts) {
    await chart.live();
    await expect(chart.pods('', 'ready')).toHaveCount(6);
  }
});

/** Ends the shared workers of pages as a crash does: nobody is told. */
async function endWorkers(pages: Page[]): Promise<void> {
  const browser = pages[0]?.context().browser();
  if (!browser) throw new Error('the pages have no browser');
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'shared_worker' }] });
  expect(targetInfos.length).toBeGreaterThan(0);
  for (const { targetId } of targetInfos) await session.send('Target.closeTarget', { targetId });
}
