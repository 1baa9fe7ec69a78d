import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { startPortolan } from '../src/portolan.ts';

const folder = dirname(String(process.env.PORTOLAN_E2E_KUBECONFIG));

test('[V70] what an account may not list is said to be forbidden, and is nowhere shown as none', async ({ page }) => {
  for (const { user, forbidden, listed } of [
    { user: 'viewer', forbidden: 'PersistentVolume', listed: 'Node' },
    { user: 'nobody', forbidden: 'Pod', listed: null },
  ]) {
    const server = await startPortolan('serve', '--kubeconfig', join(folder, `${user}.kubeconfig`), '--port', '0');
    try {
      const chart = new Chart(page);
      await chart.open(String(server.url), 'default');
      await chart.connection.click();
      const row = page.getByTestId(`source-row-${forbidden}`);
      await expect(row).toHaveAttribute('data-state', 'forbidden');
      await expect(row).toContainText('forbidden');
      await expect(row.getByRole('cell').nth(1)).toHaveText('–');
      if (listed !== null) {
        await expect(page.getByTestId(`source-row-${listed}`)).toHaveAttribute('data-state', 'live');
        continue;
      }
      await page.keyboard.press('Escape');
      await expect(chart.headline).not.toContainText('No pods');
      await expect(page.getByText(/may not list/).first()).toBeVisible();
    } finally {
      await server.stop();
    }
  }
});
