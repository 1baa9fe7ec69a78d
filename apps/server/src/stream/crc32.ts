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

/** What `combine` needs of the length of the bytes that follow, in bytes below 2^28: made once, used for every viewer. */
export function shiftOf(length: number): number {
  let shift = 0x80000000;
  for (let rest = length, power = 3; rest > 0; rest = Math.floor(rest / 2), power++) {
    if (rest % 2 === 1) shift = multiply(POWERS[power] ?? 0, shift);
  }
  return shift;
}

/** The CRC-32 of two byte strings in a row, by the CRC-32 of each and `shiftOf` the second's length. */
export function combine(first: number, second: number, shift: number): number {
  return (multiply(shift, first) ^ second) >>> 0;
}
