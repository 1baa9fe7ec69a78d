import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { panelDriver } from '../src/panel-driver.ts';
import { startPortolan } from '../src/portolan.ts';

const images = fileURLToPath(new URL('../../docs/images', import.meta.url));

test('[V29] the README shows the fleet as the page does', async ({ page }, info) => {
  const size = ['--nodes', '400', '--pods', '12000', '--churn', '0'];
  const demo = await startPortolan('demo', 'large', '--port', '0', '--api-port', '0', '--no-services', ...size);
  try {
    const folder = process.env.PORTOLAN_SCREENS === '1' ? images : info.outputDir;
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${demo.url}/fleet?lang=en`);
    const ready = page.locator('[data-key="pod/ready"]');
    await expect(ready).toBeVisible();
    await expect(page.locator('[data-key="node/NotReady"]')).toBeVisible();
    // Kubelets that had not reported yet were NotReady for a moment.
    await expect(page.locator('[data-key="node/Ready"] b')).toHaveText('398');
    await page.keyboard.press('0');
    await page.screenshot({ path: `${folder}/fleet.png` });
  } finally {
    await demo.stop();
  }
});

/** `PORTOLAN_SCREENS=1` renews the README's pictures; otherwise they are taken into the test's own folder. */
test('[V29] the README shows what the page shows: a rollout half-way, in both themes, the panel, and the wall', async ({
  page,
}, info) => {
  const demo = await startPortolan('demo', 'guestbook', '--port', '0', '--api-port', '0', '--speed', '2');
  try {
    const folder = process.env.PORTOLAN_SCREENS === '1' ? images : info.outputDir;
    const chart = new Chart(page);
    const driver = panelDriver(page);
    await chart.open(String(demo.url), 'default');
    await driver.createGuestbook();
    await expect(chart.pods('', 'ready')).toHaveCount(6);
    await driver.rollOutV2();
    await expect(chart.lanes('frontend')).toHaveCount(2);
    await expect(chart.headline).toContainText('frontend is rolling out v2');
    await chart.pods('frontend-', 'creating').first().click();
    await expect(page.getByTestId('drawer')).toContainText('ContainerCreating');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.screenshot({ path: `${folder}/topology-dark.png` });
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.screenshot({ path: `${folder}/topology-light.png` });

    await page.keyboard.press('Escape');
    await page.getByTestId('presenter-traffic').click();
    await page.getByTestId('traffic-rate').selectOption('50');
    await page.getByTestId('traffic-start').click();
    await expect(page.getByTestId('traffic-revisions').getByRole('row')).toHaveCount(3);
    await expect(chart.pods('frontend-', 'ready')).toHaveCount(3);
    await page.screenshot({ path: `${folder}/presenter.png` });

    const wall = await page.context().newPage();
    await wall.setViewportSize({ width: 1920, height: 1080 });
    await wall.goto(`${demo.url}/wall`);
    await expect(wall.getByTestId('wall')).toHaveAttribute('data-verdict', /healthy|degraded/);
    await wall.screenshot({ path: `${folder}/wall.png` });
  } finally {
    await demo.stop();
  }
});
