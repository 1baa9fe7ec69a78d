import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from '../patch/json.ts';

/** Where kubectl keeps what it last applied on its side. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function annotationsOf({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {};
}

/** What kubectl last applied to an object on its side; undefined where it did not, or what is kept is no object. */
export function lastAppliedOf(object: JsonObject): JsonObject | undefined {
  const text = annotationsOf(object)[LAST_APPLIED];
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    const last = JSON.parse(text) as Json;
    return isObject(last) ? last : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** JSON as Go writes maps: names in order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}

/** Keeps up what kubectl has last applied, where that is kept at all (`lastappliedupdater.go`). */
export function setLastApplied(object: JsonObject, config: JsonObject): void {
  const kept = annotationsOf(object);
  if (!kept[LAST_APPLIED]) return;
  const metadata = isObject(config.metadata) ? { ...config.metadata } : {};
  if (isObject(metadata.annotations)) {
    const { [LAST_APPLIED]: _last, ...others } = metadata.annotations;
    metadata.annotations = others;
  }
  kept[LAST_APPLIED] = `${JSON.stringify(sorted({ ...config, metadata }))}\n`;
}
