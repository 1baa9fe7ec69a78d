import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@portolan/shared';
import { setField } from '../../store/structure.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import {
  belowElement,
  emptySet,
  type FieldNode,
  type FieldSet,
  hasElement,
  insert,
  isEmptySet,
  type Path,
} from './field-set.ts';
import { childShape, itemElement, type Shape } from './shape.ts';

type ListShape = Extract<Shape, { is: 'list' }>;

/** The items of a list by their path elements, the first of those that share one; those without any are left out. */
function itemsOf(shape: ListShape, list: Json | undefined): Map<string, Json> {
  const items = new Map<string, Json>();
  for (const item of Array.isArray(list) ? list : []) {
    const named = itemElement(shape, item);
    if ('element' in named && !items.has(named.element)) items.set(named.element, item);
  }
  return items;
}

const isNothing = (value: Json | undefined) =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** The fields that a value sets (structured-merge-diff `typed/tofieldset.go`). */
export function fieldsOf(shape: Shape, value: Json): FieldSet {
  const set = emptySet();
  collect(shape, value, [], set);
  return set;
}

function collect(shape: Shape, value: Json, path: Path, set: FieldSet): void {
  if (shape.is === 'leaf') insert(set, path);
  else if (shape.is === 'list') {
    for (const [element, item] of itemsOf(shape, value)) {
      collect(shape.item, item, [...path, element], set);
      insert(set, [...path, element]);
    }
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const child = childShape(shape, name);
      if (!child) continue;
      const at = [...path, `f:${name}`];
      collect(child, inner, at, set);
      if (shape.is === 'map' || inner === null || (isObject(inner) && Object.keys(inner).length === 0)) insert(set, at);
    }
  }
}

/** How one value differs from another. */
export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** Whether nothing differs. */
export function isSame({ added, modified, removed }: Comparison): boolean {
  return [added, modified, removed].every(isEmptySet);
}

/** What has to be done to one value to have the other (structured-merge-diff `typed/compare.go`). */
export function compare(shape: Shape, before: Json, after: Json): Comparison {
  const comparison = { added: emptySet(), modified: emptySet(), removed: emptySet() };
  compareAt(shape, before, after, [], comparison);
  return comparison;
}

function compareAt(
  shape: Shape,
  before: Json | undefined,
  after: Json | undefined,
  path: Path,
  found: Comparison,
): void {
  if (before === undefined) insert(found.added, path);
  else if (after === undefined) insert(found.removed, path);
  else if (shape.is === 'leaf' || (isNothing(before) && isNothing(after))) {
    if (!isDeepStrictEqual(before, after)) insert(found.modified, path);
  }
  if (shape.is === 'leaf') return;
  if (shape.is === 'list') {
    const [old, fresh] = [itemsOf(shape, before), itemsOf(shape, after)];
    for (const element of new Set([...old.keys(), ...fresh.keys()])) {
      compareAt(shape.item, old.get(element), fresh.get(element), [...path, element], found);
    }
    return;
  }
  const [old, fresh] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  for (const name of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const child = childShape(shape, name);
    if (child) compareAt(child, old[name], fresh[name], [...path, `f:${name}`], found);
  }
}

/**
 * What is configured put over what is live (structured-merge-diff `typed/merge.go`): structs, maps and lists known by keys
 * merge, all else is taken as configured. Lists keep the order that is configured, and what is only live where it stood.
 */
export function mergeValues(shape: Shape, live: Json | undefined, config: Json | undefined): Json | undefined {
  if (config === undefined) return live;
  if (live === undefined || shape.is === 'leaf' || (isNothing(live) && isNothing(config))) return config;
  if (shape.is === 'list') return mergeLists(shape, live, config);
  const [old, fresh] = [isObject(live) ? live : {}, isObject(config) ? config : {}];
  const merged: JsonObject = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const child = childShape(shape, name);
    const value = child && mergeValues(child, old[name], fresh[name]);
    if (value !== undefined) setField(merged, name, value);
  }
  return merged;
}

function mergeLists(shape: ListShape, live: Json, config: Json): Json {
  const [old, fresh] = [itemsOf(shape, live), itemsOf(shape, config)];
  const [left, right] = [[...old.keys()], [...fresh.keys()]];
  const shared = right.filter((element) => old.has(element));
  const merged: Json[] = [];
  const done = new Set<string>();
  const take = (element: string): void => {
    const value = mergeValues(shape.item, old.get(element), fresh.get(element));
    if (value !== undefined) merged.push(value);
    done.add(element);
    if (shared[0] === element) shared.shift();
  };
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [ours, theirs] = [left[l], right[r]];
    if (
      ours !== undefined &&
      (done.has(ours) || (ours !== theirs && fresh.has(ours) && theirs !== undefined && shared[0] !== ours))
    ) {
      // Stands further on in the order that is configured.
      l += 1;
    } else if (ours !== undefined && !fresh.has(ours)) {
      take(ours);
      l += 1;
    } else if (theirs !== undefined) {
      if (!done.has(theirs)) take(theirs);
      if (ours === theirs) l += 1;
      r += 1;
    } else l += 1;
  }
  return merged;
}

/** A value without some of its fields (structured-merge-diff `typed/remove.go`); null where nothing is left. */
export function withoutFields(shape: Shape, value: Json, gone: FieldSet): Json {
  if (shape.is === 'leaf' || isNothing(value)) return value;
  if (shape.is === 'list') {
    const left = (Array.isArray(value) ? value : []).flatMap((item) => {
      const named = itemElement(shape, item);
      if (!('element' in named)) return [item];
      if (hasElement(gone, named.element)) return [];
      const below = belowElement(gone, named.element);
      return [isEmptySet(below) ? item : withoutFields(shape.item, item, below)];
    });
    return left.length > 0 ? left : null;
  }
  const left: JsonObject = {};
  for (const [name, inner] of Object.entries(isObject(value) ? value : {})) {
    const element = `f:${name}`;
    if (hasElement(gone, element)) continue;
    const child = childShape(shape, name);
    const below = belowElement(gone, element);
    setField(left, name, child && !isEmptySet(below) ? withoutFields(child, inner, below) : inner);
  }
  return Object.keys(left).length > 0 ? left : null;
}

/** A set with the named fields above its members as members, too (`fieldpath/set.go`, EnsureNamedFieldsAreMembers). */
export function withNamed(shape: Shape | undefined, set: FieldSet): FieldSet {
  const children = new Map<string, FieldNode>();
  for (const [element, node] of set.children) {
    const named = shape?.is === 'struct' && element.startsWith('f:') && shape.row.byName.has(element.slice(2));
    const child = shape?.is === 'list' ? shape.item : shape && childShape(shape, element.slice(2));
    const above = named && node.children.size > 0;
    children.set(element, { member: node.member || above, children: withNamed(child, node).children });
  }
  return { children };
}
