import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from '../patch/json.ts';

/**
 * A set of fields as structured-merge-diff has it: for each path element whether it is a member itself, and the set below
 * it. Elements are written as FieldsV1 writes them: `f:name`, `k:{"name":"a"}`, `v:"x"`, `i:0`. Sets are not changed once
 * made, but by `insert`.
 */
export interface FieldSet {
  readonly children: Map<string, FieldNode>;
}

/** One element of a set. */
export interface FieldNode extends FieldSet {
  member: boolean;
}

/** A way down to a field. */
export type Path = readonly string[];

/** A set of nothing. */
export const emptySet = (): FieldSet => ({ children: new Map() });

const emptyNode = (member: boolean): FieldNode => ({ member, children: new Map() });

/** Makes a field a member of a set; what stands above it is not. */
export function insert(set: FieldSet, path: Path): void {
  let at: FieldSet = set;
  let node: FieldNode | undefined;
  for (const element of path) {
    node = at.children.get(element);
    if (!node) {
      node = emptyNode(false);
      at.children.set(element, node);
    }
    at = node;
  }
  if (node) node.member = true;
}

/** The set of the paths given. */
export function setOf(...paths: Path[]): FieldSet {
  const set = emptySet();
  for (const path of paths) insert(set, path);
  return set;
}

/** Whether nothing is a member. */
export function isEmptySet(set: FieldSet): boolean {
  for (const node of set.children.values()) if (node.member || !isEmptySet(node)) return false;
  return true;
}

/** What is below one element of a set. */
export function belowElement(set: FieldSet, element: string): FieldSet {
  return set.children.get(element) ?? emptySet();
}

/** Whether an element is a member of a set by itself. */
export function hasElement(set: FieldSet, element: string): boolean {
  return set.children.get(element)?.member === true;
}

/** Whether a field is a member. */
export function has(set: FieldSet, path: Path): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  return hasElement(path.slice(0, -1).reduce(belowElement, set), last);
}

/** What is in either set. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldNode>(a.children);
  for (const [element, node] of b.children) {
    const other = children.get(element);
    const merged = other && { member: other.member || node.member, children: union(other, node).children };
    children.set(element, merged ?? node);
  }
  return { children };
}

/** For each element of `a` what `keep` makes of it and of its like in `b`, without what is then empty. */
function filtered(a: FieldSet, keep: (node: FieldNode, element: string) => FieldNode | undefined): FieldSet {
  const children = new Map<string, FieldNode>();
  for (const [element, node] of a.children) {
    const kept = keep(node, element);
    if (kept && (kept.member || kept.children.size > 0)) children.set(element, kept);
  }
  return { children };
}

/** What is in both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return filtered(a, (node, element) => {
    const other = b.children.get(element);
    return other && { member: node.member && other.member, children: intersection(node, other).children };
  });
}

/** What is in `a` but not in `b`; what is below a member of `b` stays. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return filtered(a, (node, element) => {
    const other = b.children.get(element);
    return other ? { member: node.member && !other.member, children: difference(node, other).children } : node;
  });
}

/** As `difference`, with what is below a member of `b` gone, too. */
export function deepDifference(a: FieldSet, b: FieldSet): FieldSet {
  return filtered(a, (node, element) => {
    const other = b.children.get(element);
    if (other?.member) return undefined;
    return other ? { member: node.member, children: deepDifference(node, other).children } : node;
  });
}

/** Every member, those of one level before those below. */
export function* pathsOf(set: FieldSet, above: Path = []): Generator<Path> {
  const elements = [...set.children].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [element, node] of elements) if (node.member) yield [...above, element];
  for (const [element, node] of elements) yield* pathsOf(node, [...above, element]);
}

/** A key in the one way it is written, its names in order; undefined for what is none. */
function canonicalElement(element: string): string | undefined {
  if (!element.startsWith('k:')) return element;
  try {
    const key = JSON.parse(element.slice(2)) as Json;
    if (!isObject(key)) return undefined;
    return `k:${JSON.stringify(Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))))}`;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Reads a set from FieldsV1; undefined where it is none. */
export function fromFieldsV1(fields: Json): FieldSet | undefined {
  if (!isObject(fields)) return undefined;
  const children = new Map<string, FieldNode>();
  for (const [written, inner] of Object.entries(fields)) {
    if (written === '.') continue;
    const element = /^[fkvi]:/.test(written) ? canonicalElement(written) : undefined;
    const below = fromFieldsV1(inner);
    if (element === undefined || !below || !isObject(inner)) return undefined;
    const member = '.' in inner || Object.keys(inner).length === 0;
    children.set(element, { member, children: below.children });
  }
  return { children };
}

/** Writes a set as FieldsV1 (`fieldpath/serialize.go`): `.` says that what has more below it is a member itself. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const fields: JsonObject = {};
  for (const [element, node] of [...set.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isEmptySet(node)) {
      if (node.member) fields[element] = {};
    } else fields[element] = { ...(node.member && { '.': {} }), ...toFieldsV1(node) };
  }
  return fields;
}

/** A path as the apiserver prints it: `.spec.containers[name="a"].image`. */
export function printPath(path: Path): string {
  const parts = path.map((element) => {
    const text = element.slice(2);
    switch (element[0]) {
      case 'f':
        return `.${text}`;
      case 'k': {
        const key = JSON.parse(text) as JsonObject;
        return `[${Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}]`;
      }
      default:
        return element.startsWith('v:') ? `[=${text}]` : `[${text}]`;
    }
  });
  return parts.join('');
}
