import { fromBase64, toBase64 } from './bytes.ts';
import { ColumnProblem, type Decode, type Encode, type Form } from './column.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BYTES = 16;
const LENGTH = 36;
/** Before these of its bytes a UUID has a hyphen. */
const HYPHENS = new Set([4, 6, 8, 10]);
/** Wider texts are told apart by what they begin with. */
const WIDEST = 16;
const SEPARATORS = '-./:_';

/** Lower-case UUIDs as their bytes; null where something is none. */
export function encodeUuids(values: readonly unknown[]): Form<'uuids'> | null {
  let bytes = '';
  for (const value of values) {
    if (typeof value !== 'string' || !UUID.test(value)) return null;
    for (let byte = 0, at = 0; byte < BYTES; byte++, at += 2) {
      if (HYPHENS.has(byte)) at += 1;
      bytes += String.fromCharCode(16 * digit(value, at) + digit(value, at + 1));
    }
  }
  return { as: 'uuids', base64: toBase64(bytes) };
}

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

/** The character codes of the digits. */
const DIGITS = Array.from('0123456789abcdef', (each) => each.charCodeAt(0));
const HYPHEN = '-'.charCodeAt(0);

/** The inverse. Each is a text of its own: a place in a longer one takes as much, and is slower to look up by. */
export function decodeUuids({ base64 }: Form<'uuids'>, count: number): string[] {
  const bytes = fromBase64(base64, count * BYTES);
  const codes = Array.from({ length: LENGTH }, () => HYPHEN);
  const uuids: string[] = [];
  for (let begin = 0; begin < bytes.length; begin += BYTES) {
    for (let byte = 0, at = 0; byte < BYTES; byte++, at += 2) {
      if (HYPHENS.has(byte)) at += 1;
      const code = bytes.charCodeAt(begin + byte);
      codes[at] = DIGITS[code >> 4] as number;
      codes[at + 1] = DIGITS[code & 15] as number;
    }
    uuids.push(String.fromCharCode(...codes));
  }
  return uuids;
}

/** Short texts of one width as one text; null where they are not. */
export function encodeWidth(values: readonly unknown[]): Form<'width'> | null {
  const [first] = values;
  if (typeof first !== 'string' || first.length === 0 || first.length > WIDEST) return null;
  for (const value of values) if (typeof value !== 'string' || value.length !== first.length) return null;
  return { as: 'width', width: first.length, text: values.join('') };
}

/** The inverse. */
export function decodeWidth({ width, text }: Form<'width'>, count: number): string[] {
  if (width < 1 || text.length !== width * count)
    throw new ColumnProblem(`${text.length} characters for ${count} rows`);
  return cut(text, width);
}

/** Pieces of one text: an engine keeps those that are long as places in it. */
function cut(text: string, width: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
  return pieces;
}

/** Texts parted at the last of a separator that all have, where many begin, or end, alike; null where they do not. */
export function encodeSplit(values: readonly unknown[], encode: Encode): Form<'split'> | null {
  const [first] = values;
  const by = typeof first === 'string' ? lastSeparator(first) : null;
  if (by === null) return null;
  const heads: string[] = [];
  const tails: string[] = [];
  for (const value of values) {
    const at = typeof value === 'string' ? value.lastIndexOf(by) : -1;
    if (at < 0) return null;
    heads.push((value as string).slice(0, at));
    tails.push((value as string).slice(at + 1));
  }
  const few = (texts: string[]) => 2 * new Set(texts).size <= texts.length;
  return few(heads) || few(tails) ? { as: 'split', by, heads: encode(heads), tails: encode(tails) } : null;
}

function lastSeparator(text: string): string | null {
  for (let at = text.length - 1; at >= 0; at--) if (SEPARATORS.includes(text[at] as string)) return text[at] as string;
  return null;
}

/** The inverse. */
export function decodeSplit({ by, heads, tails }: Form<'split'>, count: number, decode: Decode): string[] {
  const ends = decode(tails, count) as string[];
  const whole = decode(heads, count).map((head, at) => `${head}${by}${ends[at]}`);
  // Texts that were put together keep their pieces for as long as they live: one long text is put together instead.
  const all = whole.join('');
  let end = 0;
  return whole.map(({ length }) => {
    end += length;
    return all.slice(end - length, end);
  });
}
