import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../start-mock.ts';

/** Asks until the answer is what is waited for; the test's own time limit ends it otherwise. */
async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const pod = (name: string, containers: unknown[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { terminationGracePeriodSeconds: 1, containers },
});

const shell = (name: string, script: string) => ({ name, image: 'busybox', command: ['sh', '-c', script] });

describe('the logs of pods', () => {
  let mock: MockCluster;
  const get = async (path: string) => {
    const response = await fetch(`${mock.url}/api/v1/namespaces/default/pods/${path}`);
    return { code: response.status, text: await response.text() };
  };
  const messageOf = ({ code, text }: { code: number; text: string }) => [code, JSON.parse(text).message];
  const ok = ({ code }: { code: number }) => code === 200;

  beforeAll(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 20, services: 'off' });
    const pods = [
      pod('talks', [shell('c', 'while true; do echo tick; sleep 5; done')]),
      pod('two', [shell('a', 'echo of a; sleep 3600'), shell('b', 'echo of b; sleep 3600')]),
      pod('crashes', [shell('c', 'echo oh; sleep 1; exit 1')]),
      pod('missing', [{ name: 'c', image: 'no-such-image' }]),
    ];
    for (const body of pods) {
      const response = await fetch(`${mock.url}/api/v1/namespaces/default/pods`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
    }
  });
  afterAll(() => mock.close());

  it('[M149] can be cut by lines, bytes and times, and dated', async () => {
    const { text } = await until(
      () => get('talks/log'),
      ({ text: lines }) => lines.split('\n').length > 4,
    );
    expect(text).toMatch(/^(tick\n)+$/);
    expect((await get('talks/log?tailLines=2')).text).toBe('tick\ntick\n');
    expect((await get('talks/log?tailLines=0')).text).toBe('');
    expect((await get('talks/log?limitBytes=7')).text).toBe('tick\nti');
    expect((await get('talks/log?sinceTime=2100-01-01T00:00:00Z')).text).toBe('');
    expect((await get('talks/log?timestamps=true&tailLines=1')).text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z tick\n$/);
    expect((await get('talks/log?tailLines=-1')).code).toBe(422);
    expect((await get('talks/log?sinceSeconds=x')).code).toBe(400);
  });

  it('[M149] of several containers need a name, and say which there are', async () => {
    await until(() => get('two/log?container=b'), ok);
    expect(messageOf(await get('two/log'))).toEqual([
      400,
      'a container name must be specified for pod two, choose one of: [a b]',
    ]);
    expect((await get('two/log?container=b')).text).toBe('of b\n');
    expect(messageOf(await get('two/log?container=z'))).toEqual([400, 'container z is not valid for pod two']);
  });

  it('[M149] of a run before the present one are those of that run', async () => {
    const { text } = await until(() => get('crashes/log?previous=true'), ok);
    expect(text).toBe('oh\n');
    await until(() => get('talks/log'), ok);
    expect(messageOf(await get('talks/log?previous=true'))).toEqual([
      400,
      'previous terminated container "c" in pod "talks" not found',
    ]);
  });

  it.each(["image can't be pulled", 'trying and failing to pull image'])(
    '[M149] of a container that waits are refused with what it waits for, by turns: %s',
    async (why) => {
      const answer = await until(
        () => get('missing/log'),
        ({ text }) => text.includes(why),
      );
      expect(messageOf(answer)).toEqual([400, `container "c" in pod "missing" is waiting to start: ${why}`]);
    },
  );

  it('[M149] are followed as they are written, until the pod is gone', async () => {
    await until(() => get('talks/log'), ok);
    const response = await fetch(`${mock.url}/api/v1/namespaces/default/pods/talks/log?follow=true&tailLines=0`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^(tick\n)+$/);
    await fetch(`${mock.url}/api/v1/namespaces/default/pods/talks`, { method: 'DELETE' });
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      expect(new TextDecoder().decode(part.value)).toContain('tick');
    }
    expect((await get('talks/log')).code).toBe(404);
  });
});
