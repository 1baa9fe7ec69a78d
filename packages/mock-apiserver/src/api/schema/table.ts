import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One field of an API type. */
export interface Field {
  /** Its name in JSON; empty where the fields of its type stand inline. */
  name: string;
  /** Its tag in protobuf; 0 where it has none. */
  tag: number;
  /** A scalar of `scalars.ts`, or the name of a type of the table, such as `core/v1.Container`. */
  type: string;
  shape: 'one' | 'list' | 'map';
  /** Whether it tells its zero value from none at all. */
  pointer: boolean;
  /** Whether an object without it is whole. */
  optional: boolean;
  /** Whether its zero value is left out where it is written; of what is no pointer, structs are written all the same. */
  omitEmpty: boolean;
  description: string;
  /** How a strategic patch treats it: `merge`, `replace`, `retainKeys` (`patchStrategy`). */
  patchStrategy: readonly string[];
  /** The key by which a strategic patch merges the items of a list; empty for a list of plain values. */
  patchMergeKey: string;
  /** What owns a part of the list: all of it, each item, or each item by its keys (KEP-555). */
  listType: 'atomic' | 'set' | 'map' | undefined;
  listKeys: readonly string[];
  /** Whether a map or struct here is owned as one; undefined leaves it to its type. */
  atomic: boolean | undefined;
  /** What a key of a list means where it is absent. */
  default: string | undefined;
  /** The name of its enumeration. */
  enum: string | undefined;
}

/** One struct of the API. */
export interface TypeRow {
  name: string;
  description: string;
  atomic: boolean;
  /** As they are declared, inline ones whole. */
  fields: readonly Field[];
  /** Every field that its JSON may have, inline ones taken apart. */
  byName: ReadonlyMap<string, Field>;
  byTag: ReadonlyMap<number, Field>;
}

type Row = [name: string, tag: number, type: string, marks: string, description: string];
type Rows = [[struct: string, description: string], ...Row[]];

interface Table {
  types: Record<string, Rows>;
  enums: Record<string, [value: string, description: string][]>;
}

const FILES = ['kubernetes.json', 'added.json'];

let loaded: Table | undefined;
const parsed = new Map<string, TypeRow>();

const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Reads the files at the first question: nothing is paid before a body is read or a document asked for. */
function table(): Table {
  if (loaded) return loaded;
  const tables = FILES.map((name) => JSON.parse(textOf(name)) as Table);
  loaded = {
    types: Object.assign({}, ...tables.map(({ types }) => types)),
    enums: Object.assign({}, ...tables.map(({ enums }) => enums)),
  };
  return loaded;
}

function fieldOf([name, tag, written, marks, description]: Row): Field {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (const mark of marks.split(' ')) {
    const at = mark.indexOf('=');
    if (at < 0) flags.add(mark);
    else values.set(mark.slice(0, at), mark.slice(at + 1));
  }
  const shape = written.startsWith('[]') ? 'list' : written.startsWith('map ') ? 'map' : 'one';
  const owned = values.get('map') ?? values.get('struct');
  return {
    name,
    tag,
    type: shape === 'list' ? written.slice(2) : shape === 'map' ? written.slice(4) : written,
    shape,
    pointer: flags.has('*'),
    optional: flags.has('?'),
    omitEmpty: flags.has('omitempty'),
    description,
    patchStrategy: values.get('patch')?.split(',') ?? [],
    patchMergeKey: values.get('key') ?? '',
    listType: values.get('list') as Field['listType'],
    listKeys: values.get('keys')?.split(',') ?? [],
    atomic: owned === undefined ? undefined : owned === 'atomic',
    default: values.get('default'),
    enum: values.get('enum'),
  };
}

function parse(name: string, [[struct, description], ...rows]: Rows): TypeRow {
  const fields = rows.map(fieldOf);
  const byName = new Map<string, Field>();
  const byTag = new Map<number, Field>();
  for (const field of fields) {
    if (field.tag > 0) byTag.set(field.tag, field);
    const inline = field.name === '' ? typeRow(field.type)?.byName : undefined;
    if (inline) for (const [inner, of] of inline) byName.set(inner, of);
    else byName.set(field.name, field);
  }
  return { name, description, atomic: struct === 'atomic', fields, byName, byTag };
}

/** The row of a type such as `core/v1.Pod`; undefined for a scalar or what the table does not have. */
export function typeRow(name: string): TypeRow | undefined {
  const known = parsed.get(name);
  if (known) return known;
  const rows = table().types[name];
  if (!rows) return undefined;
  const row = parse(name, rows);
  parsed.set(name, row);
  return row;
}

/** As `typeRow`, for a name that a row of the table has; throws for any other. */
export function neededRow(name: string): TypeRow {
  const row = typeRow(name);
  if (!row) throw new Error(`no type is named ${name}`);
  return row;
}

/** The names of all types. */
export function typeNames(): string[] {
  return Object.keys(table().types);
}

/** The values of an enumeration, each with its description. */
export function enumValues(name: string): readonly [value: string, description: string][] {
  return table().enums[name] ?? [];
}

let fileHash: string | undefined;

/** A hash of the table and of what is made of it. */
export function schemaHash(made: string): string {
  fileHash ??= createHash('sha256').update(FILES.map(textOf).join('')).digest('hex');
  return createHash('sha256').update(fileHash).update(made).digest('hex').toUpperCase();
}
