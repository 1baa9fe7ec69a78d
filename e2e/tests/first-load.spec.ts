import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';

const BUDGET = 200 * 1024;

test('[H18] all the script of a first visit travels in at most 200 KB', async ({ page }) => {
  await using stage = await cluster('first-load');
  await new Chart(page).open(stage.url, stage.kubectl.namespace);
  // The stream never ends, so the network is never idle: the parts that are fetched ahead are what comes last.
  await page.waitForFunction(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    return ['drawer', 'wall-view', 'sources-panel'].every((part) => names.some((name) => name.includes(part)));
  });
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map((entry) => (entry as PerformanceResourceTiming).encodedBodySize),
  );
  const bytes = scripts.reduce((sum, size) => sum + size, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});
