import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { type Portolan, startPortolan } from '../src/portolan.ts';

interface Listed {
  metadata: { name: string; namespace: string };
  status: { containerStatuses: { restartCount: number }[] };
}

let demo: Portolan;
let namespace: string;
/** The pods of that namespace, which is the fullest, in the order of their names. */
let pods: string[];

const inApi = (path: string, init?: RequestInit) => fetch(`${demo.apiserver}/api/v1/${path}`, init);

async function listPods(): Promise<Listed[]> {
  const { items } = (await (await inApi('pods')).json()) as { items: Listed[] };
  return items;
}

/** Writes into the status of a pod of the namespace. */
async function writeStatus(name: string, status: object): Promise<void> {
  const response = await inApi(`namespaces/${namespace}/pods/${name}/status`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ status }),
  });
  expect(response.status).toBe(200);
}

test.beforeAll(async () => {
  const size = ['--nodes', '30', '--pods', '900', '--churn', '0'];
  demo = await startPortolan('demo', 'large', '--port', '0', '--api-port', '0', '--no-services', ...size);
  const byNamespace = Map.groupBy(await listPods(), ({ metadata }) => metadata.namespace);
  const [fullest, members] = [...byNamespace].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  namespace = fullest;
  const numeric = new Intl.Collator('en', { numeric: true });
  pods = members.map(({ metadata }) => metadata.name).sort(numeric.compare);
});

test.afterAll(() => demo.stop());

async function open(page: Page, query = ''): Promise<Chart> {
  const chart = new Chart(page);
  await page.goto(`${demo.url}/?namespace=${namespace}&table=1${query}`);
  await chart.live();
  await expect(page.getByTestId('row-count')).toContainText(String(pods.length));
  return chart;
}

/** The names of the rows that are in the document, each with its place. */
const drawn = (chart: Chart) =>
  chart
    .rows()
    .evaluateAll((rows) =>
      rows.map((row) => [Number(row.getAttribute('aria-rowindex')), row.getAttribute('data-name')] as const),
    );

/** Where a row is on the screen, from the table's top. */
const heightOf = async (chart: Chart, name: string) => (await chart.rows(name).first().boundingBox())?.y;

test('[K43] every row is reached, only those in view are in the document, and no column changes its width', async ({
  page,
}) => {
  const chart = await open(page);
  const grid = chart.table.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', String(pods.length + 1));
  const widths = () => chart.table.locator('th').evaluateAll((heads) => heads.map((head) => head.clientWidth));
  const before = await widths();
  const seen = new Map<number, string | null>();
  await grid.focus();
  await page.keyboard.press('Home');
  for (let index = 0; index < pods.length; ) {
    const rows = await drawn(chart);
    expect(rows.length).toBeLessThan(60);
    for (const [place, name] of rows) seen.set(place, name);
    await page.keyboard.press('PageDown');
    const active = chart.table.locator('tr[data-active]');
    await expect(active).toBeInViewport({ ratio: 1 });
    const now = Number(await active.getAttribute('aria-rowindex')) - 2;
    if (now === pods.length - 1 && now === index) break;
    index = now;
  }
  expect(seen.size).toBe(pods.length);
  expect([...seen].sort(([a], [b]) => a - b).map(([place]) => place)).toEqual(pods.map((_, at) => at + 2));
  expect(new Set(seen.values())).toEqual(new Set(pods));
  expect(await widths()).toEqual(before);
});

test('[K39] [V52] sorted by RESTARTS, downwards too, and the address says so', async ({ page }) => {
  const chart = await open(page);
  const head = chart.table.getByRole('columnheader', { name: 'RESTARTS' });
  const counts = { [String(pods[100])]: 9, [String(pods[40])]: 12 };
  for (const { metadata, status } of await listPods()) {
    const count = counts[metadata.name];
    if (count === undefined) continue;
    const containerStatuses = status.containerStatuses.map((one) => ({ ...one, restartCount: count }));
    await writeStatus(metadata.name, { containerStatuses });
  }
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-RESTARTS');
  const restarts = () =>
    chart
      .rows()
      .evaluateAll((rows) => rows.map((row) => Number.parseInt(row.querySelectorAll('td')[3]?.textContent ?? '', 10)));
  await expect
    .poll(async () => (await drawn(chart)).slice(0, 2).map(([, name]) => name))
    .toEqual([pods[40], pods[100]]);
  const downwards = await restarts();
  expect(downwards.slice(0, 2)).toEqual([12, 9]);
  expect(downwards).toEqual(downwards.toSorted((a, b) => b - a));
  await page.reload();
  await chart.live();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(restarts).toEqual(downwards);
  await chart.table.getByRole('columnheader', { name: 'NAME' }).getByRole('button').click();
  await expect.poll(async () => (await drawn(chart))[0]?.[1]).toBe(pods[0]);
  expect(new URL(page.url()).searchParams.get('sort')).toBeNull();
});

test('[K46] keys lead through it, Enter selects, what the picture selects is shown, and the focus stays', async ({
  page,
}) => {
  const chart = await open(page);
  const grid = chart.table.getByRole('grid');
  const active = chart.table.locator('tr[data-active]');
  await grid.focus();
  for (const [key, place] of [
    ['ArrowDown', 0],
    ['ArrowDown', 1],
    ['End', pods.length - 1],
    ['ArrowUp', pods.length - 2],
    ['Home', 0],
    ['ArrowDown', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(active).toHaveAttribute('aria-rowindex', String(place + 2));
    await expect(active).toBeInViewport({ ratio: 1 });
    expect(await grid.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
  }
  await page.keyboard.press('Enter');
  const name = String(await active.getAttribute('data-name'));
  await expect(page.getByTestId('drawer')).toContainText(name);
  await expect(active).toHaveAttribute('aria-selected', 'true');
  await expect(grid).toBeFocused();
  for (const theme of ['dark', 'light']) {
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).include('[data-testid="kind-table"]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await page.getByRole('button', { name: 'Theme' }).click();
  }
  // A pod far away in the table, chosen in the picture.
  const far = String(pods.at(-3));
  await chart.pods(far).first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(chart.rows(far)).toHaveAttribute('aria-selected', 'true');
  await expect(chart.rows(far)).toBeInViewport({ ratio: 1 });
});

test('[K45] a change draws its own row anew alone, and rows that go above move none below', async ({ page }) => {
  const chart = await open(page);
  const grid = chart.table.getByRole('grid');
  await grid.focus();
  for (const key of ['End', 'PageUp', 'PageUp', 'PageUp']) await page.keyboard.press(key);
  const name = String(await chart.table.locator('tr[data-active]').getAttribute('data-name'));
  const before = await heightOf(chart, name);
  await page.evaluate(() => {
    const written: string[] = [];
    Object.assign(window, { written });
    new MutationObserver((records) => {
      for (const { target } of records) {
        const cell = target.parentElement?.closest('td');
        // The clock goes on under AGE, whatever happens.
        if (cell && cell.cellIndex !== 4) written.push(String(cell.closest('tr')?.dataset.name));
      }
    }).observe(document.querySelector('[role=grid] tbody') as Element, { subtree: true, characterData: true });
  });
  await writeStatus(String(pods[0]), { reason: 'Elsewhere' });
  const url = `namespaces/${namespace}/pods/${pods[0]}`;
  // Its controller puts another one of the same beginning in its place.
  expect((await inApi(`${url}?gracePeriodSeconds=0`, { method: 'DELETE' })).status).toBe(200);
  await expect.poll(async () => (await listPods()).some(({ metadata }) => metadata.name === pods[0])).toBe(false);
  await writeStatus(name, { reason: 'Here' });
  await expect(chart.rows(name)).toContainText('Here');
  expect(await page.evaluate(() => (window as unknown as { written: string[] }).written)).toEqual([name]);
  expect(await heightOf(chart, name)).toBe(before);
  await expect(grid).toBeFocused();
});
