import { expect, type Page } from '@playwright/test';
import type { Driver } from './driver.ts';

/** Drives the embedded guestbook as a presenter does: by the steps of the panel. */
export function panelDriver(page: Page): Driver {
  const step = async (id: string): Promise<void> => {
    const button = page.getByTestId(`step-${id}`);
    await expect(button).toBeEnabled();
    await button.click();
  };
  return {
    namespace: 'default',
    async createGuestbook() {
      for (const name of ['redis-master', 'redis-slave', 'frontend']) await step(`create-${name}`);
    },
    scaleFrontend: () => step('scale-up'),
    rollOutV2: () => step('roll-out-v2'),
    undo: () => step('undo'),
    killPod: () => step('kill-pod'),
  };
}
