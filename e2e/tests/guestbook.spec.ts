import { test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';
import { guestbookStory } from '../src/story.ts';

test('[V1] the picture follows a guestbook that kubectl drives', async ({ page }) => {
  await using stage = await cluster('guestbook');
  const chart = new Chart(page);
  await chart.open(stage.url, stage.kubectl.namespace);
  await guestbookStory(chart, kubectlDriver(stage.kubectl));
});
