import type { Json } from '@portolan/shared';
import type { TypeMismatch } from '../schema/typed.ts';
import { isObject } from './json.ts';

/** A value as Go prints it with `%+v`: `map[spec:map[replicas:3]]`. */
export function goPrinted(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goPrinted).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const names = Object.keys(value).sort();
  return `map[${names.map((name) => `${name}:${goPrinted(value[name] ?? null)}`).join(' ')}]`;
}

/** What Go's reflection calls the kinds that its decoder names otherwise. */
const KINDS: Record<string, string> = { object: 'map', array: 'slice', number: 'int64' };

/**
 * A mismatch as it is told of a strategic patch, which is not decoded but converted (apimachinery
 * `pkg/runtime/converter.go`, fromUnstructured).
 */
export function converterError({ message, found, wanted }: TypeMismatch): string {
  if (found === undefined || wanted === undefined) return message;
  const kind = KINDS[found] ?? (found.startsWith('number') ? 'float64' : found);
  if (wanted.startsWith('[]')) return `cannot restore slice from ${kind}`;
  if (wanted.startsWith('map[')) return `cannot restore map from ${kind}`;
  return wanted.includes('.') ? `cannot restore struct from: ${kind}` : `unrecognized type: ${wanted}`;
}
