import { ColumnProblem } from './column.ts';

/** Bytes, a character each, as base64. */
export function toBase64(bytes: string): string {
  return btoa(bytes);
}

/** The inverse, of so many bytes; throws a ColumnProblem. */
export function fromBase64(base64: string, length: number): string {
  let bytes = '';
  try {
    bytes = atob(base64);
  } catch {
    throw new ColumnProblem('what is to be base64 is none');
  }
  if (bytes.length !== length) throw new ColumnProblem(`${bytes.length} bytes where there are to be ${length}`);
  return bytes;
}
