import { describe, expect, it } from 'vitest';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { startMock } from './start-mock.ts';

describe('an embedded cluster', () => {
  it('[M75] starts on a free port, gives a kubeconfig, plays its steps, and frees the port when it is closed', async () => {
    const mock = await startMock({ scenario: 'guestbook', speed: 50 });
    const port = Number(new URL(mock.url).port);
    expect(mock.kubeconfig).toContain(`server: ${mock.url}`);
    await mock.presenter.run('create-redis-master');
    const pods = async () => {
      const response = await fetch(`${mock.url}/api/v1/pods`);
      const { items } = (await response.json()) as {
        items: { status: { containerStatuses?: { ready: boolean }[] } }[];
      };
      return items.map(({ status }) => status.containerStatuses?.[0]?.ready);
    };
    await expect.poll(pods, { timeout: 20_000 }).toEqual([true]);
    const watch = await fetch(`${mock.url}/api/v1/pods?watch=1`);
    await mock.close();
    await mock.close();
    await expect(watch.text()).rejects.toThrow();
    const again = await startMock({ scenario: 'guestbook', port });
    await again.close();
  });

  it('[M76] names the scenarios there are when asked for another, and says when its port is taken', async () => {
    await expect(startMock({ scenario: 'opera' })).rejects.toMatchObject({
      reason: 'unknownScenario',
      message: `there is no scenario "opera": choose one of ${SCENARIOS.join(', ')}`,
    });
    const mock = await startMock({ scenario: 'guestbook' });
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ scenario: 'guestbook', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await mock.close();
  });
});
