import { expect, test } from '@playwright/test';
import { cluster } from '../src/cluster.ts';
import { openWatches } from '../src/proxy.ts';
import { target } from '../src/target.ts';

test('[W1] the apiserver sees one watch a kind, with one browser or with ten', async ({ browser }) => {
  await using stage = await cluster('watches');
  const pages = [await browser.newPage()];
  const visit = async () => {
    for (const page of pages.splice(0)) {
      await page.goto(`${stage.url}/?namespace=${stage.kubectl.namespace}`);
      await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'live');
    }
  };
  await visit();
  const withOne = await openWatches(stage.proxy);
  for (let i = 0; i < 10; i++) pages.push(await browser.newPage());
  await visit();
  const withTen = await openWatches(stage.proxy);

  expect(withOne.pods).toBeGreaterThan(0);
  expect(withTen).toEqual(withOne);
  if (target === 'mock') expect([...new Set(Object.values(withTen))]).toEqual([1]);
});
