import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { startPortolan } from '../src/portolan.ts';

test('[V72] [V73] the indicator opens every source with its state and age, by keyboard, in both themes', async ({
  page,
}) => {
  const server = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0');
  try {
    const chart = new Chart(page);
    await chart.open(String(server.url), 'default');
    const panel = page.getByTestId('sources-panel');
    for (const theme of ['dark', 'light']) {
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await chart.connection.focus();
      await page.keyboard.press('Enter');
      const pods = panel.getByTestId('source-row-Pod');
      await expect(pods).toContainText('live');
      await expect(pods).toContainText(/\d\.\d s/);
      await panel.getByRole('button', { name: 'What the server counts' }).click();
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(panel).toBeHidden();
      await page.getByRole('button', { name: 'Theme' }).click();
    }
  } finally {
    await server.stop();
  }
});
