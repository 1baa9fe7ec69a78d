import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { guestbookManifests } from '../scenarios/guestbook/manifests.ts';
import { type Lab, startLab } from '../testing/lab.ts';
import { Redis, RedisError } from './redis.ts';
import { Routes } from './routes.ts';

describe('the store behind the guestbook', () => {
  let lab: Lab;
  let redis: Redis;
  const create = (app: string) => {
    for (const what of ['deployment', 'service']) lab.create(guestbookManifests[`${app}-${what}.yaml`] ?? '');
  };
  const texts = () => redis.read('default').messages.map(({ text }) => text);
  const refused = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof RedisError) return `${error.reason} ${error.service}`;
      throw error;
    }
    return 'done';
  };
  const podsOf = (app: string) =>
    lab.store.list('pods', 'default').filter(({ metadata }) => metadata.name.startsWith(app));
  const scale = (name: string, replicas: number) =>
    lab.store.update('deployments.apps', { namespace: 'default', name }, (draft) => {
      draft.spec.replicas = replicas;
      return draft;
    });

  beforeEach(() => {
    lab = startLab();
    const nodeAnswers = () => true;
    const routes = new Routes({ store: lab.store, clock: lab.clock, random: seededRandom(1) });
    redis = new Redis({ store: lab.store, clock: lab.clock, routes, nodeAnswers });
  });

  it('[M206] says which service is missing, or has no ready endpoint', () => {
    expect(refused(() => redis.write('default', 'hello'))).toBe('noService redis-master');
    expect(refused(() => redis.read('default'))).toBe('noService redis-slave');
    create('redis-master');
    lab.seconds(1);
    expect(refused(() => redis.write('default', 'hello'))).toBe('noEndpoint redis-master');
    lab.seconds(20);
    expect(refused(() => redis.write('default', 'hello'))).toBe('done');
    expect(refused(() => redis.read('default'))).toBe('noService redis-slave');
  });

  it('[M206] every slave has what the master was given, one that starts later too', () => {
    create('redis-master');
    lab.seconds(20);
    redis.write('default', 'first');
    create('redis-slave');
    lab.seconds(20);
    redis.write('default', 'second');
    const pods = new Set(
      Array.from({ length: 30 }, () => {
        expect(texts()).toEqual(['second', 'first']);
        return redis.read('default').pod;
      }),
    );
    expect([...pods].sort()).toEqual(podsOf('redis-slave').map(({ metadata }) => metadata.name));
  });

  it('[M207] slaves keep their copy while there is no master, and follow the next one, which has nothing', () => {
    create('redis-master');
    create('redis-slave');
    lab.seconds(20);
    redis.write('default', 'kept');
    scale('redis-master', 0);
    lab.seconds(20);
    expect(refused(() => redis.write('default', 'lost'))).toBe('noEndpoint redis-master');
    expect(texts()).toEqual(['kept']);
    scale('redis-master', 1);
    lab.seconds(20);
    expect(texts()).toEqual([]);
    redis.write('default', 'anew');
    expect(texts()).toEqual(['anew']);
  });

  it('[M206] keeps the last hundred messages, and namespaces apart', () => {
    create('redis-master');
    create('redis-slave');
    lab.seconds(20);
    for (let number = 1; number <= 120; number++) redis.write('default', String(number));
    expect(texts()).toHaveLength(100);
    expect(texts()[0]).toBe('120');
    expect(refused(() => redis.read('kube-system'))).toBe('noService redis-slave');
  });
});
