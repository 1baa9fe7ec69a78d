import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';

const GATEWAY_API = fileURLToPath(new URL('../../packages/shared/fixtures/gateway-api.yaml', import.meta.url));
const SEEN = { timeout: 45_000 };

test('[V94] [W43] a custom resource that is installed while the page is open is read, and one that is taken away is said to be absent', async ({
  page,
}) => {
  await using stage = await cluster('installed');
  const chart = new Chart(page);
  await chart.open(stage.url, stage.kubectl.namespace);
  await chart.connection.click();
  const gateways = page.getByTestId('source-row-Gateway');
  await expect(gateways).toHaveAttribute('data-state', 'absent');
  await stage.kubectl('create', '-f', GATEWAY_API);
  try {
    await expect(gateways).toHaveAttribute('data-state', 'live', SEEN);
    await expect(page.getByTestId('source-row-HTTPRoute')).toHaveAttribute('data-state', 'live', SEEN);
  } finally {
    await stage.kubectl('delete', '-f', GATEWAY_API);
  }
  await expect(gateways).toHaveAttribute('data-state', 'absent', SEEN);
});
