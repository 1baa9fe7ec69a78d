import type { FaultParams } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../start-mock.ts';

interface Line {
  type: string;
  object: { kind?: string; code?: number; reason?: string; metadata: { name: string; resourceVersion: string } };
}

/** A watch that keeps what it was told, line by line, and how it ended. */
class Follower {
  readonly lines: string[] = [];
  ended: 'open' | 'ended' | 'broken' = 'open';
  readonly #stop = new AbortController();

  async open(url: string): Promise<this> {
    const response = await fetch(url, { signal: this.#stop.signal });
    this.#read(response).then(
      () => {
        this.ended = 'ended';
      },
      () => {
        this.ended = 'broken';
      },
    );
    return this;
  }

  get events(): Line[] {
    return this.lines.map((line) => JSON.parse(line) as Line);
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const parts = (text + decoder.decode(chunk, { stream: true })).split('\n');
      text = parts.pop() ?? '';
      this.lines.push(...parts);
    }
  }
}

/** What a busy machine may take. */
const WAIT = { timeout: 30_000 };

const SECRETS = '/api/v1/namespaces/default/secrets';

describe('faults of the API', () => {
  let mock: MockCluster;
  const followers: Follower[] = [];
  const inject = (kind: string, params?: FaultParams) => mock.faults.inject(kind, params);
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${mock.url}${path}`, { headers });
  const write = async (name: string) => {
    const body = JSON.stringify({ metadata: { name } });
    const headers = { 'content-type': 'application/json', 'user-agent': 'writer' };
    return fetch(`${mock.url}${SECRETS}`, { method: 'POST', headers, body });
  };
  const watch = async (query = '') => {
    const follower = await new Follower().open(`${mock.url}${SECRETS}?watch=1${query}`);
    followers.push(follower);
    return follower;
  };
  const names = (follower: Follower) => follower.events.map(({ object }) => object.metadata.name);
  const version = async (): Promise<number> => {
    const listed = (await (await get(SECRETS)).json()) as { metadata: { resourceVersion: string } };
    return Number(listed.metadata.resourceVersion);
  };
  const code = async (response: Promise<Response>): Promise<string> => {
    try {
      return String((await response).status);
    } catch (error) {
      const cause = (error as Error).cause as { code?: string } | undefined;
      return cause?.code ?? String(error);
    }
  };

  beforeEach(async () => {
    mock = await startMock({ scenario: 'guestbook', services: 'off' });
  });

  afterEach(async () => {
    for (const follower of followers.splice(0)) follower.close();
    await mock.close();
  });

  it('[M221] dropping connections resets open watches and requests, until it is cleared', async () => {
    const follower = await watch();
    const { handle } = inject('drop-connections');
    await expect.poll(() => follower.ended, WAIT).toBe('broken');
    expect(await code(get(SECRETS))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(mock.faults.active()).toMatchObject([{ handle, kind: 'drop-connections', met: 2, until: null }]);
    mock.faults.clear(handle);
    expect(await code(get(SECRETS))).toBe('200');
    expect(mock.faults.active()).toEqual([]);
  });

  it('[M221] frozen connections are open and silent; cleared, they go on and have lost nothing', async () => {
    const follower = await watch();
    const { handle } = inject('freeze-connections', { userAgent: 'node' });
    // The writer is out of scope: the cluster lives on.
    expect((await write('one')).status).toBe(201);
    let answered = false;
    const pending = get(SECRETS).then((response) => {
      answered = true;
      return response.status;
    });
    await expect.poll(() => mock.faults.active()[0]?.met, WAIT).toBe(2);
    expect([answered, follower.ended, follower.lines]).toEqual([false, 'open', []]);
    mock.faults.clear(handle);
    expect(await pending).toBe(200);
    await expect.poll(() => names(follower), WAIT).toEqual(['one']);
    await write('two');
    await expect.poll(() => names(follower), WAIT).toEqual(['one', 'two']);
  });

  it('[M221] a delay holds a request back; cleared, it goes on at once', async () => {
    inject('delay', { ms: 60_000, verbs: ['list'] });
    const pending = get(SECRETS).then((response) => response.status);
    await expect.poll(() => mock.faults.active()[0]?.met, WAIT).toBe(1);
    expect(await code(get(`${SECRETS}/none`))).toBe('404');
    mock.faults.clear('all');
    expect(await pending).toBe(200);
    inject('delay', { ms: 1, jitterMs: 2 });
    expect(await code(get(SECRETS))).toBe('200');
  });

  it('[M221] 410 ends watches with an ERROR line and refuses lists', async () => {
    const follower = await watch();
    inject('expired');
    await expect.poll(() => follower.ended, WAIT).toBe('ended');
    expect(follower.events).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } },
    ]);
    const late = await watch(`&resourceVersion=${1}`);
    await expect.poll(() => late.ended, WAIT).toBe('ended');
    expect(late.events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
    expect(await (await get(SECRETS)).json()).toMatchObject({ kind: 'Status', code: 410, reason: 'Expired' });
    expect(await code(get(`${SECRETS}/none`))).toBe('404');
  });

  it.each([
    ['too-many-requests', { retryAfter: 7 }, 429, 'TooManyRequests', '7'],
    ['internal-error', {}, 500, 'InternalError', null],
    ['unavailable', {}, 503, 'ServiceUnavailable', null],
  ])('[M221] %s answers every request with its Status', async (kind, params, status, reason, retryAfter) => {
    inject(kind, params);
    for (const path of [SECRETS, `${SECRETS}?watch=1`, '/version', '/healthz']) {
      const response = await get(path);
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(await response.json()).toMatchObject({ kind: 'Status', reason, code: status });
    }
    expect((await write('one')).status).toBe(status);
  });

  it('[M222] is limited to the verbs, the resource and the user agent asked for', async () => {
    inject('unavailable', { verbs: ['list', 'write'], resource: 'secrets', userAgent: 'port' });
    const as = (userAgent: string) => ({ 'user-agent': userAgent });
    expect(await code(get(SECRETS, as('portolan/1')))).toBe('503');
    expect(await code(get('/api/v1/secrets', as('portolan/1')))).toBe('503');
    expect(await code(get(SECRETS, as('kubectl')))).toBe('200');
    expect(await code(get(`${SECRETS}/none`, as('portolan/1')))).toBe('404');
    expect(await code(get('/api/v1/pods', as('portolan/1')))).toBe('200');
    expect(await code(get('/apis/apps/v1/deployments', as('portolan/1')))).toBe('200');
  });

  it('[M222] strikes with the probability asked for, the same requests from the same seed', async () => {
    const strikes = async () => {
      const cluster = await startMock({ scenario: 'guestbook', services: 'off', seed: 5 });
      cluster.faults.inject('internal-error', { probability: 0.5 });
      const statuses: number[] = [];
      for (let request = 0; request < 40; request++) statuses.push((await fetch(`${cluster.url}${SECRETS}`)).status);
      await cluster.close();
      return statuses;
    };
    const first = await strikes();
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(8);
    expect(first.filter((status) => status === 200).length).toBeGreaterThan(8);
    expect(await strikes()).toEqual(first);
  });

  it.each(['truncated', 'garbage'])(
    '[M221] %s lines come in watches, open ones too, and only until cleared',
    async (how) => {
      const follower = await watch();
      inject('malformed-lines', { how });
      await write('one');
      await expect.poll(() => follower.lines, WAIT).toHaveLength(1);
      expect(() => follower.events).toThrow(SyntaxError);
      mock.faults.clear('all');
      await write('two');
      await expect.poll(() => follower.lines, WAIT).toHaveLength(2);
      expect(JSON.parse(follower.lines[1] ?? '')).toMatchObject({
        type: 'ADDED',
        object: { metadata: { name: 'two' } },
      });
    },
  );

  it('[M221] a slow trickle gives everything, a few bytes at a time', async () => {
    const expected = await (await get('/apis')).text();
    inject('slow-trickle', { bytesPerSecond: Math.ceil(expected.length * 2) });
    let chunks = 0;
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of (await get('/apis')).body ?? []) {
      chunks += 1;
      text += decoder.decode(chunk, { stream: true });
    }
    expect(text).toBe(expected);
    expect(chunks).toBeGreaterThan(2);
    mock.faults.clear('all');
    inject('slow-trickle', { bytesPerSecond: 10, verbs: ['watch'] });
    const follower = await watch();
    await write('one');
    await expect.poll(() => mock.faults.active()[0]?.met, WAIT).toBe(1);
    expect(follower.lines).toEqual([]);
    mock.faults.clear('all');
    await expect.poll(() => names(follower), WAIT).toEqual(['one']);
  });

  it('[M223] a version rewind cuts every watch and takes all versions back; the cluster lives on', async () => {
    await write('one');
    const before = await version();
    const follower = await watch(`&resourceVersion=${before}`);
    expect(inject('version-rewind', { by: 500 })).toMatchObject({ kind: 'version-rewind', until: null });
    expect(mock.faults.active()).toEqual([]);
    await expect.poll(() => follower.ended, WAIT).toBe('broken');
    const after = await version();
    expect(before - after).toBeGreaterThan(400);
    const future = await get(`${SECRETS}?resourceVersion=${before}&resourceVersionMatch=NotOlderThan`);
    expect(await future.json()).toMatchObject({ reason: 'Timeout', code: 504 });
    const again = await watch(`&resourceVersion=${after}`);
    expect((await write('two')).status).toBe(201);
    await expect.poll(() => names(again), WAIT).toEqual(['two']);
    expect(Number(again.events[0]?.object.metadata.resourceVersion)).toBeLessThan(before);
    // The controllers, too, see what is written at the lower versions.
    await mock.presenter.run('create-redis-master');
    const pods = async () => ((await (await get('/api/v1/pods')).json()) as { items: unknown[] }).items.length;
    await expect.poll(pods, WAIT).toBe(1);
  });

  it('[F65] a restore of etcd cuts every watch and undoes what was written since its backup', async () => {
    await write('one');
    const before = await version();
    const { handle } = inject('etcd-restore');
    const follower = await watch(`&resourceVersion=${before}`);
    await write('two');
    await expect.poll(() => names(follower), WAIT).toEqual(['two']);
    mock.faults.clear(handle);
    await expect.poll(() => follower.ended, WAIT).toBe('broken');
    const list = (await (await get(SECRETS)).json()) as { items: { metadata: { name: string } }[] };
    expect(list.items.map(({ metadata }) => metadata.name)).toEqual(['one']);
    const again = await watch(`&resourceVersion=${await version()}`);
    expect((await write('two')).status).toBe(201);
    await expect.poll(() => names(again), WAIT).toEqual(['two']);
  });

  it('[M223] a restart cuts every watch and answers older versions with 410', async () => {
    const old = await version();
    await write('one');
    const follower = await watch(`&resourceVersion=${old}`);
    await expect.poll(() => names(follower), WAIT).toEqual(['one']);
    inject('restart');
    await expect.poll(() => follower.ended, WAIT).toBe('broken');
    const late = await watch(`&resourceVersion=${old}`);
    await expect.poll(() => late.ended, WAIT).toBe('ended');
    expect(late.events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  });

  it('[M223] forgotten history answers older versions with 410, and an open watch goes on', async () => {
    const old = await version();
    const follower = await watch(`&resourceVersion=${old}`);
    await write('one');
    inject('compact');
    await write('two');
    await expect.poll(() => names(follower), WAIT).toEqual(['one', 'two']);
    const late = await watch(`&resourceVersion=${old}`);
    await expect
      .poll(() => late.events, WAIT)
      .toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  });

  it('[M224] the presenter goes on whatever befalls the API, and a cluster with faults can be closed', async () => {
    inject('drop-connections');
    inject('freeze-connections');
    const scenario = await mock.presenter.run('create-redis-master');
    expect(scenario.steps.find(({ id }) => id === 'create-redis-master')?.state).toBe('done');
    mock.faults.clear('all');
    expect(await code(get('/api/v1/services'))).toBe('200');
    inject('freeze-connections');
    const pending = code(get(SECRETS));
    await expect.poll(() => mock.faults.active()[0]?.met, WAIT).toBe(1);
    await mock.close();
    expect(await pending).not.toBe('200');
  });
});
