import type { Entity, EntityOf, Kind } from './entity/entity.ts';
import type { Column } from './protocol.ts';

/** Why columns could not be decoded. */
export class ColumnsError extends Error {
  readonly reason = 'columns';

  constructor(kind: Kind, field: string, problem: string) {
    super(`snapshot of ${kind}, column ${field}: ${problem}`);
    this.name = 'ColumnsError';
  }
}

/**
 * Entities of one kind by column. A column is either its plain values or `{d, ix}`, the distinct values and an index a
 * row, whichever is fewer bytes as JSON; objects and arrays are values as wholes. `kind` is not a column.
 */
export function encodeColumns(entities: readonly Entity[]): Record<string, Column> {
  const [first] = entities;
  if (first === undefined) return {};
  const fields = Object.keys(first).filter((field) => field !== 'kind');
  return Object.fromEntries(fields.map((field) => [field, encodeColumn(entities, field)]));
}

function encodeColumn(entities: readonly Entity[], field: string): Column {
  const plain = entities.map((entity) => (entity as Record<string, unknown>)[field]);
  const dictionary = new Dictionary();
  let plainBytes = 0;
  let indexBytes = 0;
  const ix = plain.map((value) => {
    const index = dictionary.indexOf(value);
    plainBytes += dictionary.bytesAt(index);
    indexBytes += digits(index) + 1;
    return index;
  });
  const packedBytes = dictionary.bytes + indexBytes + '{"d":,"ix":[]}'.length;
  return packedBytes < plainBytes ? { d: dictionary.values, ix } : plain;
}

/** Distinct values, compared as JSON, with their sizes as JSON (a comma included). */
class Dictionary {
  readonly values: unknown[] = [];
  bytes = 0;
  #sizes: number[] = [];
  #byText = new Map<string, number>();
  /** Primitives, and objects that were seen before: most rows share theirs, and need no second serialising. */
  #byIdentity = new Map<unknown, number>();

  indexOf(value: unknown): number {
    const known = this.#byIdentity.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value);
    const index = this.#byText.get(text) ?? this.#add(text, value);
    this.#byIdentity.set(value, index);
    return index;
  }

  bytesAt(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  #add(text: string, value: unknown): number {
    const index = this.values.push(value) - 1;
    this.#byText.set(text, index);
    this.#sizes.push(text.length + 1);
    this.bytes += text.length + 1;
    return index;
  }
}

function digits(index: number): number {
  return index < 10 ? 1 : index < 100 ? 2 : index < 1000 ? 3 : String(index).length;
}

/**
 * The inverse of encodeColumns: `count` entities of a kind. Rows share the objects of a column's dictionary, so they
 * must not be written to. Throws a ColumnsError when a column does not have `count` rows.
 */
export function decodeColumns<K extends Kind>(kind: K, count: number, columns: Record<string, Column>): EntityOf<K>[] {
  const rows: Record<string, unknown>[] = Array.from({ length: count }, () => ({ kind }));
  for (const [field, column] of Object.entries(columns)) {
    const length = Array.isArray(column) ? column.length : column.ix.length;
    if (length !== count) throw new ColumnsError(kind, field, `${length} rows where ${count} were announced`);
    for (const [i, row] of rows.entries()) row[field] = valueAt(kind, field, column, i);
  }
  // The stream's schema has no column of its own for each field; that they are this kind's is the sender's promise.
  return rows as unknown as EntityOf<K>[];
}

function valueAt(kind: Kind, field: string, column: Column, row: number): unknown {
  if (Array.isArray(column)) return column[row];
  const index = column.ix[row] ?? -1;
  if (index < 0 || index >= column.d.length) throw new ColumnsError(kind, field, `row ${row} points at no value`);
  return column.d[index];
}
