import { expect, it } from 'vitest';
import { ProxyError, proxyOfEnvironment, proxyOfUrl } from './proxy.ts';

const environment = (server: string, env: Record<string, string>) => proxyOfEnvironment(server, env)?.url ?? null;

it.each([
  ['https://api.test', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
  ['https://api.test', { https_proxy: 'http://p:3128' }, 'http://p:3128/'],
  ['https://api.test', { HTTPS_PROXY: 'http://up:1', https_proxy: 'http://low:1' }, 'http://up:1/'],
  ['https://api.test', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128/'],
  ['https://api.test', { HTTPS_PROXY: 'socks5://p:1080' }, 'socks5://p:1080'],
  ['https://api.test', { HTTP_PROXY: 'http://p:3128' }, null],
  ['http://api.test', { HTTP_PROXY: 'http://p:3128' }, 'http://p:3128/'],
  ['http://api.test', { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://api.test', {}, null],
  ['https://localhost:6443', { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://127.0.0.9:6443', { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://[::1]:6443', { HTTPS_PROXY: 'http://p:3128' }, null],
] as const)('[W66] for %s the environment %o names %s', (server, env, proxy) => {
  expect(environment(server, env)).toBe(proxy);
});

it.each([
  ['*', 'https://api.test', true],
  ['api.test', 'https://api.test', true],
  ['API.Test', 'https://api.test', true],
  ['test', 'https://api.test', true],
  ['.test', 'https://api.test', true],
  ['*.test', 'https://api.test', true],
  ['.api.test', 'https://api.test', false],
  ['pi.test', 'https://api.test', false],
  ['other, api.test', 'https://api.test', true],
  ['api.test:443', 'https://api.test', true],
  ['api.test:6443', 'https://api.test', false],
  ['api.test:6443', 'https://api.test:6443', true],
  ['10.0.0.0/8', 'https://10.9.8.7', true],
  ['10.0.0.0/8', 'https://11.9.8.7', false],
  ['10.0.0.0/8', 'https://api.test', false],
  ['10.9.8.7', 'https://10.9.8.7:6443', true],
  ['10.9.8.7:443', 'https://10.9.8.7:6443', false],
  ['9.8.7', 'https://10.9.8.7', false],
  ['fd00::/8', 'https://[fd12::1]:6443', true],
  ['[fd12::1]:6443', 'https://[fd12::1]:6443', true],
  ['fd12:0::1', 'https://[fd12::1]:6443', true],
  ['10.0.0.0/99', 'https://10.9.8.7', false],
  ['', 'https://api.test', false],
])('[W66] NO_PROXY=%s covers %s: %s, as in Go', (list, server, covered) => {
  expect(environment(server, { HTTPS_PROXY: 'http://p:3128', NO_PROXY: list })).toBe(covered ? null : 'http://p:3128/');
  expect(environment(server, { HTTPS_PROXY: 'http://p:3128', no_proxy: list })).toBe(covered ? null : 'http://p:3128/');
});

it('[W66] what is shown of a proxy holds neither user nor password', () => {
  expect(proxyOfUrl('http://user:canary@p.test:3128', 'proxy-url')).toMatchObject({ shown: 'http://p.test:3128' });
});

it.each(['ftp://user:canary@p:3128', 'http://user:canary@:99999', 'nonsense'])(
  '[W66] %s is refused without being repeated',
  (text) => {
    const read = () => proxyOfUrl(text, 'proxy-url of the cluster "red"');
    expect(read).toThrow(ProxyError);
    expect(read).toThrow(/proxy-url of the cluster "red" is no proxy's address/);
    expect(read).not.toThrow(/canary/);
  },
);
