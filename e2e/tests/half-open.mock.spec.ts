import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { halfOpen } from '../src/half-open.ts';
import { startPortolan } from '../src/portolan.ts';
import { viewers } from '../src/viewers.ts';

test('[V75] a stream whose pulses cease while the server answers is replaced within ten seconds', async ({ page }) => {
  const server = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0');
  const way = await halfOpen(String(server.url));
  try {
    const chart = new Chart(page);
    await chart.open(way.url, 'default');
    await expect.poll(() => way.pulses()).toBeGreaterThan(0);
    const { opened } = await viewers(server.url);
    way.silence();
    await expect.poll(async () => (await viewers(server.url)).opened, { timeout: 10_000 }).toBeGreaterThan(opened);
    await chart.live();
  } finally {
    await way.stop();
    await server.stop();
  }
});
