import type { Json, Random } from '@portolan/shared';
import type { JsonObject } from '../api/patch/json.ts';
import { type Field, neededRow } from '../api/schema/table.ts';
import { toMicroTime, toTime } from '../time.ts';

const below = (random: Random, count: number) => Math.floor(random() * count);
const word = (random: Random) => `w${below(random, 1e9)}`;
const moment = (random: Random) => below(random, 2_000_000_000) * 1000;

/** A value of each scalar that says something, in the form in which the apiserver writes it. */
const SCALARS: Record<string, (random: Random) => Json> = {
  string: word,
  bytes: (random) => Buffer.from(word(random)).toString('base64'),
  bool: () => true,
  int32: (random) => 1 + below(random, 2 ** 31 - 1) * (random() < 0.2 ? -1 : 1),
  int64: (random) => 1 + below(random, 2 ** 50),
  Quantity: (random) => `${1 + below(random, 999)}${['m', '', 'Gi'][below(random, 3)]}`,
  IntOrString: (random) => (random() < 0.5 ? below(random, 65_536) : `${below(random, 100)}%`),
  Time: (random) => toTime(moment(random)),
  MicroTime: (random) => toMicroTime(moment(random)),
  Duration: (random) => `${1 + below(random, 59)}s`,
  FieldsV1: (random) => ({ [`f:${word(random)}`]: {} }),
  RawExtension: (random) => ({ [word(random)]: [word(random), below(random, 9)] }),
  Strings: (random) => [word(random), word(random)],
};

function one({ type, patchMergeKey, listKeys }: Field, random: Random, depth: number): Json {
  return SCALARS[type]?.(random) ?? anyObject(type, random, depth - 1, [patchMergeKey, ...listKeys]);
}

function anyValue(field: Field, random: Random, depth: number): Json {
  const count = 1 + below(random, 2);
  if (field.shape === 'one') return one(field, random, depth);
  if (field.shape === 'list') return Array.from({ length: count }, () => one(field, random, depth));
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, one(field, random, depth)]));
}

/**
 * An object of a type with a seeded choice of its fields, none deeper than `depth`; what must stand and the fields of
 * `always` do.
 */
export function anyObject(type: string, random: Random, depth: number, always: readonly string[] = []): JsonObject {
  const object: JsonObject = {};
  for (const [name, field] of neededRow(type).byName) {
    const wanted = !field.omitEmpty || always.includes(name) || random() < 0.6;
    const deep = SCALARS[field.type] === undefined;
    if (!wanted || (deep && depth <= 0) || name === 'apiVersion' || name === 'kind') continue;
    object[name] = anyValue(field, random, depth);
  }
  return object;
}
