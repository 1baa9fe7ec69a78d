import type { Json } from '@portolan/shared';
import { ApiError, badRequest, conflict } from '../api-error.ts';
import { APPLY, applyObject } from './apply-object.ts';
import { decodeBody, duplicatesIn, mediaType } from './body.ts';
import { fieldValidation, unpatchable } from './field-validation.ts';
import { incomingObject, type Reading, servedType } from './incoming.ts';
import { converterError, goPrinted } from './patch/go-printed.ts';
import { isObject } from './patch/json.ts';
import { jsonPatch } from './patch/json-patch.ts';
import { mergePatch } from './patch/merge-patch.ts';
import { strategicMergePatch } from './patch/strategic-merge-patch.ts';
import { presentObject, versioned } from './present.ts';
import { presentationOf } from './read.ts';
import type { ApiContext, Reply, ResourceRequest } from './request.ts';
import { rewrite } from './write.ts';

const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';

/** A patch that waits for its target. */
export interface Patch {
  type: string;
  document: Json;
  apply(target: Json): Json;
}

/** Patches by their type, but for those that are applied. */
const PATCHES: Record<string, (kind: string, target: Json, patch: Json) => Json> = {
  [JSON_PATCH]: (_kind, target, patch) => jsonPatch(target, patch),
  'application/merge-patch+json': (_kind, target, patch) => mergePatch(target, patch),
  [STRATEGIC]: strategicMergePatch,
};

/** The patch of a request for an object of the type `kind`, by its content type; 415 for one that is not served. */
export function patchOf(request: ResourceRequest, kind: string): Patch {
  const type = mediaType(request.contentType);
  const known = Object.keys(PATCHES).filter(
    (one) => one !== STRATEGIC || request.served.resource.definition === undefined,
  );
  const patcher = known.includes(type) ? PATCHES[type] : undefined;
  if (!patcher) {
    throw new ApiError(
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${[...known, APPLY].join(', ')}`,
    );
  }
  const document = decodeBody(request.body, type);
  return { type, document, apply: (target) => patcher(kind, target, document) };
}

/** Reads what a patch leaves: complaints show a strategic patch itself, and of the others what they would leave. */
function patchReading(request: ResourceRequest, patch: Patch, patched: Json, warnings: string[]): Reading {
  const strategic = patch.type === STRATEGIC;
  const shown = () => (strategic ? goPrinted(patch.document) : JSON.stringify(patched));
  return {
    directive: fieldValidation(request),
    duplicates: () => (patch.type === JSON_PATCH ? [] : duplicatesIn(request.body, request.contentType)),
    refuse: (problem) => {
      if (typeof problem === 'string') return unpatchable(shown(), problem);
      return unpatchable(shown(), strategic ? converterError(problem) : problem.message);
    },
    warn: (warning) => warnings.push(warning),
  };
}

/** `PATCH` of an object or of its status; of one that need not be there, where it is applied. */
export function patchObject(request: ResourceRequest, context: ApiContext): Reply {
  if (mediaType(request.contentType) === APPLY) return applyObject(request, context);
  const { served } = request;
  const patch = patchOf(request, servedType(served));
  const warnings: string[] = [];
  const written = rewrite(request, context, (previous) => {
    const patched = patch.apply(versioned(previous, served) as unknown as Json);
    if (!isObject(patched)) throw badRequest('the patch must leave an object');
    const next = incomingObject(patched, request, patchReading(request, patch, patched, warnings));
    const { resourceVersion } = next.metadata;
    if (resourceVersion && resourceVersion !== previous.metadata.resourceVersion) {
      throw conflict(served.resource, previous.metadata.name);
    }
    return { object: next };
  });
  return { status: 200, body: presentObject(written, presentationOf(request, context)), warnings };
}
