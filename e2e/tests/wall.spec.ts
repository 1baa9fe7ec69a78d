import { expect, test } from '@playwright/test';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

test('[V40] the wall says its verdict, every node and the age of every source, and nothing can be pressed', async ({
  page,
}) => {
  await using stage = await cluster('wall');
  await page.goto(`${stage.url}/wall`);
  const verdict = page.getByTestId('verdict');
  await expect(verdict).toHaveText(/Healthy|Degraded|Critical/);
  await expect(page.locator('[data-kind="Node"]')).toHaveCount(2);
  await expect(page.getByTestId('source-Pod')).toContainText(/\d/);
  await expect(page.locator('a, button, input, select, [tabindex="0"]')).toHaveCount(0);

  await kubectlDriver(stage.kubectl).createGuestbook();
  await expect(page.getByTestId('pods-ready')).toContainText(/[6-9]|\d\d/);

  await stage.stopServer();
  await expect(verdict).toHaveText('Unknown', { timeout: 30_000 });
  await stage.startServer();
  await expect(verdict).toHaveText(/Healthy|Degraded|Critical/);
});
