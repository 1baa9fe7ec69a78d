import { defineConfig } from '@playwright/test';
import { launch } from './src/launch.ts';
import { target } from './src/target.ts';

/**
 * One suite, two targets: `PORTOLAN_E2E_TARGET=mock` (the embedded cluster, the default) and `real` (the cluster of
 * `PORTOLAN_E2E_KUBECONFIG`, driven with kubectl). Tests that need the embedded cluster's panel are named `*.mock.spec.ts`,
 * those that need a real control plane of this machine `*.real.spec.ts`.
 */
export default defineConfig({
  testDir: './tests',
  testIgnore: target === 'real' ? '**/*.mock.spec.ts' : '**/*.real.spec.ts',
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: target === 'real' ? 240_000 : 120_000,
  expect: { timeout: target === 'real' ? 90_000 : 30_000 },
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1600, height: 900 },
    colorScheme: 'dark',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: launch,
  },
});
