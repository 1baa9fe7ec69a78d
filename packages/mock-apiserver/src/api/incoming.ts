import type { KubeObject } from '@portolan/shared';
import { badRequest, invalid } from '../api-error.ts';
import { complain, type FieldValidation, unhandled } from './field-validation.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import type { ResourceRequest } from './request.ts';
import { groupVersion, type ServedResource } from './resource.ts';
import { CUSTOM_OBJECT, kindType, kindTypeOf } from './schema/kind-type.ts';
import { asTyped, TypeMismatch } from './schema/typed.ts';

/** How a body is read into its kind. */
export interface Reading {
  directive: FieldValidation;
  /** What else a strict reader complains of, such as names that stand twice. */
  duplicates(): string[];
  /** Throws what the sender of what cannot be decoded is told. */
  refuse(problem: string | TypeMismatch): never;
  warn(warning: string): void;
}

/** The type of what a group-version serves; throws for a kind that the table of types does not have. */
export function servedType({ group, version, resource }: ServedResource): string {
  const type = resource.definition === undefined ? kindType(group, version, resource.kind) : CUSTOM_OBJECT;
  if (type === undefined) throw new Error(`${resource.kind} of ${groupVersion(group, version)} has no type`);
  return type;
}

function checkKind(body: JsonObject, { served }: ResourceRequest): void {
  const expected = groupVersion(served.group, served.version);
  const { apiVersion = expected, kind = served.resource.kind } = body;
  if (apiVersion === expected && kind === served.resource.kind) return;
  throw badRequest(
    `the object provided is unrecognized (must be of type ${served.resource.kind}): got ${String(kind)} of ${String(apiVersion)}, expected ${expected}`,
  );
}

/** A body as its type has it, complaints told. */
function decode(body: JsonObject, request: ResourceRequest, reading: Reading): JsonObject {
  try {
    const { value, unknown } = asTyped(servedType(request.served), body);
    const problems = () => [...reading.duplicates(), ...unknown.map((path) => `unknown field "${path}"`)];
    complain(reading.directive, problems, reading);
    return value;
  } catch (error) {
    if (error instanceof TypeMismatch) reading.refuse(error);
    throw error;
  }
}

/** The metadata of what was sent, with the namespace and name that its path gives. */
function located(sent: JsonObject, { method, namespace, name }: ResourceRequest): KubeObject['metadata'] {
  const metadata = { ...(isObject(sent.metadata) ? sent.metadata : {}) } as unknown as KubeObject['metadata'];
  if (namespace && metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  if (namespace) metadata.namespace = namespace;
  if (method === 'PUT' && name && !metadata.name) {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  }
  if (name && metadata.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (name) metadata.name = name;
  return metadata;
}

/** The object of a body in the version it is stored in, checked against the request's kind, name and namespace. */
export function incomingObject(body: JsonObject, request: ResourceRequest, reading: Reading): KubeObject {
  const { served, subresource, name } = request;
  const { resource } = served;
  checkKind(body, request);
  if (body.metadata !== undefined && body.metadata !== null && !isObject(body.metadata)) {
    unhandled(request, 'metadata must be an object');
  }
  const decoded = decode(body, request, reading);
  const metadata = located(decoded, request);
  if (resource.needsSpec && subresource === undefined && !isObject(body.spec)) {
    const cause = { reason: 'FieldValueRequired', message: 'Required value', field: 'spec' };
    throw invalid(resource, name ?? metadata.name ?? '', [cause]);
  }
  const object = { ...decoded, metadata } as unknown as KubeObject;
  const { apiVersion, kind } = resource;
  const stored = { ...(served.conversion?.toStored(object) ?? object), apiVersion, kind };
  return apiVersion === groupVersion(served.group, served.version) ? stored : canonical(stored);
}

/** A stored object as its type has it: what clients write is compared with that. */
export function canonical(object: KubeObject): KubeObject {
  const type = kindTypeOf(object.apiVersion ?? '', object.kind ?? '');
  if (type === undefined) return object;
  return asTyped(type, object as unknown as JsonObject).value as unknown as KubeObject;
}
