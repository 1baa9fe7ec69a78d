import { expect } from '@playwright/test';
import type { Chart } from './chart.ts';
import type { Driver } from './driver.ts';

/**
 * The guestbook is created, scaled, rolled out, undone and wounded, and picture and table follow: what a person sees
 * whoever drives, whatever the cluster.
 */
export async function guestbookStory(chart: Chart, driver: Driver): Promise<void> {
  await chart.showTable();
  await expect(chart.cards('Node')).toHaveCount(2);
  await expect(chart.pods()).toHaveCount(0);

  await driver.createGuestbook();
  for (const name of ['frontend', 'redis-master', 'redis-slave']) {
    await expect(chart.card('Service', name)).toBeVisible();
    await expect(chart.card('Deployment', name)).toBeVisible();
  }
  await agree(chart, 6);
  await expect(chart.shelved()).toHaveCount(6);

  await driver.scaleFrontend(5);
  await agree(chart, 8);
  await expect(chart.pods('frontend-', 'ready')).toHaveCount(5);

  const before = await names(chart);
  await driver.rollOutV2();
  await expect(chart.lanes('frontend')).toHaveCount(2);
  await expect(chart.headline).toContainText('frontend is rolling out v2');
  await expect(chart.lanes('frontend')).toHaveCount(1);
  await agree(chart, 8);
  const after = await names(chart);
  expect(after.filter((name) => before.includes(name)).filter((name) => name.startsWith('frontend-'))).toEqual([]);
  expect(after.filter((name) => before.includes(name)).filter((name) => name.startsWith('redis-'))).toHaveLength(3);

  await driver.undo();
  await expect(chart.headline).toContainText('frontend is rolling out v3');
  await expect(chart.lanes('frontend')).toHaveCount(1);
  await agree(chart, 8);

  const whole = await names(chart);
  await driver.killPod();
  await expect.poll(async () => (await names(chart)).filter((name) => !whole.includes(name)).length).toBe(1);
  await agree(chart, 8);
  expect((await names(chart)).filter((name) => whole.includes(name))).toHaveLength(7);
  // What has left leaves nothing behind, not even what nobody sees.
  await expect(chart.picture.locator('[data-leaving]')).toHaveCount(0);
}

/** Picture and table show this many pods, all ready, and the same ones. */
async function agree(chart: Chart, pods: number): Promise<void> {
  await expect(chart.pods()).toHaveCount(pods);
  await expect(chart.pods('', 'ready')).toHaveCount(pods);
  await expect(chart.rows()).toHaveCount(pods);
  await expect(chart.rows().filter({ hasText: /1\/1\s*Running/ })).toHaveCount(pods);
  const listed = await chart.rows().evaluateAll((rows) => rows.map((row) => row.getAttribute('data-name')));
  expect(listed.toSorted()).toEqual((await names(chart)).toSorted());
}

function names(chart: Chart): Promise<string[]> {
  return chart.pods().evaluateAll((pods) => pods.map((pod) => pod.getAttribute('data-name') ?? ''));
}
