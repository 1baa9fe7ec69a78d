import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test('[P2] [P75] [P76] [P79] the fleet counts what kubectl counts, lights it, gathers it otherwise, and finds it', async ({
  page,
}) => {
  await using stage = await cluster('fleet');
  const { kubectl } = stage;
  await page.goto(`${stage.url}/fleet?namespace=${kubectl.namespace}`);
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'live');
  await expect(page.getByTestId('fleet-legend')).toBeVisible();
  const nodes = (await kubectl('get', 'nodes', '-o', 'name')).trim().split('\n').length;
  await expect.poll(() => count(page, 'node/Ready')).toBe(nodes);
  const before = await count(page, 'pod/ready');
  await kubectlDriver(kubectl).createGuestbook();
  await expect.poll(() => count(page, 'pod/ready'), { timeout: 60_000 }).toBe(before + 6);

  await page.getByRole('button', { name: 'Workload' }).click();
  await expect(page).toHaveURL(/group=workload/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Workload' })).toHaveAttribute('aria-pressed', 'true');

  await page.locator('[data-testid="fleet-count"][data-key="pod/ready"]').click();
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByTestId('row-count')).toContainText(String(before + 6));
  await page.getByRole('button', { name: 'Table' }).click();

  await page.getByTestId('fleet-find').fill('frontend-');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(3);
  await page.getByTestId('fleet-find').press('Enter');
  await expect(page.getByTestId('drawer')).toContainText('frontend-');
  // Near enough that the pod is a button with its name.
  await expect(
    page.getByTestId('fleet').getByRole('button', { name: /^Pod .+, Running/, pressed: true }),
  ).toBeVisible();
});

test('[P80] the fleet meets WCAG 2.2 AA in both themes and both languages, and is gone through by keyboard', async ({
  page,
}) => {
  await using stage = await cluster('fleet-accessible');
  await kubectlDriver(stage.kubectl).createGuestbook();
  for (const language of ['en', 'zh-CN']) {
    await page.goto(`${stage.url}/fleet?lang=${language}&table=1`);
    await expect(page.getByTestId('fleet-legend')).toBeVisible();
    for (const theme of ['dark', 'light']) {
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, `${language} ${theme}`).toEqual([]);
      await page.keyboard.press('t');
    }
  }
  await page.goto(`${stage.url}/fleet?lang=en`);
  await expect(page.getByTestId('fleet-legend')).toBeVisible();
  await page.getByTestId('fleet').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('drawer')).toBeHidden();
});

async function count(page: Page, key: string): Promise<number> {
  const text = await page.locator(`[data-testid="fleet-count"][data-key="${key}"] b`).textContent();
  return Number(text?.replaceAll(/\D/g, ''));
}
