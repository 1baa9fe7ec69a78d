import { fromBase64, toBase64 } from './bytes.ts';
import { ColumnProblem, type Form } from './column.ts';

type Of = Form<'integers'>['of'];

const DECIMAL = /^(?:0|[1-9]\d{0,14})$/;
const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Each as a whole number; null where one of them would not come back the same. */
const READINGS: Readonly<Record<Of, (value: unknown) => number | null>> = {
  number: (value) => (Number.isSafeInteger(value) && !Object.is(value, -0) ? (value as number) : null),
  text: (value) => (typeof value === 'string' && DECIMAL.test(value) ? Number(value) : null),
  ip(value) {
    const match = typeof value === 'string' ? ADDRESS.exec(value) : null;
    if (match === null) return null;
    let number = 0;
    for (let part = 1; part <= 4; part++) number = number * 256 + Number(match[part]);
    return addressOf(number) === value ? number : null;
  },
};

function addressOf(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

/** Bits that a digit, or a comma, takes once it is compressed. */
const DIGIT_BITS = 3.5;
const LARGEST = 2 ** 48;

/** The values as whole numbers, from the least of them and in the greatest step that divides all; null where they are none. */
export function encodeIntegers(values: readonly unknown[], of: Of): Form<'integers'> | Form<'packed'> | null {
  const read = READINGS[of];
  const numbers: number[] = [];
  let [base, top] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    const number = read(value);
    if (number === null) return null;
    numbers.push(number);
    if (number < base) base = number;
    if (number > top) top = number;
  }
  // What is no exact number any more cannot be counted in steps.
  if (!(top - base < LARGEST)) return null;
  let step = 0;
  for (const number of numbers) if (step !== 1) step = greatestDivisor(step, number - base);
  step ||= 1;
  const plain = numbers.map((number) => (number - base) / step);
  const deltas = plain.map((number, at) => number - (plain[at - 1] ?? 0));
  const sums = charactersOf(deltas) < charactersOf(plain);
  const each = sums ? deltas : plain;
  const width = Math.max(1, Math.ceil(Math.log2((top - base) / step + 1) / 8));
  if (8 * width * values.length < DIGIT_BITS * charactersOf(each)) return packed({ of, base, step, width }, plain);
  return { as: 'integers', of, base, step, sums, each };
}

function packed(how: Omit<Form<'packed'>, 'as' | 'base64'>, numbers: readonly number[]): Form<'packed'> {
  let bytes = '';
  for (const number of numbers) {
    for (let byte = how.width - 1; byte >= 0; byte--)
      bytes += String.fromCharCode(Math.floor(number / 256 ** byte) % 256);
  }
  return { as: 'packed', ...how, base64: toBase64(bytes) };
}

function greatestDivisor(a: number, b: number): number {
  let [great, small] = [a, b];
  while (small !== 0) [great, small] = [small, great % small];
  return great;
}

/** Digits, signs and commas. */
function charactersOf(numbers: readonly number[]): number {
  let length = 0;
  for (const number of numbers) {
    length += number < 0 ? 3 : 2;
    for (let left = Math.abs(number); left >= 10; left /= 10) length += 1;
  }
  return length;
}

/** The inverse of what stands as numbers. */
export function decodeIntegers({ of, base, step, sums, each }: Form<'integers'>): unknown[] {
  let sum = 0;
  return each.map((one) => {
    sum = sums ? sum + one : one;
    return written(of, base + step * sum);
  });
}

/** The inverse of what stands as bytes. */
export function decodePacked({ of, base, step, width, base64 }: Form<'packed'>, count: number): unknown[] {
  const bytes = fromBase64(base64, width * count);
  const values: unknown[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    let number = 0;
    for (let byte = at; byte < at + width; byte++) number = number * 256 + bytes.charCodeAt(byte);
    values.push(written(of, base + step * number));
  }
  return values;
}

function written(of: Of, number: number): number | string {
  if (of === 'number') return number;
  if (of === 'text') return String(number);
  if (number < 0 || number >= 2 ** 32) throw new ColumnProblem(`${number} is no address`);
  return addressOf(number);
}
