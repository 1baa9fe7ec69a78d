import { expect, it } from 'vitest';
import { Dice } from '../testing/dice.ts';
import { compareVersions } from './versions.ts';

it.each([
  ['1', '2', -1],
  ['10', '9', 1],
  ['0', '0', 0],
  ['9007199254740993', '9007199254740992', 1],
  ['18446744073709551615', '18446744073709551616', -1],
])('[W32] versions are ordered as numbers, however large: %s and %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(sign);
  expect(Math.sign(compareVersions(b, a) ?? Number.NaN)).toBe(-sign || 0);
});

it.each(['', 'abc', '-1', '1.5', '007', ' 1', '1e3'])('[W32] what is no version has no order: "%s"', (text) => {
  expect([compareVersions(text, '1'), compareVersions('1', text)]).toEqual([null, null]);
});

it('[W32] they are ordered as arithmetic orders them', () => {
  const dice = new Dice(1);
  for (let i = 0; i < 2000; i++) {
    const [a, b] = [0, 0].map(() => BigInt(dice.between(0, 2 ** 31)) ** BigInt(dice.between(1, 3)));
    if (a === undefined || b === undefined) continue;
    expect(Math.sign(compareVersions(String(a), String(b)) ?? Number.NaN)).toBe(a < b ? -1 : Number(a > b));
  }
});
