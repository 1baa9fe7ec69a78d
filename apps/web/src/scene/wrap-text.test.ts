import { expect, test } from 'vitest';
import { wrapText } from './wrap-text.ts';

const measure = (text: string) => text.length;

test('V25: a text is broken where it may be, and anywhere where it must', () => {
  expect(wrapText('back-off restarting failed', 'body', 12, measure, ' ')).toEqual([
    'back-off',
    'restarting',
    'failed',
  ]);
  expect(wrapText('checkout-api-7d9f-x2x4z', 'body', 14, measure, '-')).toEqual(['checkout-api-', '7d9f-x2x4z']);
  expect(wrapText('abcdefghij kl', 'body', 4, measure, ' ')).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  expect(wrapText('short', 'body', 12, measure, ' ')).toEqual(['short']);
});
