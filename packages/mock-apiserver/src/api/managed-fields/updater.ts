import type { JsonObject } from '../patch/json.ts';
import { isObject } from '../patch/json.ts';
import { ApplyConflicts, conflictsIn } from './conflicts.ts';
import {
  deepDifference,
  difference,
  emptySet,
  type FieldSet,
  intersection,
  isEmptySet,
  setOf,
  union,
} from './field-set.ts';
import { capManagers, type Managed, type Manager, type Managers, managerKey } from './managers.ts';
import type { Shape } from './shape.ts';
import { type Comparison, compare, fieldsOf, isSame, mergeValues, withNamed, withoutFields } from './walk.ts';

/** An object in the versions that its managers speak of. */
export interface Versions {
  /** The shape of the object in a version; undefined for one that is not served. */
  shape(apiVersion: string): Shape | undefined;
  /** An object from one version to another; both have a shape. */
  convert(object: JsonObject, from: string, to: string): JsonObject;
}

/** One write: who makes it, when, and what it may not set. */
export interface Writing {
  manager: Manager;
  time: string;
  versions: Versions;
  ignored: FieldSet;
  /** Leaves of what the manager would own what it may. */
  trim?(fields: FieldSet): FieldSet;
}

/** What is never owned (`managedfields/internal/stripmeta.go`). */
const STRIPPED = setOf(
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields'].map(
    (name) => ['f:metadata', `f:${name}`],
  ),
  ['f:metadata', 'f:resourceVersion'],
);

function needShape({ versions, manager }: Writing): Shape {
  const shape = versions.shape(manager.apiVersion);
  if (!shape) throw new Error(`${manager.apiVersion} has no shape`);
  return shape;
}

/**
 * Takes from the managers what a change takes from them (`merge/update.go`, update): what it removes, and what it changes
 * that is theirs. Throws ApplyConflicts for the latter unless forced. Answers the change as the writer's version has it.
 */
function takeFrom(
  managers: Managers,
  before: JsonObject,
  after: JsonObject,
  writing: Writing,
  { self, force }: { self: string | undefined; force: boolean },
): Comparison {
  const { versions, manager, ignored } = writing;
  const exclude = ({ added, modified, removed }: Comparison): Comparison => ({
    added: deepDifference(added, ignored),
    modified: deepDifference(modified, ignored),
    removed: deepDifference(removed, ignored),
  });
  const own = exclude(compare(needShape(writing), before, after));
  const byVersion = new Map<string, Comparison>([[manager.apiVersion, own]]);
  const inVersion = (apiVersion: string): Comparison | undefined => {
    const known = byVersion.get(apiVersion);
    const shape = versions.shape(apiVersion);
    if (known || !shape) return known;
    const [old, fresh] = [before, after].map((object) => versions.convert(object, manager.apiVersion, apiVersion));
    const made = exclude(compare(shape, old ?? {}, fresh ?? {}));
    byVersion.set(apiVersion, made);
    return made;
  };
  const conflicts: Managed[] = [];
  const left = new Map<string, Managed | undefined>();
  for (const [key, managed] of managers) {
    if (key === self) continue;
    const change = inVersion(managed.manager.apiVersion);
    if (!change) {
      left.set(key, undefined);
      continue;
    }
    const taken = intersection(managed.fields, union(change.modified, change.added));
    if (!isEmptySet(taken)) conflicts.push({ ...managed, fields: taken });
    left.set(key, { ...managed, fields: difference(difference(managed.fields, taken), change.removed) });
  }
  if (conflicts.length > 0 && !force) throw new ApplyConflicts(conflictsIn(conflicts));
  for (const [key, managed] of left) {
    if (managed && !isEmptySet(managed.fields)) managers.set(key, managed);
    else managers.delete(key);
  }
  return own;
}

/** Books a write that was made otherwise than by applying: its manager owns what it added and changed. */
export function bookUpdate(managers: Managers, before: JsonObject, after: JsonObject, writing: Writing): Managers {
  const next: Managers = new Map(managers);
  const { manager, time, ignored } = writing;
  const change = takeFrom(next, before, after, writing, { self: undefined, force: true });
  const changed = difference(union(change.modified, change.added), change.removed);
  const owned = difference(deepDifference(changed, ignored), STRIPPED);
  const fields = writing.trim?.(owned) ?? owned;
  if (!isEmptySet(fields)) {
    const key = managerKey(manager);
    const known = next.get(key)?.fields ?? emptySet();
    next.set(key, { manager, fields: union(known, fields), time });
  }
  capManagers(next);
  return next;
}

/**
 * Takes out what the manager applied before and does not any more, unless somebody else owns it (`merge/update.go`, prune).
 */
function prune(merged: JsonObject, managers: Managers, last: Managed, writing: Writing): JsonObject {
  const { versions, manager } = writing;
  const lastVersion = last.manager.apiVersion;
  const lastShape = versions.shape(lastVersion);
  if (!lastShape) return merged;
  const without = (shape: Shape, object: JsonObject, gone: FieldSet): JsonObject => {
    const left = withoutFields(shape, object, gone);
    return isObject(left) ? left : {};
  };
  const start = versions.convert(merged, manager.apiVersion, lastVersion);
  const lastFields = withNamed(lastShape, last.fields);
  let pruned = without(lastShape, start, lastFields);
  let version = lastVersion;
  const owned = new Map<string, FieldSet>();
  for (const { manager: other, fields } of managers.values()) {
    owned.set(other.apiVersion, union(owned.get(other.apiVersion) ?? emptySet(), fields));
  }
  for (const [apiVersion, fields] of owned) {
    const shape = versions.shape(apiVersion);
    if (!shape) continue;
    const whole = versions.convert(merged, manager.apiVersion, apiVersion);
    const left = versions.convert(pruned, version, apiVersion);
    const kept = union(withNamed(shape, fieldsOf(shape, left)), withNamed(shape, fields));
    pruned = without(shape, whole, difference(withNamed(shape, fieldsOf(shape, whole)), kept));
    version = apiVersion;
  }
  const back = versions.convert(pruned, version, lastVersion);
  const gone = difference(
    withNamed(lastShape, fieldsOf(lastShape, start)),
    withNamed(lastShape, fieldsOf(lastShape, back)),
  );
  const final = without(lastShape, start, intersection(gone, lastFields));
  return versions.convert(final, lastVersion, manager.apiVersion);
}

/** What applying came to: the object, or none where it stays as it is; and who manages what then. */
export interface Applied {
  object: JsonObject | undefined;
  managers: Managers;
}

/**
 * Applies what is configured to what is live (`merge/update.go`, Apply): merges, takes out what is not configured any more,
 * and books it. Throws ApplyConflicts where that would change what others set, unless forced.
 */
export function applyConfig(
  managers: Managers,
  live: JsonObject,
  config: JsonObject,
  writing: Writing,
  force: boolean,
): Applied {
  const { manager, time, ignored } = writing;
  const shape = needShape(writing);
  const key = managerKey(manager);
  const last = managers.get(key);
  const merged = mergeValues(shape, live, config);
  const fields = deepDifference(fieldsOf(shape, config), ignored);
  const next: Managers = new Map(managers);
  next.set(key, { manager, fields, time: last?.time });
  const whole = isObject(merged) ? merged : {};
  const object = last && !isEmptySet(last.fields) ? prune(whole, next, last, writing) : whole;
  const same = isSame(takeFrom(next, live, object, writing, { self: key, force }));
  const stripped = difference(fields, STRIPPED);
  if (isEmptySet(stripped)) next.delete(key);
  else next.set(key, { manager, fields: stripped, time: same ? last?.time : time });
  return { object: same ? undefined : object, managers: next };
}
