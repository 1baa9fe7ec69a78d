import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

test('[V31] [V32] [V43] a stopped server is said within seconds, and the picture converges without a reload', async ({
  page,
}) => {
  await using stage = await cluster('restart');
  const driver = kubectlDriver(stage.kubectl);
  const chart = new Chart(page);
  await chart.open(stage.url, stage.kubectl.namespace);
  await driver.createGuestbook();
  await expect(chart.pods('', 'ready')).toHaveCount(6);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await stage.stopServer();
  await expect(chart.connection).not.toHaveAttribute('data-state', 'live', { timeout: 5_000 });
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 5_000 });
  await expect(chart.pods()).toHaveCount(6);

  await driver.scaleFrontend(5);
  await stage.startServer();
  await chart.live();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(chart.pods('', 'ready')).toHaveCount(8);
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});
