import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from '../patch/json.ts';
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1, union } from './field-set.ts';

/** Who set fields, how, and through which version and subresource. */
export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
}

/** What a manager owns, and when it last changed something. */
export interface Managed {
  manager: Manager;
  fields: FieldSet;
  time: string | undefined;
}

/** All managers of an object, by what tells them apart. */
export type Managers = Map<string, Managed>;

/** What tells managers apart; for one that applies, its version does not (`BuildManagerIdentifier`). */
export function managerKey({ name, operation, apiVersion, subresource }: Manager): string {
  return JSON.stringify([name, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');

function decodeEntry(entry: Json): Managed | undefined {
  if (!isObject(entry)) return undefined;
  const { manager, operation, apiVersion, subresource, time, fieldsType, fieldsV1 } = entry;
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (textOf(apiVersion) === '' || fieldsType !== 'FieldsV1') return undefined;
  const fields = fromFieldsV1(fieldsV1 ?? {});
  if (!fields) return undefined;
  return {
    manager: { name: textOf(manager), operation, apiVersion: textOf(apiVersion), subresource: textOf(subresource) },
    fields,
    time: textOf(time) || undefined,
  };
}

/** The managers of `metadata.managedFields`; none where it cannot be read. */
export function decodeManagers(entries: Json | undefined): Managers {
  const managers: Managers = new Map();
  for (const entry of Array.isArray(entries) ? entries : []) {
    const managed = decodeEntry(entry);
    if (!managed) return new Map();
    managers.set(managerKey(managed.manager), managed);
  }
  return managers;
}

/** Whether a client asks to forget all managers: an empty list, or one with an empty entry. */
export function isReset(entries: Json | undefined): boolean {
  if (!Array.isArray(entries)) return false;
  const [only] = entries;
  return entries.length === 0 || (entries.length === 1 && isObject(only) && Object.values(only).every((each) => !each));
}

function order(a: Managed, b: Managed): number {
  const keys = ({ manager, time = '' }: Managed) => [
    manager.operation,
    time,
    manager.name,
    manager.apiVersion,
    manager.subresource,
  ];
  const [left, right] = [keys(a), keys(b)];
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** `metadata.managedFields` as it is written; undefined where nobody manages anything. */
export function encodeManagers(managers: Managers): JsonObject[] | undefined {
  const entries = [...managers.values()].filter(({ fields }) => !isEmptySet(fields)).sort(order);
  if (entries.length === 0) return undefined;
  return entries.map(({ manager: { name, operation, apiVersion, subresource }, fields, time }) => ({
    manager: name,
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(fields),
    ...(subresource && { subresource }),
  }));
}

/** The most managers that update before the oldest are put together (`DefaultMaxUpdateManagers`). */
const MOST_UPDATERS = 10;

/** Puts the oldest updaters of a version together until there are no more than ten (`capmanagers.go`). */
export function capManagers(managers: Managers): void {
  const updaters = [...managers.values()].filter(({ manager }) => manager.operation === 'Update');
  let count = updaters.length;
  if (count <= MOST_UPDATERS) return;
  updaters.sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  const first = new Map<string, Managed>();
  for (const updater of updaters) {
    if (count <= MOST_UPDATERS) return;
    const { apiVersion } = updater.manager;
    const oldest = first.get(apiVersion);
    if (!oldest) {
      first.set(apiVersion, updater);
      continue;
    }
    const manager: Manager = { name: 'ancient-changes', operation: 'Update', apiVersion, subresource: '' };
    const bucket = managers.get(managerKey(manager)) ?? oldest;
    managers.delete(managerKey(oldest.manager));
    managers.delete(managerKey(updater.manager));
    const fields = union(updater.fields, bucket.fields);
    managers.set(managerKey(manager), { manager, fields, time: updater.time });
    count -= 1;
  }
}
