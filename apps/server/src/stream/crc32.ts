const POLYNOMIAL = 0xedb88320;

/** The product of two polynomials modulo CRC-32's, bits reflected; `a` is not 0. (zlib, crc32.c, `multmodp`.) */
function multiply(a: number, b: number): number {
  let factor = b;
  let product = 0;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** x to the power of 2^n for n from 0 to 31. */
const POWERS: readonly number[] = (() => {
  const powers = [0x40000000];
  for (let last = 0x40000000; powers.length < 32; powers.push(last)) last = multiply(last, last);
  return powers;
})();

/** The bits of a checksum are taken four at a time. */
const NIBBLES = 8;
const VALUES = 16;

/** What a checksum becomes when bytes of some length follow, for each value of each four of its bits. */
export type Shift = Uint32Array;

/** What `combine` needs of the length of the bytes that follow, in bytes below 2^28: made once, used for every viewer. */
export function shiftOf(length: number): Shift {
  let shift = 0x80000000;
  for (let rest = length, power = 3; rest > 0; rest = Math.floor(rest / 2), power++) {
    if (rest % 2 === 1) shift = multiply(POWERS[power] ?? 0, shift);
  }
  const table = new Uint32Array(NIBBLES * VALUES);
  for (let nibble = 0; nibble < NIBBLES; nibble++) {
    for (let value = 1; value < VALUES; value++) {
      const [low, rest] = [value & -value, value & (value - 1)];
      const at = nibble * VALUES;
      // Multiplying is linear: several bits are the sum of each.
      const one = rest === 0 ? multiply((low << (4 * nibble)) >>> 0, shift) : 0;
      table[at + value] = rest === 0 ? one : (table[at + low] ?? 0) ^ (table[at + rest] ?? 0);
    }
  }
  return table;
}

/** The CRC-32 of two byte strings in a row, by the CRC-32 of each and `shiftOf` the second's length. */
export function combine(first: number, second: number, shift: Shift): number {
  let crc = second;
  for (let nibble = 0; nibble < NIBBLES; nibble++) {
    crc ^= shift[nibble * VALUES + ((first >>> (4 * nibble)) & 15)] ?? 0;
  }
  return crc >>> 0;
}
