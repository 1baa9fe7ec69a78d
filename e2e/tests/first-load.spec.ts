import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';

const BUDGET = 200 * 1024;
/** What is fetched once the picture stands, and not before. */
const AHEAD = ['drawer', 'kind-table', 'fleet-view', 'wall-view', 'sources-panel'];

test('[H18] the script before the first picture travels in at most 200 KB; the other lenses follow it', async ({
  page,
}) => {
  await using stage = await cluster('first-load');
  await new Chart(page).open(stage.url, stage.kubectl.namespace);
  // The stream never ends, so the network is never idle: the parts that are fetched ahead are what comes last.
  await page.waitForFunction((parts) => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    return parts.every((part) => names.some((name) => name.includes(part)));
  }, AHEAD);
  const { before, after } = await page.evaluate((parts) => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js')) as PerformanceResourceTiming[];
    const first = Math.min(
      ...scripts.filter(({ name }) => parts.some((part) => name.includes(part))).map(({ startTime }) => startTime),
    );
    const bytes = (some: PerformanceResourceTiming[]) => some.reduce((sum, one) => sum + one.encodedBodySize, 0);
    return {
      before: bytes(scripts.filter(({ startTime }) => startTime < first)),
      after: bytes(scripts.filter(({ startTime }) => startTime >= first)),
    };
  }, AHEAD);
  expect(before).toBeGreaterThan(0);
  expect(after).toBeGreaterThan(0);
  expect(before).toBeLessThanOrEqual(BUDGET);
});
