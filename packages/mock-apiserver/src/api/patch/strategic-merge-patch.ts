import type { Json } from '@portolan/shared';
import { ApiError, badRequest } from '../../api-error.ts';
import { setField } from '../../store/structure.ts';
import { type Field, neededRow, type TypeRow, typeRow } from '../schema/table.ts';
import { identity, inOrder, places } from './element-order.ts';
import { goPrinted } from './go-printed.ts';
import { isObject, type JsonObject } from './json.ts';
import { goTypeOf } from './json-patch.ts';

const DELETE_PRIMITIVES = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/** What a patch is applied by: the fields of a struct, or one for all the names of a map. */
interface Meta {
  field(name: string): Field | undefined;
}

const NOTHING: Meta = { field: () => undefined };

const metaOf = (row: TypeRow | undefined): Meta => (row ? { field: (name) => row.byName.get(name) } : NOTHING);

/** What the values below a field are patched by. */
function below(field: Field | undefined): Meta {
  if (!field) return NOTHING;
  const inner = typeRow(field.type);
  // A map of structs has them under any name; of plain values there is nothing to know.
  if (field.shape !== 'map') return metaOf(inner);
  return { field: () => ({ ...field, shape: 'one', patchStrategy: [], patchMergeKey: '' }) };
}

/** What the apiserver fails with inside (apimachinery `pkg/util/mergepatch/errors.go`). */
const failure = (problem: string) => new ApiError('Unknown', problem);

const noKey = (item: Json, key: string) =>
  failure(`map: ${goPrinted(item)} does not contain declared merge key: ${key}`);

/** A value that stands in no original: without the parts that say what to do with one, and without nulls. */
function undirected(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    return value.flatMap((item) => undirected(item) ?? []);
  }
  if (!isObject(value)) return value;
  if ('$patch' in value) return undefined;
  const kept: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const plain = inner === null || /^\$(retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/.test(name);
    const left = plain ? undefined : undirected(inner);
    if (left !== undefined) setField(kept, name, left);
  }
  return kept;
}

/** Takes the items that `$patch` marks out of a patch of a list, and what they delete out of the live list. */
function special(live: readonly Json[], patch: readonly Json[], key: string): { live: Json[]; patch: JsonObject[] } {
  const gone = new Set<string>();
  const plain: JsonObject[] = [];
  let replaces = false;
  for (const item of patch) {
    if (!isObject(item)) throw badRequest('invalid patch format of primitive list');
    const directive = item.$patch;
    if (directive === undefined) plain.push(item);
    else if (directive === 'replace') replaces = true;
    else if (directive === 'delete') {
      if (item[key] === undefined) throw noKey(item, key);
      gone.add(identity(item, key));
    } else if (directive === 'merge') throw failure('merging lists cannot yet be specified in the patch');
    else throw failure(`unknown patch type: ${goPrinted(directive)} in map: ${goPrinted(item)}`);
  }
  return { live: replaces ? [] : live.filter((item) => !gone.has(identity(item, key))), patch: plain };
}

function mergeObjects(field: Field, live: readonly Json[], patch: readonly JsonObject[]): Json[] {
  const key = field.patchMergeKey;
  const merged = [...live];
  const known = places(live, key);
  for (const item of patch) {
    if (item[key] === undefined) throw noKey(item, key);
    const name = identity(item, key);
    const index = known.get(name);
    const other = index === undefined ? undefined : merged[index];
    if (index !== undefined && isObject(other)) merged[index] = mergeMap(below(field), other, item);
    else {
      known.set(name, merged.length);
      merged.push(undirected(item) ?? {});
    }
  }
  return merged;
}

function mergeItems(field: Field, live: readonly Json[], patch: readonly Json[], wanted: readonly Json[]): Json[] {
  if (![...live, ...patch].some(isObject)) {
    const merged = [...new Set([...live, ...patch])];
    return inOrder(merged, wanted, live, '');
  }
  if (field.patchMergeKey === '') throw failure(`cannot merge lists without merge key for ${field.name}`);
  const plain = special(live, patch, field.patchMergeKey);
  return inOrder(mergeObjects(field, plain.live, plain.patch), wanted, plain.live, field.patchMergeKey);
}

/** A list of a patch by itself. */
const plainList = (patch: readonly Json[]): Json[] => patch.flatMap((item) => undirected(item) ?? []);

function mergeList(field: Field | undefined, live: readonly Json[], patch: readonly Json[]): Json[] {
  return field?.patchStrategy.includes('merge') ? mergeItems(field, live, patch, patch) : plainList(patch);
}

/** Clears what `$retainKeys` does not name; refuses a patch that sets what it does not name. */
function retained(live: JsonObject, patch: JsonObject, keys: Json): JsonObject {
  if (!Array.isArray(keys)) throw badRequest('invalid patch format of retainKeys');
  const stray = Object.entries(patch).some(
    ([name, value]) => value !== null && !name.startsWith('$') && !keys.includes(name),
  );
  if (stray) {
    const why = "patch content doesn't match retainKeys list";
    throw new ApiError('Invalid', `the server rejected our request due to an error in our request: ${why}`);
  }
  return Object.fromEntries(Object.entries(live).filter(([name]) => keys.includes(name)));
}

/** A list in the order that the patch gives, merged with what the patch has of it. */
function ordered(
  meta: Meta,
  name: string,
  live: Json | undefined,
  patch: Json | undefined,
  order: Json,
): Json | undefined {
  if (!Array.isArray(order)) throw badRequest('invalid patch format of setElementOrder list');
  const field = meta.field(name);
  const key = field?.patchMergeKey ?? '';
  if (patch !== undefined && !Array.isArray(patch)) throw badRequest('invalid patch format of setElementOrder list');
  const named = places(order, key);
  const stray = patch?.find((item) => !(isObject(item) && '$patch' in item) && !named.has(identity(item, key)));
  if (stray !== undefined) {
    throw failure(
      `The order in patch list:\n${goPrinted(patch ?? [])}\n doesn't match $setElementOrder list:\n${goPrinted(order)}\n`,
    );
  }
  const current = Array.isArray(live) ? live : undefined;
  if (!current && !patch) return undefined;
  if (!current) return inOrder(plainList(patch ?? []), order, [], key);
  if (field?.patchStrategy.includes('merge')) return mergeItems(field, current, patch ?? [], order);
  return inOrder(patch ?? current, order, current, key);
}

function mergeValue(meta: Meta, name: string, live: Json | undefined, patch: Json): Json | undefined {
  const field = meta.field(name);
  if (isObject(live) && isObject(patch)) {
    if (field?.patchStrategy.includes('replace')) return undirected(patch);
    return mergeMap(below(field), live, patch);
  }
  if (Array.isArray(live) && Array.isArray(patch)) return mergeList(field, live, patch);
  return undirected(patch);
}

function mergeMap(meta: Meta, live: JsonObject, patch: JsonObject): JsonObject {
  const { $patch: directive, $retainKeys: keys, ...fields } = patch;
  if (directive === 'replace') return fields;
  if (directive === 'delete') return {};
  if (directive !== undefined) {
    throw failure(`unknown patch type: ${goPrinted(directive)} in map: ${goPrinted(patch)}`);
  }
  const merged = { ...(keys === undefined ? live : retained(live, patch, keys)) };
  const done = new Set<string>();
  for (const [name, order] of Object.entries(fields)) {
    if (!name.startsWith(ORDER)) continue;
    const list = name.slice(ORDER.length);
    const value = ordered(meta, list, merged[list], fields[list], order);
    if (value !== undefined) setField(merged, list, value);
    done.add(name).add(list);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (done.has(name)) continue;
    if (name.startsWith(DELETE_PRIMITIVES)) {
      const list = name.slice(DELETE_PRIMITIVES.length);
      if (!Array.isArray(value)) throw badRequest('invalid patch format of primitive list');
      const current = merged[list];
      if (Array.isArray(current)) merged[list] = current.filter((item) => !value.includes(item));
      continue;
    }
    const next = value === null ? undefined : mergeValue(meta, name, merged[name], value);
    if (next === undefined) delete merged[name];
    else setField(merged, name, next);
  }
  return merged;
}

/**
 * Kubernetes' strategic merge patch of an object of a type (apimachinery `pkg/util/strategicpatch/patch.go`): lists merge
 * by the key that the type gives, plain lists that it says to merge do so as sets, all others are replaced; `$patch`,
 * `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` direct it. What the patch adds stands before what it
 * does not name. Nothing given is changed.
 */
export function strategicMergePatch(type: string, target: Json, patch: Json): Json {
  if (!isObject(patch)) {
    throw badRequest(`json: cannot unmarshal ${goTypeOf(patch)} into Go value of type map[string]interface {}`);
  }
  return mergeMap(metaOf(neededRow(type)), isObject(target) ? target : {}, patch);
}
