import type { Entity, EntityOf, Kind } from '../entity/entity.ts';
import { type Column, ColumnProblem, column as columnSchema } from './column.ts';
import { decodeDictionary, encodeDictionary } from './dictionary.ts';
import { decodeIntegers, decodePacked, encodeIntegers } from './integers.ts';
import { decodeLists, decodeObjects, encodeLists, encodeObjects } from './objects.ts';
import { decodeSplit, decodeUuids, decodeWidth, encodeSplit, encodeUuids, encodeWidth } from './texts.ts';

/** Why columns could not be decoded. */
export class ColumnsError extends Error {
  readonly reason = 'columns';

  constructor(kind: Kind, field: string, problem: string) {
    super(`snapshot of ${kind}, column ${field}: ${problem}`);
    this.name = 'ColumnsError';
  }
}

/** Fewer values are plain: a form has a cost of its own. */
const FEW = 4;

/** Entities of one kind by column, each in the form that suits its values. `kind` is not a column. */
export function encodeColumns(entities: readonly Entity[]): Record<string, Column> {
  const [first] = entities;
  if (first === undefined) return {};
  const fields = Object.keys(first).filter((field) => field !== 'kind');
  return Object.fromEntries(
    fields.map((field) => [field, encode(entities.map((entity) => (entity as Record<string, unknown>)[field]))]),
  );
}

function encode(values: readonly unknown[]): Column {
  if (values.length < FEW) return [...values];
  const dictionary = encodeDictionary(values, encode);
  if (dictionary === null) return encodeDistinct(values) ?? [...values];
  // Where values come again, but not one after the other, numbers may be less than their places in a dictionary.
  const numbers = dictionary.runs === undefined ? encodeNumbers(values) : null;
  return numbers !== null && JSON.stringify(numbers).length < JSON.stringify(dictionary).length ? numbers : dictionary;
}

function encodeNumbers(values: readonly unknown[]): Column | null {
  if (typeof values[0] === 'number') return encodeIntegers(values, 'number');
  return typeof values[0] === 'string' ? (encodeIntegers(values, 'text') ?? encodeIntegers(values, 'ip')) : null;
}

/** Values of which most are distinct. */
function encodeDistinct(values: readonly unknown[]): Column | null {
  const at: number[] = [];
  for (const [row, value] of values.entries()) if (value === null) at.push(row);
  if (at.length > 0) return { as: 'holes', at, values: encode(values.filter((value) => value !== null)) };
  switch (typeof values[0]) {
    case 'number':
      return encodeNumbers(values);
    case 'string':
      return encodeUuids(values) ?? encodeNumbers(values) ?? encodeWidth(values) ?? encodeSplit(values, encode);
    case 'object':
      return encodeLists(values, encode) ?? encodeObjects(values, encode);
    default:
      return null;
  }
}

/**
 * The inverse of encodeColumns: `count` entities of a kind. Rows share the objects of a column's dictionary, so they
 * must not be written to. Throws a ColumnsError when a column does not have `count` rows.
 */
export function decodeColumns<K extends Kind>(kind: K, count: number, columns: Record<string, Column>): EntityOf<K>[] {
  const fields = Object.keys(columns);
  const values = fields.map((field) => decodeField(kind, field, columns[field], count));
  // Copies of an object that was parsed have room for their fields within themselves; one that grows field by field becomes
  // a table of its own, at three times the size.
  const first = Object.fromEntries([['kind', kind], ...fields.map((field, at) => [field, values[at]?.[0]])]);
  const template = JSON.parse(JSON.stringify(first)) as Record<string, unknown>;
  const rows = Array.from({ length: count }, () => ({ ...template }));
  for (const [at, field] of fields.entries()) {
    const column = values[at] as unknown[];
    for (let row = 0; row < count; row++) (rows[row] as Record<string, unknown>)[field] = column[row];
  }
  // The stream's schema has no column of its own for each field; that they are this kind's is the sender's promise.
  return rows as unknown as EntityOf<K>[];
}

function decodeField(kind: Kind, field: string, column: unknown, count: number): unknown[] {
  try {
    return decode(column, count);
  } catch (error) {
    if (error instanceof ColumnProblem) throw new ColumnsError(kind, field, error.message);
    throw error;
  }
}

function decode(sent: unknown, count: number): unknown[] {
  const { success, data: column } = columnSchema.safeParse(sent);
  if (!success) throw new ColumnProblem('it has no known form');
  const values = decodeForm(column, count);
  if (values.length !== count) throw new ColumnProblem(`${values.length} rows where ${count} were announced`);
  return values;
}

function decodeForm(column: Column, count: number): unknown[] {
  if (Array.isArray(column)) return column;
  switch (column.as) {
    case 'dictionary':
      return decodeDictionary(column, count, decode);
    case 'integers':
      return decodeIntegers(column);
    case 'packed':
      return decodePacked(column, count);
    case 'uuids':
      return decodeUuids(column, count);
    case 'width':
      return decodeWidth(column, count);
    case 'split':
      return decodeSplit(column, count, decode);
    case 'lists':
      return decodeLists(column, count, decode);
    case 'objects':
      return decodeObjects(column, count, decode);
    case 'holes':
      return withHoles(column.at, decode(column.values, count - column.at.length), count);
  }
}

function withHoles(at: readonly number[], values: readonly unknown[], count: number): unknown[] {
  const holes = new Set(at);
  let next = 0;
  return Array.from({ length: count }, (_, row) => (holes.has(row) ? null : values[next++]));
}
