import type { Json, LabelSelector } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';

/** The complaints about one field, in the words of apimachinery `util/validation/field/errors.go`. */

const quoted = (text: string) => JSON.stringify(text);

/** A value as the apiserver's sentences show it: text in quotes, numbers and truths bare, all else as JSON. */
function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

const complaint = (reason: string, words: string, field: string, detail: string | undefined): Cause => ({
  reason: `FieldValue${reason}`,
  message: detail ? `${words}: ${detail}` : words,
  field,
});

export function required(field: string, detail?: string): Cause {
  return complaint('Required', 'Required value', field, detail);
}

export function invalidValue(field: string, value: unknown, detail: string): Cause {
  return complaint('Invalid', `Invalid value: ${shown(value)}`, field, detail);
}

/** As `invalidValue`, for a value whose text is already as Go shows it. */
export function invalidGoValue(field: string, text: string, detail: string): Cause {
  return complaint('Invalid', `Invalid value: ${text}`, field, detail);
}

export function forbidden(field: string, detail: string): Cause {
  return complaint('Forbidden', 'Forbidden', field, detail);
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): Cause {
  const detail = `supported values: ${supported.map(quoted).join(', ')}`;
  return complaint('NotSupported', `Unsupported value: ${shown(value)}`, field, detail);
}

export function duplicate(field: string, value: unknown): Cause {
  return complaint('Duplicate', `Duplicate value: ${shown(value)}`, field, undefined);
}

export function missing(field: string, value: unknown): Cause {
  return complaint('NotFound', `Not found: ${shown(value)}`, field, undefined);
}

export function tooLong(field: string, most: number): Cause {
  return complaint('TooLong', 'Too long', field, `may not be more than ${most} bytes`);
}

/** Complains of a value that is not among those supported; an absent one passes. */
export function oneOf(field: string, value: unknown, supported: readonly string[]): Cause[] {
  return value === undefined || value === null || supported.some((one) => one === value)
    ? []
    : [notSupported(field, value, supported)];
}

export const NOT_NEGATIVE = 'must be greater than or equal to 0';

/** Complains of a number below zero; an absent one passes. */
export function notNegative(field: string, value: number | undefined): Cause[] {
  return value === undefined || value >= 0 ? [] : [invalidValue(field, value, NOT_NEGATIVE)];
}

/** Complains of a port outside 1 to 65535 (`IsValidPortNum`). */
export function portNumber(field: string, value: number): Cause[] {
  return value >= 1 && value <= 65_535 ? [] : [invalidValue(field, value, 'must be between 1 and 65535, inclusive')];
}

/** A map of texts as Go shows it. */
export function goMap(map: Record<string, string> | undefined): string {
  if (!map) return 'map[string]string(nil)';
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[string]string{${entries.map(([key, value]) => `${quoted(key)}:${quoted(value)}`).join(', ')}}`;
}

/** A label selector as Go shows it. */
export function goSelector(selector: LabelSelector | undefined): string {
  const list = selector?.matchExpressions;
  const requirements = list?.map(({ key, operator, values }) => {
    const texts = values ? `[]string{${values.map(quoted).join(', ')}}` : '[]string(nil)';
    return `v1.LabelSelectorRequirement{Key:${quoted(key)}, Operator:${quoted(operator)}, Values:${texts}}`;
  });
  const expressions = `[]v1.LabelSelectorRequirement${requirements ? `{${requirements.join(', ')}}` : '(nil)'}`;
  return `v1.LabelSelector{MatchLabels:${goMap(selector?.matchLabels)}, MatchExpressions:${expressions}}`;
}

/** What complains when two of `items` have the same key; those without one are passed over. */
export function duplicates<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
  at: (index: number) => string,
): Cause[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (!key) return [];
    if (seen.has(key)) return [duplicate(at(index), key)];
    seen.add(key);
    return [];
  });
}

/** A JSON value without its absent fields, to compare values written in different ways. */
export const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
