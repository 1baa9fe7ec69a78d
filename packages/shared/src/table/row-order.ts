import type { Entity, Kind } from '../entity/entity.ts';
import { columnsIn } from './columns-of.ts';

/** The order of a table: by the column of that title, upwards or downwards, then by namespace and name. */
export interface TableOrder {
  column: string;
  descending: boolean;
}

/** What a row is sorted by: a number, or the text that its column prints. */
export type SortKey = number | string;

/**
 * What the column of a title sorts an entity by. All keys of a column are of one type, and none changes with the time.
 * Where there is no such column all keys are alike.
 */
export function sortKeyOf(kind: Kind, title: string): (entity: Entity) => SortKey {
  const column = columnsIn(kind, null).find((one) => one.title === title);
  if (column === undefined) return () => '';
  // What nobody has told is no number, and must not make an order that contradicts itself.
  if (column.orderBy) return (entity) => column.orderBy?.(entity) || 0;
  return (entity) => column.cell(entity, 0);
}

/** Below zero, zero or above for two keys of one column: numbers by size, texts with the numbers in them as numbers. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  return typeof a === 'string' && typeof b === 'string' ? compareNatural(a, b) : a < b ? -1 : 1;
}

const ZERO = 48;

const isDigit = (code: number) => code >= ZERO && code <= 57;

/** Texts by code units, but digits beside each other as one number: 10.0.0.9 stands before 10.0.0.10. */
export function compareNatural(a: string, b: string): number {
  let i = endOfSame(a, b);
  let j = i;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      const endA = endOfNumber(a, i);
      const endB = endOfNumber(b, j);
      const difference = compareNumbers(a, i, endA, b, j, endB);
      if (difference !== 0) return difference;
      i = endA;
      j = endB;
    } else if (x !== y) {
      return x < y ? -1 : 1;
    } else {
      i += 1;
      j += 1;
    }
  }
  return Math.sign(a.length - i - (b.length - j));
}

/** How far two texts are the same, without digits at the end that may belong to different numbers. */
function endOfSame(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let end = 0;
  while (end < shorter && a.charCodeAt(end) === b.charCodeAt(end)) end += 1;
  while (end > 0 && isDigit(a.charCodeAt(end - 1))) end -= 1;
  return end;
}

function endOfNumber(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

/** Two runs of digits by their values, however long they are. */
function compareNumbers(a: string, fromA: number, endA: number, b: string, fromB: number, endB: number): number {
  let i = fromA;
  let j = fromB;
  while (i < endA && a.charCodeAt(i) === ZERO) i += 1;
  while (j < endB && b.charCodeAt(j) === ZERO) j += 1;
  if (endA - i !== endB - j) return Math.sign(endA - i - (endB - j));
  for (; i < endA; i += 1, j += 1) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
