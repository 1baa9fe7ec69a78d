import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '@portolan/shared';
import { admit, admitChange, needNamespace } from './admit.ts';
import { decodeObject, duplicatesIn } from './body.ts';
import { confined } from './confine.ts';
import { fieldValidation, unhandled } from './field-validation.ts';
import { canonical, incomingObject, type Reading } from './incoming.ts';
import { type Booking, beginBooking, keepTimes } from './managed-fields/track.ts';
import { presentObject } from './present.ts';
import { presentationOf } from './read.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';

/** Whether a request is answered as if it had been done, and nothing is written. */
export const isDryRun = ({ query }: ResourceRequest) => query.get('dryRun') === 'All';

/** Reads the body of a request as an object of its kind. */
function bodyReading(request: ResourceRequest, warnings: string[]): Reading {
  return {
    directive: fieldValidation(request),
    duplicates: () => duplicatesIn(request.body, request.contentType),
    refuse: (problem) => unhandled(request, typeof problem === 'string' ? problem : problem.message),
    warn: (warning) => warnings.push(warning),
  };
}

/** The object that a request's body describes; what a lenient reader passes over is added to `warnings`. */
export function objectOf(request: ResourceRequest, warnings: string[]): KubeObject {
  return incomingObject(decodeObject(request.body, request.contentType), request, bodyReading(request, warnings));
}

/** Stores a new object, or shows it as it would be stored; `book` says who set its fields. */
export function storeNew(
  request: ResourceRequest,
  context: ApiContext,
  object: KubeObject,
  book: Booking = beginBooking(request, context, undefined, object),
): KubeObject {
  needNamespace(request, context, object);
  admit(object, undefined, request, context);
  book(object);
  const { key } = request.served.resource;
  return isDryRun(request) ? context.store.draft(key, object) : context.store.create(key, object);
}

/** `POST` of a new object. */
export function createObject(request: ResourceRequest, context: ApiContext): Reply {
  const warnings: string[] = [];
  const created = storeNew(request, context, objectOf(request, warnings));
  return { status: 201, body: presentObject(created, presentationOf(request, context)), warnings };
}

/** `wanted` with the parts that say the same as those of `stored` kept as they are stored. */
function settled(stored: KubeObject, wanted: KubeObject): KubeObject {
  const before = new Map<string, unknown>(Object.entries(canonical(stored)));
  const after = new Map<string, unknown>(Object.entries(canonical(wanted)));
  const kept = Object.entries(stored).filter(([part]) => isDeepStrictEqual(before.get(part), after.get(part)));
  return { ...wanted, ...Object.fromEntries(kept) };
}

/** What is to be written instead of an object; `book` says who set its fields, where that is not as in any other write. */
export interface Rewritten {
  object: KubeObject;
  book?: Booking;
}

/** Writes what `next` makes of an object, as far as this request may write it; `expect` is the version it must have. */
export function rewrite(
  request: ResourceRequest,
  context: ApiContext,
  next: (previous: KubeObject) => Rewritten,
  expect?: string,
): KubeObject {
  const { key } = request.served.resource;
  const ref = refOf(request);
  const change = (previous: KubeObject): KubeObject => {
    const stored = structuredClone(previous);
    const { object, book: given } = next(previous);
    const wanted = confined(stored, object, request.subresource, hasStatus(request));
    const book = given ?? beginBooking(request, context, stored, wanted);
    admitChange(wanted, stored, request, context);
    const generation = generationOf(request, wanted, stored);
    wanted.metadata = { ...wanted.metadata, ...(generation !== undefined && { generation }) };
    book(wanted);
    const written = settled(stored, wanted);
    keepTimes(stored, written);
    return written;
  };
  return isDryRun(request)
    ? context.store.revise(key, ref, change, expect)
    : context.store.update(key, ref, change, expect);
}

/** No user sets the generation; annotations raise it where they are part of what is wanted. */
function generationOf({ served, subresource }: ResourceRequest, wanted: KubeObject, stored: KubeObject) {
  const { generation } = stored.metadata;
  if (generation === undefined || subresource !== undefined || !served.resource.annotationsAreIntent) return generation;
  const same = isDeepStrictEqual(wanted.metadata.annotations ?? {}, stored.metadata.annotations ?? {});
  return same ? generation : generation + 1;
}

/** Whether the kind keeps its status apart from its spec. */
const hasStatus = ({ served }: ResourceRequest) => served.resource.subresources.includes('status');

/** `PUT` of a whole object or of its status. */
export function replaceObject(request: ResourceRequest, context: ApiContext): Reply {
  const warnings: string[] = [];
  const object = objectOf(request, warnings);
  const written = rewrite(request, context, () => ({ object }), object.metadata.resourceVersion);
  return { status: 200, body: presentObject(written, presentationOf(request, context)), warnings };
}
