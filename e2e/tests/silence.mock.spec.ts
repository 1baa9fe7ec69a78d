import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { startPortolan } from '../src/portolan.ts';

test('[V64] [V65] [V85] a server that is frozen is said within 5 s, in words, and heals without a click', async ({
  page,
}) => {
  const server = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0');
  try {
    const chart = new Chart(page);
    await chart.open(String(server.url), 'default');
    const pods = page.getByTestId('source-row-Pod');
    await chart.connection.click();
    await expect(pods).toContainText('live');
    await page.keyboard.press('Escape');
    process.kill(server.pid, 'SIGSTOP');
    await expect(page.getByRole('alert')).toContainText('does not answer', { timeout: 5_500 });
    await expect(chart.connection).toContainText('no answer for');
    await chart.connection.click();
    await expect(pods).toContainText('was live', { timeout: 20_000 });
    await page.keyboard.press('Escape');
    process.kill(server.pid, 'SIGCONT');
    await expect(page.getByRole('alert')).toBeHidden({ timeout: 10_000 });
    await chart.live();
  } finally {
    process.kill(server.pid, 'SIGCONT');
    await server.stop();
  }
});
