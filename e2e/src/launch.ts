import type { LaunchOptions } from '@playwright/test';

/** How Chromium starts on a machine without a GPU, and without calling home. `PORTOLAN_CHROMIUM` names its program. */
export const launch: LaunchOptions = {
  executablePath: process.env.PORTOLAN_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
