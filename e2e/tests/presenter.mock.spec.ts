import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { panelDriver } from '../src/panel-driver.ts';
import { type Portolan, startPortolan } from '../src/portolan.ts';

const AT_20 = ['--port', '0', '--api-port', '0', '--speed', '20'];

test.describe('the presenter', () => {
  let demo: Portolan;
  let chart: Chart;

  const open = async (page: Page, tab: 'steps' | 'traffic' | 'faults') => {
    chart = new Chart(page);
    await chart.open(String(demo.url), 'default');
    await page.getByTestId(`presenter-${tab}`).click();
  };

  test.beforeEach(async () => {
    demo = await startPortolan('demo', 'guestbook', ...AT_20);
  });

  test.afterEach(async () => {
    await demo?.stop();
  });

  test('[V58] the tour plays the steps, says each and what to look for, pauses, and goes on one by one', async ({
    page,
  }) => {
    await open(page, 'steps');
    const state = page.getByTestId('tour-state');
    await expect(state).toHaveAttribute('data-state', 'idle');
    await page.getByRole('button', { name: 'Play the tour' }).click();
    await expect(state).toHaveAttribute('data-state', 'playing');
    await expect(page.getByTestId('told')).toContainText('One Redis master');
    await expect(page.getByTestId('told').locator('[data-holds=true]')).toHaveCount(1);
    await page.getByRole('button', { name: 'Pause the tour' }).click();
    await expect(state).toHaveAttribute('data-state', 'paused');
    const done = await page.getByRole('img', { name: 'done' }).count();
    await page.getByRole('button', { name: 'Next step' }).click();
    await expect(page.getByRole('img', { name: 'done' })).toHaveCount(done + 1);
    await page.getByRole('button', { name: 'End the tour' }).click();
    await expect(state).toHaveAttribute('data-state', 'idle');
  });

  test('[V59] steady requests to the frontend are counted by revision, and a good rollout loses none', async ({
    page,
  }) => {
    await open(page, 'steps');
    const driver = panelDriver(page);
    await driver.createGuestbook();
    await expect(chart.pods('', 'ready')).toHaveCount(6);
    await page.getByTestId('presenter-traffic').click();
    await page.getByTestId('traffic-rate').selectOption('50');
    await page.getByTestId('traffic-start').click();
    const revisions = page.getByTestId('traffic-revisions').getByRole('row');
    await expect(revisions).toHaveCount(2);
    await page.getByTestId('presenter-steps').click();
    await driver.rollOutV2();
    await expect(chart.pods('frontend-', 'ready')).toHaveCount(3);
    await page.getByTestId('presenter-traffic').click();
    await expect(revisions).toHaveCount(3);
    for (const revision of ['Revision 1', 'Revision 2']) {
      const row = page.getByTestId('traffic-revisions').getByRole('row').filter({ hasText: revision });
      await expect(row.getByRole('cell').nth(1)).toHaveText('0');
    }
    await page.getByTestId('traffic-stop').click();
    await expect(page.getByTestId('traffic-start')).toBeVisible();
  });

  test("[V59] the guestbook's page opens from the panel, keeps a message, and says which pod answered", async ({
    page,
  }) => {
    await open(page, 'steps');
    await panelDriver(page).createGuestbook();
    await expect(chart.pods('', 'ready')).toHaveCount(6);
    await page.getByTestId('presenter-traffic').click();
    const [guestbook] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByTestId('service-link').first().click(),
    ]);
    await guestbook.getByRole('textbox').fill('Hello from the helm');
    await guestbook.getByRole('button').click();
    await expect(guestbook.getByText('Hello from the helm')).toBeVisible();
    await expect(guestbook.getByText(/frontend-\w+-\w+/).first()).toBeVisible();
  });

  test('[V59] a node is taken down and brought back from the panel, and the chart follows', async ({ page }) => {
    await open(page, 'faults');
    const fault = page.getByTestId('fault-node-down');
    await fault.locator('summary').click();
    await page.getByTestId('begin-node-down').click();
    await expect(page.getByTestId('active-fault')).toHaveCount(1);
    await expect(chart.cards('Node').filter({ hasText: 'NotReady' })).toHaveCount(1);
    await page.getByTestId('active-fault').getByRole('button').click();
    await expect(page.getByTestId('active-fault')).toHaveCount(0);
    await expect(chart.cards('Node').filter({ hasText: 'NotReady' })).toHaveCount(0);
  });

  test('[V28] [V58] [V59] every part of the panel meets WCAG 2.2 AA in both themes, and is reached by keyboard', async ({
    page,
  }) => {
    await open(page, 'steps');
    await panelDriver(page).createGuestbook();
    await expect(chart.pods('', 'ready')).toHaveCount(6);
    for (const theme of ['dark', 'light']) {
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await page.getByTestId('presenter-steps').click();
      for (const part of ['steps', 'traffic', 'faults']) {
        await expect(page.getByTestId(`presenter-${part}`)).toHaveAttribute('aria-selected', 'true');
        const { violations } = await new AxeBuilder({ page })
          .include('[data-testid=presenter]')
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.map(({ id, nodes }) => `${part} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
        await page.keyboard.press('ArrowRight');
      }
      await page.getByRole('button', { name: 'Theme' }).click();
    }
  });
});
