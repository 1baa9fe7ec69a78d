import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { startPortolan } from '../src/portolan.ts';

test('[W33] [V71] an apiserver that is frozen is said within 5 s, in words, and the picture heals without a click', async ({
  page,
  request,
}) => {
  const portolan = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0');
  const faults = `${portolan.url}/api/v1/clusters/demo/faults`;
  const headers = { 'x-portolan-action': '1' };
  try {
    const chart = new Chart(page);
    await chart.open(String(portolan.url), 'default');
    await request.post(faults, { headers, data: { kind: 'freeze-connections' } });
    await expect(page.getByRole('alert')).toContainText('the apiserver does not answer', { timeout: 5_000 });
    await page.getByTestId('step-create-redis-master').click();
    await request.delete(`${faults}/all`, { headers });
    await expect(page.getByRole('alert')).toBeHidden({ timeout: 15_000 });
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('No pods');
    await chart.live();
  } finally {
    await portolan.stop();
  }
});
