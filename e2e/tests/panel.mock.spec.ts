import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { panelDriver } from '../src/panel-driver.ts';
import { startPortolan } from '../src/portolan.ts';
import { guestbookStory } from '../src/story.ts';

test('[V1] [V56] the picture follows a guestbook that the presenter drives, and heals when the server comes back', async ({
  page,
}) => {
  let demo = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0', '--speed', '4');
  try {
    const chart = new Chart(page);
    await chart.open(String(demo.url), 'default');
    await guestbookStory(chart, panelDriver(page));

    await demo.stop();
    await expect(chart.connection).not.toHaveAttribute('data-state', 'live', { timeout: 5_000 });
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 5_000 });
    // A demo's cluster ends with it: what comes back is a new, empty one.
    demo = await startPortolan('demo', 'guestbook', '--port', new URL(String(demo.url)).port, '--api-port', '0');
    await chart.live();
    await expect(chart.pods()).toHaveCount(0);
    await expect(chart.cards('Node')).toHaveCount(2);
  } finally {
    await demo.stop();
  }
});
