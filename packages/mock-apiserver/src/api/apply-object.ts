import type { KubeObject } from '@portolan/shared';
import { ApiError, badRequest, conflict, invalid } from '../api-error.ts';
import { decodeObject, duplicatesIn } from './body.ts';
import { fieldValidation } from './field-validation.ts';
import { incomingObject, servedType } from './incoming.ts';
import { parseFlag } from './list-options.ts';
import { ApplyConflicts } from './managed-fields/conflicts.ts';
import { difference, type FieldSet, union } from './managed-fields/field-set.ts';
import { lastAppliedOf, setLastApplied } from './managed-fields/last-applied.ts';
import { decodeManagers, type Managers } from './managed-fields/managers.ts';
import { shapeOf } from './managed-fields/shape.ts';
import { managedFieldsOf, nothingOf, setManagers, typedIn, writingOf } from './managed-fields/track.ts';
import { type Applied, applyConfig, bookUpdate, type Writing } from './managed-fields/updater.ts';
import { configErrors } from './managed-fields/validate-config.ts';
import { compare, fieldsOf } from './managed-fields/walk.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { presentObject } from './present.ts';
import { presentationOf } from './read.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { groupVersion } from './resource.ts';
import { type Rewritten, rewrite, storeNew } from './write.ts';

/** The media type of what is to be applied (KEP-555). */
export const APPLY = 'application/apply-patch+yaml';

/** Who owned the fields of an object that nobody was booked for, when it is first applied to. */
const BEFORE_FIRST_APPLY = 'before-first-apply';

/** The name under which kubectl applies; what it applied on its side before is its own here, too. */
const KUBECTL = 'kubectl';

const PATCH_OPTIONS = { group: 'meta.k8s.io', plural: 'patchoptions', kind: 'PatchOptions' };

function needManager({ query }: ResourceRequest): void {
  if (query.get('fieldManager')) return;
  const message = 'Required value: is required for apply patch';
  throw invalid(PATCH_OPTIONS, '', [{ reason: 'FieldValueRequired', message, field: 'fieldManager' }]);
}

/** What is to be applied, checked against its type. */
function configOf(request: ResourceRequest, warnings: string[]): JsonObject {
  const { served, namespace = '', name = '' } = request;
  const config = decodeObject(request.body, request.contentType);
  const expected = groupVersion(served.group, served.version);
  const { apiVersion, kind, metadata } = config;
  const gvk = `${String(apiVersion ?? '')}, Kind=${String(kind ?? '')}`;
  if (apiVersion !== expected || kind !== served.resource.kind) throw badRequest(`invalid object type: ${gvk}`);
  if (isObject(metadata) && metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const [first, ...more] = configErrors(shapeOf(servedType(served)), config);
  if (first !== undefined) {
    const all = more.length === 0 ? first : ['errors:', ...[first, ...more].map((error) => `  ${error}`)].join('\n');
    throw new ApiError('Unknown', `failed to create typed patch object (${namespace}/${name}; ${gvk}): ${all}`);
  }
  const directive = fieldValidation(request);
  const twice = directive === 'Ignore' ? [] : duplicatesIn(request.body, request.contentType);
  if (directive === 'Strict' && twice.length > 0) throw badRequest(`error strict decoding YAML: ${twice.join(', ')}`);
  warnings.push(...twice);
  return config;
}

/** The fields that kubectl applied on its side and that still stand so: they are its own (`lastappliedmanager.go`). */
function ownBefore(request: ResourceRequest, live: JsonObject): FieldSet | undefined {
  const last = lastAppliedOf(live);
  const { served } = request;
  if (!last || last.apiVersion !== groupVersion(served.group, served.version)) return undefined;
  const shape = shapeOf(servedType(served));
  const { added, modified, removed } = compare(shape, last, live);
  return difference(fieldsOf(shape, last), union(added, union(modified, removed)));
}

function apply(
  request: ResourceRequest,
  managers: Managers,
  live: JsonObject,
  config: JsonObject,
  writing: Writing,
): Applied {
  const force = parseFlag(request.query.get('force'), 'force') ?? false;
  try {
    return applyConfig(managers, live, config, writing, force);
  } catch (error) {
    if (!(error instanceof ApplyConflicts)) throw error;
    const own = writing.manager.name === KUBECTL ? ownBefore(request, live) : undefined;
    const left = own ? error.except(own) : error.conflicts;
    if (left.length > 0) throw new ApplyConflicts(left).toApiError();
    return applyConfig(managers, live, config, writing, true);
  }
}

/** What applying makes of an object, or of none. */
function applied(
  request: ResourceRequest,
  context: ApiContext,
  config: JsonObject,
  stored: KubeObject | undefined,
): Required<Rewritten> {
  const { served } = request;
  const writing = writingOf(request, context, 'Apply');
  const live = stored ? typedIn(served, stored) : nothingOf(served);
  let managers = decodeManagers(stored && managedFieldsOf(stored));
  if (stored && managers.size === 0) {
    const manager = { ...writing.manager, name: BEFORE_FIRST_APPLY, operation: 'Update' as const };
    managers = bookUpdate(managers, nothingOf(served), live, { ...writing, manager });
  }
  const result = apply(request, managers, live, config, writing);
  const patched = result.object ?? live;
  if (writing.manager.name === KUBECTL) setLastApplied(patched, config);
  const object = incomingObject(patched, request, {
    directive: 'Ignore',
    duplicates: () => [],
    refuse: (problem) => {
      throw badRequest(typeof problem === 'string' ? problem : problem.message);
    },
    warn: () => undefined,
  });
  return { object, book: (wanted) => setManagers(wanted, result.managers) };
}

/** Applies what the body configures to an object, or makes it (KEP-555). */
export function applyObject(request: ResourceRequest, context: ApiContext): Reply {
  needManager(request);
  const warnings: string[] = [];
  const config = configOf(request, warnings);
  const { resource } = request.served;
  const { uid, resourceVersion } = isObject(config.metadata) ? config.metadata : {};
  const name = request.name ?? '';
  if (context.store.get(resource.key, refOf(request)) || request.subresource !== undefined) {
    const written = rewrite(request, context, (stored) => {
      if (resourceVersion && resourceVersion !== stored.metadata.resourceVersion) throw conflict(resource, name);
      if (uid && uid !== stored.metadata.uid) {
        const why = `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${stored.metadata.uid}`;
        throw conflict(resource, name, why);
      }
      return applied(request, context, config, stored);
    });
    return { status: 200, body: presentObject(written, presentationOf(request, context)), warnings };
  }
  if (uid) {
    const why = `uid mismatch: the provided object specified uid ${String(uid)}, and no existing object was found`;
    throw conflict(resource, name, why);
  }
  const { object, book } = applied(request, context, config, undefined);
  const created = storeNew(request, context, object, book);
  return { status: 201, body: presentObject(created, presentationOf(request, context)), warnings };
}
