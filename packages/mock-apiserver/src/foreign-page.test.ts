import { describe, expect, it } from 'vitest';
import { foreignPage } from './foreign-page.ts';

describe('foreignPage', () => {
  it.each([
    ['kubectl', { host: '127.0.0.1:8089' }],
    ['a client of HTTP/1.0', {}],
    ['IPv6', { host: '[::1]:8089' }],
    ['localhost', { host: 'LOCALHOST:8089' }],
    ['a name below localhost', { host: 'cluster.localhost:8089' }],
    ['a page of its own', { host: '127.0.0.1:30080', origin: 'http://127.0.0.1:30080' }],
  ])('[M87] answers %s', (_who, headers) => {
    expect(foreignPage(headers)).toBeUndefined();
  });

  it.each([
    ['a name pointed here', { host: 'rebound.test:8089' }],
    ['a name that looks like localhost', { host: 'localhost.rebound.test' }],
    ['a name that begins as an address', { host: '127.0.0.1.rebound.test' }],
    ['no name at all', { host: 'a b' }],
    ['another site', { host: '127.0.0.1:8089', origin: 'https://rebound.test' }],
    ['another port of this machine', { host: '127.0.0.1:8089', origin: 'http://127.0.0.1:8088' }],
    ['a page without an origin of its own', { host: '127.0.0.1:8089', origin: 'null' }],
  ])('[M87] refuses %s', (_who, headers) => {
    expect(foreignPage(headers)).toMatch(/(is|are) not served here/);
  });

  it('[M87] answers to the name it was told to listen on', () => {
    expect(foreignPage({ host: 'box:8089' }, ['box'])).toBeUndefined();
  });
});
