import { createHash } from 'node:crypto';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';
import { answerOf } from './image-answers.ts';
import { languageOf } from './language.ts';
import { Redis } from './redis.ts';
import { Routes } from './routes.ts';
import type { ServedBy } from './served-by.ts';

const by = (image: string, revision = '3'): ServedBy => ({
  namespace: 'default',
  pod: 'web-1',
  node: 'node1',
  ip: '10.255.70.2',
  labels: { app: '<web>' },
  revision,
  image,
});

describe('what containers answer', () => {
  let lab: Lab;
  let redis: Redis;
  const ask = (image: string, method = 'GET', path = '/', headers: Record<string, string> = {}, body = '') => {
    const answer = answerOf(image);
    if (!answer) throw new Error(`${image} does not answer`);
    return answer({ method, path, headers, body }, by(image), redis);
  };

  beforeEach(() => {
    lab = startLab();
    const nodeAnswers = () => true;
    const routes = new Routes({ store: lab.store, clock: lab.clock, random: seededRandom(1) });
    redis = new Redis({ store: lab.store, clock: lab.clock, routes, nodeAnswers });
  });

  it.each([
    [undefined, 'en'],
    ['zh', 'zh-CN'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,zh;q=0.5', 'en'],
    ['de, zh-Hans;q=0.7, en;q=0.3', 'zh-CN'],
    ['fr', 'en'],
    ['zh;q=0', 'en'],
  ])('[M205] Accept-Language %s is answered in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('[M205] a page names its pod, node, revision and image, and holds nothing that its own policy forbids', () => {
    for (const image of ['kubeguide/guestbook-php-frontend:v2', 'nginx:1.27', 'busybox']) {
      const { body, headers } = ask(image);
      for (const fact of ['web-1', 'node1', '<dd>3</dd>', image]) expect(body).toContain(fact);
      const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
      expect(body).not.toMatch(/<script|\sstyle=|\son\w+=|https?:|src=|url\(/);
    }
  });

  it('[M205] what a visitor or a label says is shown as text', () => {
    expect(ask('busybox').body).toContain('app=&lt;web&gt;');
    const tooLong = ask('guestbook', 'POST', '/', {}, `message=${'%3Cb%3E'.repeat(100)}`);
    expect(tooLong.status).toBe(400);
    expect(tooLong.body).toContain('value="&lt;b&gt;');
    expect(tooLong.body).not.toContain('<b>');
  });

  it('[M206] the guestbook says in both languages why a message was not written, keeps it in the form, and answers 503', () => {
    const english = ask('guestbook', 'POST', '/', {}, 'message=hello');
    expect(english.status).toBe(503);
    expect(english.body).toContain('Your message was not written: there is no Service redis-master.');
    expect(english.body).toContain('value="hello"');
    expect(english.body).toContain('The messages cannot be read: there is no Service redis-slave.');
    const chinese = ask('guestbook', 'POST', '/', { 'accept-language': 'zh-CN' }, 'message=hello');
    expect(chinese.body).toContain('留言没有写入：没有名为 redis-master 的 Service。');
    expect(ask('guestbook', 'POST', '/', {}, 'message=+').status).toBe(400);
  });

  it('[M208] other images answer with small pages, an echo as JSON where that is asked for, and databases not at all', () => {
    expect(ask('nginx').body).toContain('The web server works');
    expect(ask('nginx', 'GET', '/nowhere')).toMatchObject({ status: 404 });
    expect(ask('nginx', 'DELETE')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(ask('nginx', 'GET', '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    const echoed = ask('busybox', 'PUT', '/a/b', { accept: 'application/json' });
    expect(JSON.parse(echoed.body)).toMatchObject({ method: 'PUT', path: '/a/b', pod: 'web-1', revision: '3' });
    for (const image of ['redis', 'kubeguide/guestbook-redis-slave', 'mysql:5.7', 'goharbor/postgresql']) {
      expect(answerOf(image)).toBeUndefined();
    }
  });
});
