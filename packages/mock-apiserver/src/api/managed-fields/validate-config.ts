import type { Json } from '@portolan/shared';
import { isObject } from '../patch/json.ts';
import { jsonType } from '../schema/scalars.ts';
import { printPath } from './field-set.ts';
import { childShape, itemElement, type Shape } from './shape.ts';

/** What a scalar should be, in structured-merge-diff's words. */
const WANTED: Record<string, string> = {
  string: 'expected string, got ',
  number: 'expected numeric (int or float), got ',
  boolean: 'expected boolean, got ',
};

/** A value as Go prints the one that it found, with `%#v`. */
const told = (value: Json) => `&value.valueUnstructured{Value:${printed(value)}}`;

function printed(value: Json): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(printed).join(', ')}}`;
  if (!isObject(value)) return value === null ? 'interface {}(nil)' : JSON.stringify(value);
  const entries = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${printed(inner)}`);
  return `map[string]interface {}{${entries.join(', ')}}`;
}

function leafError(wants: string, value: Json): string | undefined {
  if (value === null || wants === 'any') return undefined;
  if (wants === 'list') return Array.isArray(value) ? undefined : `expected list, got ${told(value)}`;
  if (wants === 'map') return isObject(value) ? undefined : `expected map, got ${told(value)}`;
  return jsonType(value) === (wants === 'boolean' ? 'bool' : wants)
    ? undefined
    : `${WANTED[wants]}${wants === 'number' ? jsonType(value) : told(value)}`;
}

/**
 * What is wrong with what is to be applied (structured-merge-diff `typed/validate.go`): fields that are not declared,
 * values of another type, items without their keys or twice. Each with its path; none for what may be applied.
 */
export function configErrors(shape: Shape, value: Json, path: readonly string[] = []): string[] {
  const say = (error: string, at = path) => [`${printPath(at)}: ${error}`];
  if (value === null) return [];
  if (shape.is === 'leaf') {
    const error = leafError(shape.wants, value);
    return error === undefined ? [] : say(error);
  }
  if (shape.is === 'list') {
    if (!Array.isArray(value)) return say(`expected list, got ${told(value)}`);
    const seen = new Set<string>();
    return value.flatMap((item, index) => {
      const named = itemElement(shape, item);
      if ('error' in named) return say(`element ${index}: ${named.error}`);
      if (seen.has(named.element)) return say(`duplicate entries for key ${printPath([named.element])}`);
      seen.add(named.element);
      return configErrors(shape.item, item, [...path, named.element]);
    });
  }
  if (!isObject(value)) return say(`expected map, got ${told(value)}`);
  return Object.entries(value).flatMap(([name, inner]) => {
    const child = childShape(shape, name);
    const at = [...path, `f:${name}`];
    return child ? configErrors(child, inner, at) : say('field not declared in schema', at);
  });
}
