import type { Json } from '@portolan/shared';
import { setField } from '../../store/structure.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import { jsonType, type Scalar, scalar } from './scalars.ts';
import { type Field, neededRow, type TypeRow } from './table.ts';

/** A value that cannot be of its type; the message is that of Go's decoder. */
export class TypeMismatch extends Error {
  readonly reason = 'type-mismatch';
  /** What Go's decoder calls what it found and what should stand there; absent where a text has the wrong form. */
  readonly found: string | undefined;
  readonly wanted: string | undefined;

  constructor(message: string, found?: string, wanted?: string) {
    super(message);
    this.name = 'TypeMismatch';
    this.found = found;
    this.wanted = wanted;
  }
}

/** An object as its type has it. */
export interface Typed {
  value: JsonObject;
  /** The paths of fields that its type does not have, such as `spec.containers[0].foo`. */
  unknown: string[];
}

/** Where the reader stands: the struct and the names down to a field, and the same with the places in lists. */
interface Place {
  struct: string;
  path: string;
  exact: string;
}

const within = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);
const shortName = (type: string) => type.slice(type.lastIndexOf('.') + 1);
const goName = (type: string) => scalar(type)?.go ?? `v1.${shortName(type)}`;

function refuse(found: string, place: Place, go: string): never {
  const field = place.path === '' ? 'value' : `struct field ${place.struct}.${place.path}`;
  throw new TypeMismatch(`json: cannot unmarshal ${found} into Go ${field} of type ${go}`, found, go);
}

function readScalar(type: Scalar, value: Json, place: Place): Json {
  if (value === null) return type.zero;
  const read = type.read(value);
  if ('value' in read) return read.value;
  if ('error' in read) throw new TypeMismatch(read.error);
  return refuse(read.mismatch, place, type.go);
}

function readOne(type: string, value: Json, place: Place, unknown: string[]): Json {
  const plain = scalar(type);
  if (plain) return readScalar(plain, value, place);
  if (value !== null && !isObject(value)) return refuse(jsonType(value), place, goName(type));
  return readStruct(neededRow(type), value ?? {}, place, unknown);
}

function readField(field: Field, value: Json, place: Place, unknown: string[]): Json {
  const { type, shape } = field;
  if (shape === 'one') return readOne(type, value, place, unknown);
  if (shape === 'list') {
    if (!Array.isArray(value)) return refuse(jsonType(value), place, `[]${goName(type)}`);
    return value.map((item, index) => readOne(type, item, { ...place, exact: `${place.exact}[${index}]` }, unknown));
  }
  if (!isObject(value)) return refuse(jsonType(value), place, `map[string]${goName(type)}`);
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, readOne(type, item, { ...place, exact: within(place.exact, key) }, unknown)]),
  );
}

const isStruct = ({ shape, type }: Field) => shape === 'one' && (scalar(type)?.struct ?? !scalar(type));

const isEmpty = (value: Json) =>
  value === '' ||
  value === 0 ||
  value === false ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** What stands in a field that was not given; undefined where it is left out. */
function absent(field: Field, place: Place): Json | undefined {
  if (field.pointer) return field.omitEmpty ? undefined : null;
  if (isStruct(field)) return readOne(field.type, null, place, []);
  if (field.omitEmpty) return undefined;
  return field.shape === 'one' ? (scalar(field.type)?.zero ?? null) : null;
}

function readStruct(row: TypeRow, given: JsonObject, place: Place, unknown: string[]): JsonObject {
  const struct = shortName(row.name);
  const placeOf = (name: string) => ({ struct, path: within(place.path, name), exact: within(place.exact, name) });
  const values = new Map<string, Json>();
  // In the order of the text, in which the complaints are told; written in that of the type.
  for (const [name, value] of Object.entries(given)) {
    const field = row.byName.get(name);
    if (!field) unknown.push(within(place.exact, name));
    else if (value !== null) values.set(name, readField(field, value, placeOf(name), unknown));
  }
  const read: JsonObject = {};
  for (const [name, field] of row.byName) {
    const value = values.get(name) ?? absent(field, placeOf(name));
    if (value === undefined || (field.omitEmpty && !field.pointer && !isStruct(field) && isEmpty(value))) continue;
    setField(read, name, value);
  }
  return read;
}

/**
 * An object as the apiserver has it once it has decoded it into its Go type and written it again: fields that the type
 * does not have are gone (and named), quantities and times are canonical, what may be left out and is zero is left out,
 * and structs that are no pointers stand. Throws TypeMismatch for a field of another type.
 */
export function asTyped(type: string, given: JsonObject): Typed {
  const unknown: string[] = [];
  const value = readStruct(neededRow(type), given, { struct: '', path: '', exact: '' }, unknown);
  return { value, unknown };
}
