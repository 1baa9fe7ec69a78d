import { expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

it.each([
  'Authorization: Bearer canary-token',
  'token=canary-token',
  '{"refresh_token": "canary-token"}',
  'AWS_SECRET_ACCESS_KEY=canary-token',
  'see https://user:canary-token@idp.test/login',
  'eyJhbGciOiJSUzI1NiJ9.canary-token.c2ln',
  'sent canary-tokenAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
])('[W64] nothing secret is repeated of: %s', (text) => {
  expect(withoutSecrets(text)).not.toContain('canary-token');
});

it('[W64] values that the kubeconfig gave are left out, the rest is said', () => {
  expect(withoutSecrets('profile canary-1 is not known; run `aws sso login`', ['canary-1'])).toBe(
    'profile … is not known; run `aws sso login`',
  );
});

it('[W64] of long words the end is said', () => {
  const words = withoutSecrets(`${'a b '.repeat(1000)}the last word`);
  expect([words.length, words.endsWith('the last word')]).toEqual([501, true]);
});
