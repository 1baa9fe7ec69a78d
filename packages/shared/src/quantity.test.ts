import { describe, expect, it } from 'vitest';
import { amountOf, compareQuantities, formatQuantity, parseQuantity, QuantityError } from './quantity.ts';

describe('quantities', () => {
  it.each([
    ['1', 10n ** 9n],
    ['100m', 10n ** 8n],
    ['0.5', 5n * 10n ** 8n],
    ['.5', 5n * 10n ** 8n],
    ['5.', 5n * 10n ** 9n],
    ['1e3', 10n ** 12n],
    ['1E3', 10n ** 12n],
    ['1E', 10n ** 27n],
    ['12e-1', 12n * 10n ** 8n],
    ['1Ki', 1024n * 10n ** 9n],
    ['1.5Gi', 1536n * 1024n * 1024n * 10n ** 9n],
    ['-2k', -2000n * 10n ** 9n],
    ['+3n', 3n],
    ['0.1n', 1n],
  ])('[K12] %s is %d nano-units', (text, nanos) => {
    expect(parseQuantity(text)).toBe(nanos);
  });

  it.each(['', 'm', '1 Gi', '1gi', '1e', '0x1', '1e999', '1.2.3', 'Infinity'])('[K12] %j is refused', (text) => {
    expect(() => parseQuantity(text)).toThrow(QuantityError);
  });

  it('[K12] compare by size, whatever their suffix', () => {
    expect(compareQuantities('1000m', '1')).toBe(0);
    expect(compareQuantities('1Gi', '1G')).toBe(1);
    expect(compareQuantities('999m', '1')).toBe(-1);
  });

  it.each([
    ['cpu', '100m', 100],
    ['cpu', '2', 2000],
    ['cpu', '100u', 1],
    ['memory', '64Mi', 67_108_864],
    ['memory', '100m', 1],
    ['nvidia.com/gpu', '2', 2],
  ])('[K43] of %s, %s is %d', (resource, text, amount) => {
    expect(amountOf(resource, text)).toBe(amount);
    expect(amountOf(resource, text)).toBe(amount);
  });

  it.each([
    ['1000m', 'decimal', '1'],
    ['1500m', 'decimal', '1500m'],
    ['2000', 'decimal', '2k'],
    ['1048576Ki', 'binary', '1Gi'],
    ['1500', 'binary', '1500'],
    ['0', 'binary', '0'],
    ['-100m', 'decimal', '-100m'],
    ['7n', 'decimal', '7n'],
  ] as const)('[K12] %s in %s form is written %s', (text, form, written) => {
    expect(formatQuantity(parseQuantity(text), form)).toBe(written);
  });
});
