import type { EntityOf, Kind } from '../entity/entity.ts';
import { columnsOf } from './columns-of.ts';
import type { EntityColumn } from './entity-column.ts';

/** The order of a table: by the column of that title, upwards or downwards, then by name. */
export interface TableOrder {
  column: string;
  descending: boolean;
}

/** Numbers within texts compare as numbers: 10.0.0.9 stands before 10.0.0.10. */
const padded = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(12, '0'));

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function comparison<K extends Kind>(column: EntityColumn<EntityOf<K>>, now: number) {
  if (column.compare) return column.compare;
  const texts = new Map<string, string>();
  const textOf = (entity: EntityOf<K>) => {
    const known = texts.get(entity.uid) ?? padded(column.cell(entity, now));
    texts.set(entity.uid, known);
    return known;
  };
  return (a: EntityOf<K>, b: EntityOf<K>) => compareText(textOf(a), textOf(b));
}

/** Entities of one kind in the order of a table; by name where it has no such column. `now` as for the columns. */
export function sortRows<K extends Kind>(
  kind: K,
  entities: Iterable<EntityOf<K>>,
  { column, descending }: TableOrder,
  now: number,
): EntityOf<K>[] {
  const found = columnsOf(kind).find(({ title }) => title === column);
  const compare = found ? comparison<K>(found, now) : () => 0;
  const sign = descending ? -1 : 1;
  return [...entities].sort(
    (a, b) => sign * compare(a, b) || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );
}
