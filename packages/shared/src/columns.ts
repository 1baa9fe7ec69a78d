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
  const known = new Map<string, number>();
  const d: unknown[] = [];
  let plainBytes = 0;
  let packedBytes = 0;
  const ix = plain.map((value) => {
    const key = JSON.stringify(value);
    plainBytes += key.length + 1;
    let index = known.get(key);
    if (index === undefined) {
      index = d.push(value) - 1;
      known.set(key, index);
      packedBytes += key.length + 1;
    }
    packedBytes += digits(index) + 1;
    return index;
  });
  return packedBytes + '{"d":,"ix":[]}'.length < plainBytes ? { d, ix } : plain;
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
