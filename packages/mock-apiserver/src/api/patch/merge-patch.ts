import type { Json } from '@portolan/shared';
import { setField } from '../../store/structure.ts';
import { isObject, type JsonObject } from './json.ts';

/** A JSON merge patch (RFC 7396): null deletes, objects merge, all else replaces. Neither argument is changed. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else setField(merged, key, mergePatch(merged[key], value));
  }
  return merged;
}
