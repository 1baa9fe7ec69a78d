import { type MockCluster, startMock } from '@portolan/mock-apiserver';
import { type Entity, type KubeObject, project } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../apps/server/src/clock.ts';
import { Journal } from './journal.ts';

const PATH = '/api/v1/namespaces/default/configmaps';

describe('the journal', () => {
  let mock: MockCluster;
  let journal: Journal;

  beforeEach(async () => {
    mock = await startMock({ scenario: 'small-cluster', services: 'off' });
    journal = await Journal.start(mock.url, systemClock);
  });

  afterEach(async () => {
    journal.close();
    await mock.close();
  });

  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(`${mock.url}${path}`, {
      method,
      headers: { 'content-type': type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return response.json();
  }

  const write = async (method: string, path: string, body: object): Promise<Entity> =>
    project('ConfigMap', (await ask(method, path, body)) as KubeObject);

  const statesOf = (uid: string) =>
    new Map(journal.lives).get(uid)?.states.map(({ entity }) => entity?.version ?? null);

  it('[F21] knows every state that an object had, and tells it from one that was made up', async () => {
    const first = await write('POST', PATH, { metadata: { name: 'a' } });
    const second = await write('PATCH', `${PATH}/a`, { metadata: { labels: { x: 'y' } } });
    await ask('DELETE', `${PATH}/a`);
    await expect.poll(() => statesOf(first.uid)).toEqual([first.version, second.version, null]);
    expect(journal.held(first)).toBe('held');
    expect(journal.held({ ...second, name: 'b' })).toBe('otherwise');
    expect(journal.held({ ...second, version: '1' })).toBe('never');
  });

  it('[F71] goes on over a restore of etcd: what was undone is a further state, not a lie', async () => {
    const kept = await write('POST', PATH, { metadata: { name: 'kept' } });
    const { handle } = mock.faults.inject('etcd-restore');
    const later = await write('PATCH', `${PATH}/kept`, { metadata: { labels: { x: 'y' } } });
    const undone = await write('POST', PATH, { metadata: { name: 'undone' } });
    await expect.poll(() => statesOf(undone.uid)).toEqual([undone.version]);
    journal.close();
    mock.faults.clear(handle);
    await journal.moved(mock.url);
    expect(statesOf(kept.uid)).toEqual([kept.version, later.version, kept.version]);
    expect(statesOf(undone.uid)).toEqual([undone.version, null]);
    expect(journal.lastState(kept)).toBe(2);
    expect(journal.lost).toBe(null);
  });
});
