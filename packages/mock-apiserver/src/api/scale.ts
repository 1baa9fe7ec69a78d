import type { Deployment, Json, KubeObject } from '@portolan/shared';
import { formatSelector, fromLabelSelector, fromMap, humanDuration } from '@portolan/shared';
import { badRequest, conflict, invalid } from '../api-error.ts';
import { negotiateShape } from './accept.ts';
import { decodeObject } from './body.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { patchOf } from './patch-object.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { rewrite } from './write.ts';

type Scalable = KubeObject & Pick<Deployment, 'spec' | 'status'>;

/** The `autoscaling/v1` Scale of a workload. */
function scaleOf(object: KubeObject): JsonObject {
  const { metadata, spec, status, kind } = object as Scalable;
  const { name, namespace = '', uid, resourceVersion, creationTimestamp } = metadata;
  const selector =
    kind === 'ReplicationController'
      ? fromMap((spec.selector ?? {}) as Record<string, string>)
      : fromLabelSelector(spec.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: formatSelector(selector) },
  };
}

/** `GET …/scale`. */
export function getScale(request: ResourceRequest, context: ApiContext): Reply {
  const object = context.store.need(request.served.resource.key, refOf(request));
  const body = negotiateShape(request.accept) === 'table' ? scaleTable(object, context) : scaleOf(object);
  return { status: 200, body };
}

/** A Scale as `kubectl get --subresource=scale` prints it. */
function scaleTable(object: KubeObject, { clock }: ApiContext): unknown {
  const { metadata } = object;
  const { spec, status } = object as Scalable;
  const columns = [
    ['Name', 'string'],
    ['Desired', 'integer'],
    ['Available', 'integer'],
    ['Age', 'string'],
  ];
  const age = humanDuration(clock.now() - Date.parse(metadata.creationTimestamp));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: metadata.resourceVersion },
    columnDefinitions: columns.map(([name, type]) => ({ name, type, format: '', description: '', priority: 0 })),
    rows: [
      {
        cells: [metadata.name, spec.replicas ?? 0, status?.replicas ?? 0, age],
        object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
      },
    ],
  };
}

function writeScale(request: ResourceRequest, context: ApiContext, next: (scale: JsonObject) => Json): Reply {
  const { resource } = request.served;
  const written = rewrite(request, context, (previous) => {
    const scale = next(scaleOf(previous));
    const spec = isObject(scale) ? scale.spec : undefined;
    const replicas = isObject(spec) ? (spec.replicas ?? 0) : undefined;
    if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
      throw badRequest(`spec.replicas of a Scale must be a whole number, not ${JSON.stringify(replicas)}`);
    }
    if (replicas < 0) {
      const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
      throw invalid({ group: 'autoscaling', plural: 'scales', kind: 'Scale' }, previous.metadata.name, [
        { reason: 'FieldValueInvalid', message, field: 'spec.replicas' },
      ]);
    }
    const metadata = isObject(scale) && isObject(scale.metadata) ? scale.metadata : {};
    const expected = metadata.resourceVersion;
    if (expected && expected !== previous.metadata.resourceVersion) throw conflict(resource, previous.metadata.name);
    const { spec: before, ...rest } = previous as Scalable;
    return { object: { ...rest, spec: { ...before, replicas } } as KubeObject };
  });
  return { status: 200, body: scaleOf(written) };
}

/** `PUT …/scale`. */
export function replaceScale(request: ResourceRequest, context: ApiContext): Reply {
  const body = decodeObject(request.body, request.contentType);
  return writeScale(request, context, () => body);
}

/** `PATCH …/scale`. */
export function patchScale(request: ResourceRequest, context: ApiContext): Reply {
  return writeScale(request, context, patchOf(request, 'autoscaling/v1.Scale').apply);
}
