import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';

test('[V2] an event on one pod moves no other mark', async ({ page }) => {
  await using stage = await cluster('still');
  const driver = kubectlDriver(stage.kubectl);
  const chart = new Chart(page);
  await chart.open(stage.url, stage.kubectl.namespace);
  await driver.createGuestbook();
  await expect(chart.pods('', 'ready')).toHaveCount(6);
  // Entrances last a moment; what is compared is where things rest.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => chart.positions()).toEqual(await chart.positions());
  const before = await chart.positions();

  const pods = await chart
    .pods('redis-slave')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-name')));
  const victim = String(pods[0]);
  await stage.kubectl('delete', 'pod', victim, '--wait=false');
  await expect(chart.picture.locator(`[data-place="lane"][data-name="${victim}"]`)).toHaveCount(0);
  await expect(chart.pods('', 'ready')).toHaveCount(6);
  const after = await chart.positions();

  const stayed = Object.keys(before).filter((key) => !key.endsWith(victim));
  expect(stayed.length).toBeGreaterThan(15);
  expect(Object.fromEntries(stayed.map((key) => [key, after[key]]))).toEqual(
    Object.fromEntries(stayed.map((key) => [key, before[key]])),
  );
});
