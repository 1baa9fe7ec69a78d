import type { KubeObject, Pod, PodTemplateSpec } from '@portolan/shared';
import { admitQuota } from '../api/admission/quota.ts';
import type { ApiResource } from '../api/resource.ts';
import { RESOURCES } from '../api/resources.ts';
import { ApiError } from '../api-error.ts';
import type { ObjectOf } from '../store/kinds.ts';
import type { NewObject } from '../store/store.ts';
import { copyOf } from '../store/structure.ts';
import type { ControllerContext } from './context.ts';
import type { EventSource } from './event-recorder.ts';
import { controllerRef } from './ownership.ts';

const ROWS: ReadonlyMap<string, ApiResource> = new Map(RESOURCES.map((resource) => [resource.key, resource]));

const TERMINATING = 'NamespaceTerminating';

/**
 * Creates an object as a controller's request would: with the defaults that the API fills in, and nothing new in a namespace
 * that ends, which is Forbidden. Parts of `object` must not be used again.
 */
export function createDefaulted<K extends string>(
  context: ControllerContext,
  key: K,
  object: NewObject<ObjectOf<K>>,
): ObjectOf<K> {
  const { namespace = '' } = object.metadata;
  if (context.store.get('namespaces', { name: namespace })?.metadata.deletionTimestamp) {
    throw new ApiError(
      'Forbidden',
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      { causes: [{ reason: TERMINATING, message: `namespace ${namespace} is being terminated`, field: '' }] },
    );
  }
  ROWS.get(key)?.prepare?.(object as unknown as KubeObject, undefined, context);
  admitQuota(context.store.resource(key), object as unknown as KubeObject, context.store);
  return context.store.create(key, object);
}

/** How a controller's pod differs from its template. */
export interface PodIdentity {
  name?: string;
  generateName?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  spec?: Partial<Pod['spec']>;
}

function podFrom(owner: KubeObject, template: PodTemplateSpec, identity: PodIdentity): NewObject<Pod> {
  const { namespace } = owner.metadata;
  const { name, generateName = `${owner.metadata.name}-`, spec } = identity;
  const annotations = { ...template.metadata?.annotations, ...identity.annotations };
  return {
    metadata: {
      ...(name && { name }),
      generateName,
      ...(namespace && { namespace }),
      labels: { ...template.metadata?.labels, ...identity.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerRef(owner)],
    },
    spec: { ...copyOf(template.spec), ...spec },
  };
}

/**
 * Creates a pod from `template` for `owner`, named after it. A refusal is told as FailedCreate, unless the namespace ends,
 * and thrown (`createPods` in `pkg/controller/controller_utils.go`).
 */
export function createPod(
  context: ControllerContext,
  source: EventSource,
  owner: KubeObject,
  template: PodTemplateSpec,
  identity: PodIdentity = {},
): Pod {
  try {
    return createDefaulted(context, 'pods', podFrom(owner, template, identity));
  } catch (error) {
    if (error instanceof ApiError && !error.details?.causes?.some(({ reason }) => reason === TERMINATING)) {
      const message = `Error creating: ${error.message}`;
      context.events.record(owner, source, { type: 'Warning', reason: 'FailedCreate', message });
    }
    throw error;
  }
}

/** As `createPod`, and tells `Created pod: x`. */
export function createTold(
  context: ControllerContext,
  source: EventSource,
  owner: KubeObject,
  template: PodTemplateSpec,
  identity: PodIdentity = {},
): Pod {
  const pod = createPod(context, source, owner, template, identity);
  const message = `Created pod: ${pod.metadata.name}`;
  context.events.record(owner, source, { type: 'Normal', reason: 'SuccessfulCreate', message });
  return pod;
}

/** Deletes a pod of `owner` and tells `Deleted pod: x`. */
export function deleteTold(context: ControllerContext, source: EventSource, owner: KubeObject, pod: Pod): void {
  context.store.delete('pods', pod.metadata, { uid: pod.metadata.uid });
  const message = `Deleted pod: ${pod.metadata.name}`;
  context.events.record(owner, source, { type: 'Normal', reason: 'SuccessfulDelete', message });
}
