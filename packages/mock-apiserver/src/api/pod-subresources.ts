import type { Pod } from '@portolan/shared';
import { badRequest } from '../api-error.ts';
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

/** The lines a container would have written by now: when it started, and that it is ready. */
export function podLog(request: ResourceRequest, context: ApiContext): string {
  const pod: Pod = context.store.need('pods', refOf(request));
  const names = pod.spec.containers.map((container) => container.name);
  const asked = request.query.get('container') ?? (names.length === 1 ? names[0] : undefined);
  if (asked === undefined) {
    throw badRequest(
      `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]`,
    );
  }
  if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  const status = pod.status?.containerStatuses?.find(({ name }) => name === asked);
  const started = status?.state?.running?.startedAt ?? status?.state?.terminated?.startedAt;
  if (!started) {
    const why = status?.state?.waiting?.reason ?? 'ContainerCreating';
    throw badRequest(`container "${asked}" in pod "${pod.metadata.name}" is waiting to start: ${why}`);
  }
  const lines = [`${started} ${asked} starting (${status?.image ?? ''})`];
  if (status?.ready) lines.push(`${started} ${asked} ready to accept connections`);
  const tail = Number(request.query.get('tailLines') ?? lines.length);
  return lines
    .slice(-tail)
    .map((line) => `${line}\n`)
    .join('');
}
