import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test('[V28] in both themes nothing breaks WCAG 2.2 AA or the content policy, and a pod opens by keyboard alone', async ({
  page,
}) => {
  await using stage = await cluster('accessible');
  const driver = kubectlDriver(stage.kubectl);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const chart = new Chart(page);
  await chart.open(stage.url, driver.namespace);
  await driver.createGuestbook();
  await expect(chart.pods('', 'ready')).toHaveCount(6);

  await chart.pods('frontend-').first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByTestId('drawer');
  await expect(drawer).toContainText('frontend-');
  await expect(drawer).toContainText('PodScheduled');
  await chart.showTable();

  for (const theme of ['dark', 'light']) {
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, theme).toEqual([]);
    await page.getByRole('button', { name: 'Theme' }).click();
  }
  await chart.picture.focus();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  expect(complaints).toEqual([]);
});
