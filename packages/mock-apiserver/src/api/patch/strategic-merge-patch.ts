import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from './json.ts';

/** Lists that merge by a key of their items (`patchMergeKey` in `staging/src/k8s.io/api`); all others are replaced. */
const MERGE_KEYS: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  resourceClaims: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  conditions: ['type'],
  addresses: ['type'],
  ownerReferences: ['uid'],
  // A container's ports have containerPort, a service's have port.
  ports: ['containerPort', 'port'],
};

/** Lists of plain values that merge as sets. */
const MERGED_SETS = new Set(['finalizers']);

const DELETE_PRIMITIVES = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

function keyIn(field: string, items: readonly Json[]): string | undefined {
  const candidates = MERGE_KEYS[field] ?? [];
  return candidates.find((key) => items.some((item) => isObject(item) && item[key] !== undefined));
}

/** Items in the order that the patch gives; those it does not name keep their place after their neighbour. */
function ordered(items: Json[], order: Json[], key: string | undefined): Json[] {
  const place = (item: Json) =>
    order.findIndex((wanted) =>
      key && isObject(item) && isObject(wanted) ? wanted[key] === item[key] : isDeepStrictEqual(wanted, item),
    );
  const named = items.filter((item) => place(item) >= 0).sort((a, b) => place(a) - place(b));
  let next = 0;
  return items.map((item) => (place(item) >= 0 ? (named[next++] ?? item) : item));
}

function mergeList(field: string, current: Json[], patch: Json[]): Json[] {
  const replaces = patch.some((item) => isObject(item) && item.$patch === 'replace');
  if (replaces) return patch.filter((item) => !(isObject(item) && item.$patch === 'replace'));
  if (MERGED_SETS.has(field)) return [...current, ...patch.filter((item) => !current.includes(item))];
  const key = keyIn(field, [...patch, ...current]);
  if (!key) return patch;
  const merged = [...current];
  for (const item of patch) {
    if (!isObject(item)) continue;
    const index = merged.findIndex((existing) => isObject(existing) && existing[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index >= 0) {
      merged[index] = strategicMergePatch(merged[index], item);
    } else merged.push(strategicMergePatch(undefined, item));
  }
  return merged;
}

/**
 * Kubernetes' strategic merge patch (apimachinery `pkg/util/strategicpatch/patch.go`): lists of the known fields merge by
 * key; `$patch`, `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` direct it. Nothing given is changed.
 */
export function strategicMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  if (patch.$patch === 'delete') return {};
  const { $patch: directive, $retainKeys: retained, ...fields } = patch;
  const merged: JsonObject = isObject(target) && directive !== 'replace' ? { ...target } : {};
  if (Array.isArray(retained)) {
    for (const key of Object.keys(merged)) if (!retained.includes(key)) delete merged[key];
  }
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith(ORDER)) continue;
    if (key.startsWith(DELETE_PRIMITIVES)) {
      const field = key.slice(DELETE_PRIMITIVES.length);
      const gone = Array.isArray(value) ? value : [];
      const current = merged[field];
      if (Array.isArray(current)) merged[field] = current.filter((item) => !gone.includes(item));
    } else if (value === null) delete merged[key];
    else if (Array.isArray(value)) {
      const current = merged[key];
      merged[key] = mergeList(key, Array.isArray(current) ? current : [], value);
    } else if (isObject(value) && value.$patch === 'delete') delete merged[key];
    else merged[key] = strategicMergePatch(merged[key], value);
  }
  for (const [key, order] of Object.entries(fields)) {
    if (!key.startsWith(ORDER) || !Array.isArray(order)) continue;
    const field = key.slice(ORDER.length);
    const items = merged[field];
    if (Array.isArray(items)) merged[field] = ordered(items, order, keyIn(field, items));
  }
  return merged;
}
