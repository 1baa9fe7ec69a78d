import type { LabelSelector } from '../api/meta.ts';

/** The labels of one object. */
export type Labels = Readonly<Record<string, string>>;

/** One requirement; `values` are sorted and distinct, empty for Exists and DoesNotExist, one for Gt and Lt. */
export interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  values: string[];
}

/** All of its requirements must hold; none at all matches everything. `nothing` matches nothing, whatever else stands. */
export interface Selector {
  nothing: boolean;
  requirements: Requirement[];
}

/** Matches every set of labels. */
export const EVERYTHING: Selector = { nothing: false, requirements: [] };

/** Matches no set of labels. */
export const NOTHING: Selector = { nothing: true, requirements: [] };

/** Whether one requirement holds (`Requirement.Matches` in apimachinery's `pkg/labels/selector.go`). */
export function requirementMatches({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return compares(value, values[0], (a, b) => a > b);
    case 'Lt':
      return compares(value, values[0], (a, b) => a < b);
  }
}

/** Whether a selector matches these labels. */
export function matches(selector: Selector, labels: Labels): boolean {
  return !selector.nothing && selector.requirements.every((requirement) => requirementMatches(requirement, labels));
}

/** A `metav1.LabelSelector` as a selector: an empty one matches everything, an absent one nothing. */
export function fromLabelSelector(selector: LabelSelector | null | undefined): Selector {
  if (selector === null || selector === undefined) return NOTHING;
  const equal = fromMap(selector.matchLabels ?? {}).requirements;
  const set = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => ({
    key,
    operator,
    values: distinct(values),
  }));
  return { nothing: false, requirements: [...equal, ...set].sort(byKey) };
}

/** A plain map, as Services and ReplicationControllers have it; an empty map matches everything. */
export function fromMap(map: Labels): Selector {
  const requirements = Object.entries(map).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] }));
  return { nothing: false, requirements: requirements.sort(byKey) };
}

/** Sorted and without repetitions. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** The order of requirements in a selector's text. */
export function byKey(a: Requirement, b: Requirement): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

const INTEGER = /^[+-]?\d+$/;

function compares(value: string | undefined, bound: string | undefined, holds: (a: bigint, b: bigint) => boolean) {
  if (value === undefined || bound === undefined || !INTEGER.test(value) || !INTEGER.test(bound)) return false;
  return holds(BigInt(value), BigInt(bound));
}
