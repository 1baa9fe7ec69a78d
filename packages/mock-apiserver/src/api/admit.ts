import type { KubeObject, Namespace } from '@portolan/shared';
import { ApiError, type Cause, invalid, notFound } from '../api-error.ts';
import { admitQuota } from './admission/quota.ts';
import { unhandled } from './field-validation.ts';
import type { ApiContext, ResourceRequest } from './request.ts';
import { validateMetadata } from './validation/names.ts';
import { validateEphemeralContainers, validateResize } from './validation/pod-parts.ts';

/** Defaults, then validation; throws Invalid with every complaint. */
export function admit(
  object: KubeObject,
  previous: KubeObject | undefined,
  request: ResourceRequest,
  context: ApiContext,
): void {
  const { resource, prepare } = request.served;
  const name = object.metadata.name ?? '';
  const causes: Cause[] = [];
  try {
    prepare?.(object, previous, context);
    causes.push(...validateMetadata(object, resource.nameRule, previous));
    causes.push(...(resource.validate?.(object, previous, context) ?? []));
  } catch (error) {
    // A field of another type than its kind gives it is the sender's mistake.
    if (!(error instanceof TypeError)) throw error;
    unhandled(request, error.message);
  }
  if (causes.length > 0) throw invalid(resource, name, causes);
  if (!previous) admitQuota(resource, object, context.store);
}

/** Whether the subresources of a kind have rules of their own. */
const PART_RULES: Record<string, (object: KubeObject, previous: KubeObject) => Cause[]> = {
  ephemeralcontainers: validateEphemeralContainers,
  resize: validateResize,
};

/** As `admit`, for what a request changes: a write through a subresource is held to the rules of its part alone. */
export function admitChange(
  object: KubeObject,
  previous: KubeObject,
  request: ResourceRequest,
  context: ApiContext,
): void {
  const { subresource, served } = request;
  if (subresource === undefined) admit(object, previous, request, context);
  const causes = PART_RULES[subresource ?? '']?.(object, previous) ?? [];
  if (causes.length > 0) throw invalid(served.resource, object.metadata.name, causes);
}

/** Refuses a new object whose namespace is not there or is ending. */
export function needNamespace(request: ResourceRequest, context: ApiContext, object: KubeObject): void {
  const { namespace } = request;
  if (namespace === undefined) return;
  const found: Namespace | undefined = context.store.get('namespaces', { name: namespace });
  if (!found) throw notFound(context.store.resource('namespaces'), namespace);
  if (!found.metadata.deletionTimestamp) return;
  const { group, plural } = request.served.resource;
  throw new ApiError(
    'Forbidden',
    `${group ? `${plural}.${group}` : plural} "${object.metadata.name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name: object.metadata.name,
      kind: plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}
