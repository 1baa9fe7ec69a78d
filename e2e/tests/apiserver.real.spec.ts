import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Chart } from '../src/chart.ts';
import { Component } from '../src/component.ts';
import { kubectlFor } from '../src/kubectl.ts';
import { startPortolan } from '../src/portolan.ts';

const folder = dirname(String(process.env.PORTOLAN_E2E_KUBECONFIG));
const TOKENS = join(folder, 'tokens.csv');
const component = (name: string) => new Component(join(folder, 'pids', name), join(folder, 'logs', `${name}.log`));

/** Leaves the control plane as it was: a controller manager ends itself when it cannot renew its lease. */
async function revive(apiserver: Component, others: readonly Component[]): Promise<void> {
  await apiserver.kill();
  apiserver.start();
  const kubectl = kubectlFor(join(folder, 'admin.kubeconfig'), 'default');
  await expect(() => kubectl('get', '--raw', '/readyz')).toPass();
  for (const other of others) {
    await other.kill();
    other.start();
  }
}

test('[V92] [V93] an apiserver that is killed is said within 5 s, and followed when it is back; a token that is revoked is said with the mend', async ({
  page,
}) => {
  const names = await readdir(join(folder, 'pids'));
  const apiserver = component('apiserver');
  const others = names.filter((name) => name === 'controller-manager' || name === 'scheduler').map(component);
  const tokens = await readFile(TOKENS, 'utf8');
  const server = await startPortolan('serve', '--kubeconfig', join(folder, 'viewer.kubeconfig'), '--port', '0');
  const alert = page.getByRole('alert');
  try {
    const chart = new Chart(page);
    await chart.open(String(server.url), 'default');

    await apiserver.kill();
    await expect(alert).toContainText('not current', { timeout: 5_500 });
    await expect(alert).toContainText('127.0.0.1');
    apiserver.start();
    await expect(alert).toBeHidden();
    await chart.live();

    await apiserver.kill();
    await writeFile(TOKENS, tokens.replace(/^viewer-token,.*\n?/m, ''));
    apiserver.start();
    await expect(alert).toContainText('answered 401');
    await expect(alert).toContainText('renew the credentials in the kubeconfig');
  } finally {
    await writeFile(TOKENS, tokens);
    await revive(apiserver, others);
    await server.stop();
  }
});
