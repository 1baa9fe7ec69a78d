import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { cluster } from '../src/cluster.ts';

const OBJECTS = fileURLToPath(new URL('../../packages/mock-apiserver/conformance/of-every-kind.yaml', import.meta.url));

/** Kinds with something that their details must say. */
const DETAILS: [kind: string, name: string, says: RegExp][] = [
  ['Ingress', 'web', /a\.example\.com\/ → web:80/],
  ['NetworkPolicy', 'all', /every pod of the namespace/],
  ['HorizontalPodAutoscaler', 'web', /Deployment\/web/],
  ['PodDisruptionBudget', 'least', /Healthy pods\d of 2, 1 needed/],
  ['PersistentVolumeClaim', 'bound', /columns-one/],
  ['PersistentVolume', 'columns-one', /columns\/bound/],
  ['StorageClass', 'columns-slow', /example\.com\/none/],
  ['ConfigMap', 'settings', /never read by Portolan/],
  ['ResourceQuota', 'some', /pods\d+ \/ 40/],
  ['Lease', 'kube-scheduler', /HOLDER/],
  ['NodeMetrics', 'node1', /CPU\(cores\)/],
];

test('[V52] [K40] [K41] every kind has rows as kubectl prints them, and details, in both themes', async ({ page }) => {
  await using stage = await cluster('kinds');
  await stage.kubectl('create', '-f', OBJECTS);
  const chart = new Chart(page);
  await page.goto(`${stage.url}/?namespace=columns&table=Ingress`);
  await chart.live();
  const drawer = page.getByTestId('drawer');
  await expect(chart.rows('web')).toContainText('a.example.com,b.example.com,*.example.com + 2 more...');
  for (const [kind, name, says] of DETAILS) {
    await page.getByTestId('kind').selectOption(kind);
    await chart.table.getByRole('grid').focus();
    // From the first row down to the one that is meant.
    do await page.keyboard.press('ArrowDown');
    while (!(await chart.rows(name).first().getAttribute('data-active')));
    await page.keyboard.press('Enter');
    await expect(drawer.getByTestId('facts'), kind).toContainText(says);
    await expect(chart.rows(name).first(), kind).toHaveAttribute('aria-selected', 'true');
  }
  await page.getByTestId('kind').selectOption('Gateway');
  await expect(chart.table).toContainText('Not known: the cluster does not serve Gateway');
  await expect(page.getByTestId('row-count')).toHaveText('–');
  expect(new URL(page.url()).searchParams.get('table')).toBe('Gateway');
  await page.getByTestId('kind').selectOption('PersistentVolumeClaim');
  await chart.rows('waiting').click();
  for (const theme of ['dark', 'light']) {
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      theme,
    ).toEqual([]);
    await test.info().attach(theme, { body: await page.screenshot(), contentType: 'image/png' });
    await page.getByRole('button', { name: 'Theme' }).click();
  }
});
