import { notFound } from '../api-error.ts';
import { ADMINISTRATOR } from './access/user.ts';
import { presentList, presentObject } from './present.ts';
import { presentationOf } from './read.ts';
import type { ApiContext, Reply, ResourceRequest } from './request.ts';
import { selectionOf } from './selection.ts';
import { objectOf } from './write.ts';

/** Who asks for what is on its way out is told so. */
const warningsOf = ({ served }: ResourceRequest) => (served.resource.deprecation ? [served.resource.deprecation] : []);

/** `GET` of something that is made when asked for. */
export function getVirtual(request: ResourceRequest, context: ApiContext): Reply {
  const { resource } = request.served;
  const { namespace, name = '' } = request;
  const found = resource.virtual?.list?.(context, namespace).find(({ metadata }) => metadata.name === name);
  if (!found) throw notFound(resource, namespace && resource.group ? `${namespace}/${name}` : name);
  return { status: 200, body: presentObject(found, presentationOf(request, context)), warnings: warningsOf(request) };
}

/** `GET` of all that is made when asked for. */
export function listVirtual(request: ResourceRequest, context: ApiContext): Reply {
  const { resource } = request.served;
  const selection = selectionOf(request.query, resource);
  const objects = (resource.virtual?.list?.(context, request.namespace) ?? []).filter(selection);
  const body = presentList(objects, { resourceVersion: '' }, presentationOf(request, context));
  return { status: 200, body, warnings: warningsOf(request) };
}

/** `POST` of a question: the answer is the same object with its status. */
export function createVirtual(request: ResourceRequest, context: ApiContext): Reply {
  const warnings: string[] = [];
  const object = objectOf(request, warnings);
  const answer = request.served.resource.virtual?.create?.(object, context, request.user ?? ADMINISTRATOR);
  return { status: 201, body: presentObject(answer ?? object, presentationOf(request, context)), warnings };
}
