import type { Json } from '@portolan/shared';
import { isObject } from '../patch/json.ts';

/** One step of a path: into a field, over all items of a list, into one of them, or to those whose field says something. */
type Step =
  | { to: 'field'; name: string }
  | { to: 'all' }
  | { to: 'item'; index: number }
  | { to: 'those'; field: string; says: string };

const STEP =
  /\.((?:[\w-]|\\.)+)|\[\*\]|\[(-?\d+)\]|\['((?:[^'\\]|\\.)+)'\]|\[\?\(@\.([\w-]+)\s*==\s*(?:"([^"]*)"|'([^']*)')\)\]/y;

/** What a path leads to in a value; nothing where a part of the way is not there. */
export type JsonPath = (value: Json) => Json[];

function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (!found) return undefined;
    const [text, name, index, quoted, field, double, single] = found;
    const plain = (name ?? quoted)?.replaceAll(/\\(.)/g, '$1');
    if (plain !== undefined) steps.push({ to: 'field', name: plain });
    else if (text === '[*]') steps.push({ to: 'all' });
    else if (index !== undefined) steps.push({ to: 'item', index: Number(index) });
    else if (field !== undefined) steps.push({ to: 'those', field, says: double ?? single ?? '' });
  }
  return steps;
}

function take(value: Json, step: Step): Json[] {
  const items = Array.isArray(value) ? value : [];
  switch (step.to) {
    case 'field':
      return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name] ?? null] : [];
    case 'all':
      return items;
    case 'item':
      return items.at(step.index) === undefined ? [] : [items.at(step.index) ?? null];
    case 'those':
      return items.filter((item) => isObject(item) && item[step.field] === step.says);
  }
}

/**
 * The part of kubectl's JSON paths that columns are written in: `.spec.hosts`, `['a.b']`, `[0]`, `[*]` and
 * `[?(@.type=="Ready")]` (client-go `util/jsonpath`). Undefined for any other path.
 */
export function jsonPath(path: string): JsonPath | undefined {
  const steps = stepsOf(path);
  return steps && ((value) => steps.reduce<Json[]>((found, step) => found.flatMap((one) => take(one, step)), [value]));
}
