import { expect, type Page, test } from '@playwright/test';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

test('[V61] [V62] the wall says its verdict, every node and the age of every source, and nothing can be pressed', async ({
  page,
}) => {
  await using stage = await cluster('wall');
  await page.goto(`${stage.url}/wall`);
  const wall = page.getByTestId('wall');
  await expect(wall).toHaveAttribute('data-verdict', 'healthy');
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
  await expect(page.getByTestId('wall-node')).toHaveCount(2);
  await expect(page.getByTestId('source-Pod')).toContainText(/\d/);
  await expect(page.locator('a, button, input, select, [tabindex="0"]')).toHaveCount(0);

  const before = await readyPods(page);
  await kubectlDriver(stage.kubectl).createGuestbook();
  await expect.poll(() => readyPods(page)).toBe(before + 6);

  await stage.stopServer();
  await expect(wall).toHaveAttribute('data-verdict', 'unknown', { timeout: 30_000 });
  await stage.startServer();
  await expect(wall).toHaveAttribute('data-verdict', 'healthy');
});

async function readyPods(page: Page): Promise<number> {
  return Number((await page.getByTestId('wall-pods').textContent())?.replaceAll(/\D/g, ''));
}
