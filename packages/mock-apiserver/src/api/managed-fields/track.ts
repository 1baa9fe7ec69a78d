import { isDeepStrictEqual } from 'node:util';
import type { Json, KubeObject } from '@portolan/shared';
import { toTime } from '../../time.ts';
import { servedBy } from '../custom/custom-resources.ts';
import { servedType } from '../incoming.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import { versioned } from '../present.ts';
import type { ApiContext, ResourceRequest } from '../request.ts';
import { groupVersion, type ServedResource } from '../resource.ts';
import { asTyped } from '../schema/typed.ts';
import { withoutAssigned } from './assigned.ts';
import { emptySet, setOf } from './field-set.ts';
import { decodeManagers, encodeManagers, isReset, type Manager, type Managers } from './managers.ts';
import { shapeOf } from './shape.ts';
import { bookUpdate, type Versions, type Writing } from './updater.ts';
import { fieldsOf } from './walk.ts';

const versionOf = ({ group, version }: ServedResource) => groupVersion(group, version);

/** An object as one version of its kind shows it, as its type has it, without its managers. */
export function typedIn(served: ServedResource, object: KubeObject): JsonObject {
  const shown = versioned(object, served) as unknown as JsonObject;
  const { managedFields: _managers, ...metadata } = isObject(shown.metadata) ? shown.metadata : {};
  return asTyped(servedType(served), { ...shown, metadata }).value;
}

/** What there is before anything is created. */
export function nothingOf(served: ServedResource): JsonObject {
  return asTyped(servedType(served), { apiVersion: versionOf(served), kind: served.resource.kind }).value;
}

/** A resource in all the versions that serve it. */
function versionsOf({ resource }: ServedResource, { store }: ApiContext): Versions {
  const served = new Map(
    servedBy(store)
      .filter((each) => each.resource.key === resource.key)
      .map((each) => [versionOf(each), each]),
  );
  return {
    shape: (apiVersion) => {
      const one = served.get(apiVersion);
      return one && shapeOf(servedType(one));
    },
    convert: (object, from, to) => {
      const [source, target] = [served.get(from), served.get(to)];
      if (from === to || !source || !target) return object;
      const given = object as unknown as KubeObject;
      const stored = { ...(source.conversion?.toStored(given) ?? given), apiVersion: resource.apiVersion };
      return typedIn(target, stored);
    },
  };
}

/** Who writes: as the request says, else the first word of its user agent (`managerOrUserAgent` in apiserver). */
function managerName({ query, userAgent = '' }: ResourceRequest): string {
  const asked = query.get('fieldManager');
  if (asked) return asked;
  return (userAgent.split('/')[0] ?? '').replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 128) || 'unknown';
}

/** Who makes a request's change, when, and what it may not own: what the other half of the object is for. */
export function writingOf(request: ResourceRequest, context: ApiContext, operation: Manager['operation']): Writing {
  const { served, subresource = '' } = request;
  const hasStatus = served.resource.subresources.includes('status');
  const other = subresource === 'status' ? 'f:spec' : 'f:status';
  return {
    manager: { name: managerName(request), operation, apiVersion: versionOf(served), subresource },
    time: toTime(context.clock.now()),
    versions: versionsOf(served, context),
    ignored: hasStatus ? setOf([other]) : emptySet(),
  };
}

/** `metadata.managedFields` of an object; undefined where it has none. */
export function managedFieldsOf({ metadata }: KubeObject): Json | undefined {
  return (metadata as { managedFields?: Json }).managedFields;
}

/** Puts managers into an object, or takes them out. */
export function setManagers(object: KubeObject, managers: Managers): void {
  const metadata = object.metadata as { managedFields?: Json };
  const entries = encodeManagers(managers);
  if (entries) metadata.managedFields = entries;
  else delete metadata.managedFields;
}

/** The managers that a write starts from: those that it sends, where it may, else those of what is there. */
function managersBefore(request: ResourceRequest, live: KubeObject | undefined, sent: Json | undefined): Managers {
  if (request.subresource === undefined) {
    if (isReset(sent)) return new Map();
    const own = decodeManagers(sent);
    if (own.size > 0) return own;
  }
  return decodeManagers(live && managedFieldsOf(live));
}

/** Books, in an object about to be stored, who set its fields. */
export type Booking = (object: KubeObject) => void;

/**
 * Begins to book a write: `sent` is what is to stand before the cluster adds to it, `live` what stands there. Nobody is
 * booked for an object that nobody manages, unless a client makes it (`managedfields/internal/skipnonapplied.go`); what
 * the cluster itself writes is not booked.
 */
export function beginBooking(
  request: ResourceRequest,
  context: ApiContext,
  live: KubeObject | undefined,
  sent: KubeObject,
): Booking {
  const managers = managersBefore(request, live, managedFieldsOf(sent));
  const isClient = request.userAgent !== undefined || request.query.has('fieldManager');
  if (managers.size === 0 && (live !== undefined || !isClient)) return (object) => setManagers(object, managers);
  const { served } = request;
  const wanted = fieldsOf(shapeOf(servedType(served)), typedIn(served, sent));
  const before = live ? typedIn(served, live) : nothingOf(served);
  const writing: Writing = {
    ...writingOf(request, context, 'Update'),
    trim: (fields) => withoutAssigned(served.resource.key, fields, wanted),
  };
  return (object) => setManagers(object, bookUpdate(managers, before, typedIn(served, object), writing));
}

/** Leaves the times of managers as they were where a write changes nothing else. */
export function keepTimes(live: KubeObject, object: KubeObject): void {
  const timeless = (one: KubeObject) => {
    const { managedFields, ...metadata } = one.metadata as KubeObject['metadata'] & { managedFields?: Json };
    const entries = Array.isArray(managedFields) ? managedFields : [];
    const managers = entries.map((entry) => (isObject(entry) ? { ...entry, time: null } : entry));
    return { ...one, metadata: { ...metadata, managers } };
  };
  const before = managedFieldsOf(live);
  if (before === undefined || isDeepStrictEqual(before, managedFieldsOf(object))) return;
  if (isDeepStrictEqual(timeless(live), timeless(object))) {
    (object.metadata as { managedFields?: Json }).managedFields = before;
  }
}
