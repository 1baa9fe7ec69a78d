import type { Json } from '@portolan/shared';
import { isObject } from '../patch/json.ts';
import { type Field, fieldsOf } from './fields.ts';

const isText = (value: Json) => typeof value === 'string';
const isInteger = (value: Json) => Number.isInteger(value);

/** Which JSON values a type takes, and what Go calls it. */
const SCALARS: Record<string, { takes(value: Json): boolean; go: string }> = {
  string: { takes: isText, go: 'string' },
  bytes: { takes: isText, go: '[]uint8' },
  bool: { takes: (value) => typeof value === 'boolean', go: 'bool' },
  int32: { takes: isInteger, go: 'int32' },
  int64: { takes: isInteger, go: 'int64' },
  Quantity: { takes: (value) => isText(value) || typeof value === 'number', go: 'resource.Quantity' },
  IntOrString: { takes: (value) => isText(value) || isInteger(value), go: 'intstr.IntOrString' },
  Time: { takes: isText, go: 'v1.Time' },
};

const jsonType = (value: Json) =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : isObject(value) ? 'object' : typeof value;

/** The elements of a field's value that are of its type, or undefined where its list or map is none. */
function elements({ shape }: Field, value: Json): Json[] | undefined {
  if (shape === 'one') return [value];
  if (shape === 'list') return Array.isArray(value) ? value : undefined;
  return isObject(value) ? Object.values(value) : undefined;
}

function fieldError(message: string, path: string, field: Field, value: Json): string | undefined {
  const where = `${path}${field.name}`;
  const scalar = SCALARS[field.type];
  const say = (wrong: Json, go: string) =>
    `json: cannot unmarshal ${jsonType(wrong)} into Go struct field ${message}.${where} of type ${go}`;
  const go = scalar?.go ?? `v1.${field.type}`;
  const list = elements(field, value);
  if (!list) return say(value, field.shape === 'list' ? `[]${go}` : `map[string]${go}`);
  for (const element of list) {
    if (element === null) continue;
    if (scalar ? !scalar.takes(element) : !isObject(element)) return say(element, go);
    const inner = scalar ? undefined : typeError(field.type, element, `${where}.`);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/**
 * The first field of an object that is of another type than its message gives it, in the words of Go's decoder; undefined
 * when there is none. Fields that the table of messages does not know are not looked at.
 */
export function typeError(message: string, value: Json, path = ''): string | undefined {
  if (!isObject(value)) return undefined;
  for (const field of fieldsOf(message) ?? []) {
    const given = value[field.name];
    if (given === undefined || given === null) continue;
    const error = fieldError(message, path, field, given);
    if (error !== undefined) return error;
  }
  return undefined;
}
