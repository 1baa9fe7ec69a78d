import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from '../patch/json.ts';
import { scalar } from '../schema/scalars.ts';
import { type Field, neededRow, type TypeRow } from '../schema/table.ts';

/**
 * What a value is to those who manage its parts (structured-merge-diff `schema`): one leaf, a struct of named fields, a map
 * of any names, or a list whose items are known by their keys or by themselves.
 */
export type Shape =
  | { is: 'leaf'; wants: 'string' | 'number' | 'boolean' | 'list' | 'map' | 'any' }
  | { is: 'struct'; row: TypeRow }
  | { is: 'map'; item: Shape }
  | { is: 'list'; item: Shape; keys: readonly string[]; row: TypeRow | undefined };

const ANY: Shape = { is: 'leaf', wants: 'any' };

const LEAVES: Record<string, Shape> = {
  string: { is: 'leaf', wants: 'string' },
  bytes: { is: 'leaf', wants: 'string' },
  Time: { is: 'leaf', wants: 'string' },
  MicroTime: { is: 'leaf', wants: 'string' },
  Duration: { is: 'leaf', wants: 'string' },
  bool: { is: 'leaf', wants: 'boolean' },
  int32: { is: 'leaf', wants: 'number' },
  int64: { is: 'leaf', wants: 'number' },
  Strings: { is: 'leaf', wants: 'list' },
};

const structs = new Map<string, Shape>();

/** The shape of a type of the table, or of a scalar. */
export function shapeOf(type: string, atomic?: boolean): Shape {
  if (scalar(type)) return LEAVES[type] ?? ANY;
  const known = structs.get(type);
  const row = neededRow(type);
  if (atomic ?? row.atomic) return { is: 'leaf', wants: 'map' };
  const shape = known ?? { is: 'struct', row };
  structs.set(type, shape);
  return shape;
}

const fields = new WeakMap<Field, Shape>();

/** The shape of what stands in a field. */
function fieldShape(field: Field): Shape {
  const known = fields.get(field);
  if (known) return known;
  const shape = newShape(field);
  fields.set(field, shape);
  return shape;
}

function newShape({ type, shape, listType, listKeys, atomic }: Field): Shape {
  if (shape === 'one') return shapeOf(type, atomic);
  if (shape === 'map') return atomic ? { is: 'leaf', wants: 'map' } : { is: 'map', item: shapeOf(type) };
  if (listType !== 'map' && listType !== 'set') return { is: 'leaf', wants: 'list' };
  return { is: 'list', item: shapeOf(type), keys: listKeys, row: listType === 'map' ? neededRow(type) : undefined };
}

/** The shape below a name of a struct or map, and whether the name is one of its own; undefined for one it cannot have. */
export function childShape(shape: Shape, name: string): Shape | undefined {
  if (shape.is === 'map') return shape.item;
  const field = shape.is === 'struct' ? shape.row.byName.get(name) : undefined;
  return field && fieldShape(field);
}

/**
 * What tells an item of a list from the others, as a path element; the reason where it has nothing (structured-merge-diff
 * `typed/helpers.go`, listItemToPathElement).
 */
export function itemElement(list: Extract<Shape, { is: 'list' }>, item: Json): { element: string } | { error: string } {
  if (list.keys.length === 0) {
    if (item === null) return { error: "associative list without keys has an element that's an explicit null" };
    if (typeof item === 'object') return { error: "associative list without keys has an element that's a map type" };
    return { element: `v:${JSON.stringify(item)}` };
  }
  if (!isObject(item)) {
    const what = item === null ? 'a null element' : 'non-map elements';
    return { error: `associative list with keys may not have ${what}` };
  }
  const key: JsonObject = {};
  for (const name of [...list.keys].sort()) {
    const value = item[name] ?? list.row?.byName.get(name)?.default;
    if (value === undefined || value === null) {
      const why = `omits key field ${JSON.stringify(name)} (and doesn't have default value)`;
      return { error: `associative list with keys has an element that ${why}` };
    }
    key[name] = value;
  }
  return { element: `k:${JSON.stringify(key)}` };
}
