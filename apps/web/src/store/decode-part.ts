import { type Column, type Entity, entity, type MessageData } from '@portolan/shared';

/** A part of a snapshot that is not what it says it is. */
export class PartError extends Error {}

/**
 * The entities of a snapshot part. Distinct values of a column are shared by the rows that hold them. Only the first
 * row is checked against the schema: a part has one kind and one set of columns, and checking each of 150,000 rows
 * would cost more than decoding them.
 */
export function decodePart({ kind, count, columns }: MessageData<'snapshot'>): Entity[] {
  const readers = Object.entries(columns).map(([name, column]) => [name, reader(name, column, count)] as const);
  const rows: Entity[] = [];
  for (let row = 0; row < count; row++) {
    const values: Record<string, unknown> = { kind };
    for (const [name, read] of readers) values[name] = read(row);
    if (row === 0) entity.parse(values);
    rows.push(values as Entity);
  }
  return rows;
}

function reader(name: string, column: Column, count: number): (row: number) => unknown {
  const length = Array.isArray(column) ? column.length : column.ix.length;
  if (length !== count) throw new PartError(`column ${name} has ${length} values, not ${count}`);
  if (Array.isArray(column)) return (row) => column[row];
  const { d, ix } = column;
  return (row) => d[ix[row] ?? -1];
}
