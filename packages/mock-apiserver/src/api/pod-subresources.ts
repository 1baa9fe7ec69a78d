import { type Binding, bind } from './binding.ts';
import { decodeObject } from './body.ts';
import { isObject } from './patch/json.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';

/** `POST …/binding`: puts a pod on a node. */
export function bindPod(request: ResourceRequest, context: ApiContext): Reply {
  const body = decodeObject(request.body, request.contentType);
  const target = isObject(body.target) && typeof body.target.name === 'string' ? { name: body.target.name } : {};
  bind(context.store, { metadata: refOf(request) as Binding['metadata'], target });
  return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}
