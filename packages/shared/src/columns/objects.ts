import { ColumnProblem, type Decode, type Encode, type Form } from './column.ts';

/** A column for each field of objects; null where something is none, or has a key that cannot be set as any other. */
export function encodeObjects(values: readonly unknown[], encode: Encode): Form<'objects'> | null {
  const keys = new Map<string, number>();
  const fields: unknown[][] = [];
  const shapes: number[][] = [];
  const shapeOf = new Map<string, number>();
  const rows: number[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const shape: number[] = [];
    for (const [key, field] of Object.entries(value)) {
      if (key === '__proto__') return null;
      let place = keys.get(key);
      if (place === undefined) {
        place = keys.size;
        keys.set(key, place);
        fields.push([]);
      }
      fields[place]?.push(field);
      shape.push(place);
    }
    const text = shape.join();
    let index = shapeOf.get(text);
    if (index === undefined) {
      index = shapes.push(shape) - 1;
      shapeOf.set(text, index);
    }
    rows.push(index);
  }
  return { as: 'objects', keys: [...keys.keys()], shapes, rows: encode(rows), fields: fields.map(encode) };
}

/** The inverse. */
export function decodeObjects(
  { keys, shapes, rows, fields }: Form<'objects'>,
  count: number,
  decode: Decode,
): unknown[] {
  const shapeOf = decode(rows, count) as number[];
  const counts = keys.map(() => 0);
  for (const shape of shapeOf) {
    const places = shapes[shape];
    if (places === undefined) throw new ColumnProblem(`there is no shape ${shape}`);
    for (const place of places) {
      const before = counts[place];
      if (before === undefined) throw new ColumnProblem(`there is no key ${place}`);
      counts[place] = before + 1;
    }
  }
  const columns = keys.map((_, place) => decode(fields[place], counts[place] as number));
  const next = keys.map(() => 0);
  return shapeOf.map((shape) => {
    const object: Record<string, unknown> = {};
    for (const place of shapes[shape] as number[]) {
      const at = next[place] as number;
      next[place] = at + 1;
      object[keys[place] as string] = columns[place]?.[at];
    }
    return object;
  });
}

/** How many each list has, and all that they have; null where something is none. */
export function encodeLists(values: readonly unknown[], encode: Encode): Form<'lists'> | null {
  if (!values.every((value) => Array.isArray(value))) return null;
  return { as: 'lists', lengths: encode(values.map(({ length }) => length)), values: encode(values.flat(1)) };
}

/** The inverse. */
export function decodeLists({ lengths, values }: Form<'lists'>, count: number, decode: Decode): unknown[][] {
  const each = decode(lengths, count) as number[];
  const all = decode(
    values,
    each.reduce((sum, length) => sum + length, 0),
  );
  let end = 0;
  return each.map((length) => {
    end += length;
    return all.slice(end - length, end);
  });
}
