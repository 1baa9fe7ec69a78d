import { z } from 'zod';
import type { Answer, Route } from './route.ts';
import { SCHEMAS, type SchemaName } from './schemas.ts';

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });

/** The description of the API (OpenAPI 3.1), made of the routes themselves and of the schemas that travel. */
export function openapi(routes: readonly Route[], version: string): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method] = operation(route);
    paths[route.path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portolan',
      version,
      description: 'A live chart of a Kubernetes cluster. Every error is a problem document (RFC 9457).',
    },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutDialect(schema)])),
    },
  };
}

function operation({ path, says, query, takes, answer }: Route): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map(({ name, repeated, says: description }) => ({
    name,
    in: 'query',
    description,
    schema: repeated ? { type: 'array', items: { type: 'string' } } : { type: 'string' },
  }));
  return {
    summary: says,
    parameters: [...inPath, ...inQuery],
    ...(takes && { requestBody: { required: true, content: { 'application/json': { schema: ref(takes) } } } }),
    responses: {
      200: { description: 'OK', content: content(answer) },
      default: { description: 'What went wrong', content: { 'application/problem+json': { schema: ref('Problem') } } },
    },
  };
}

function content(answer: Answer): object {
  if ('json' in answer) return { 'application/json': { schema: ref(answer.json) } };
  if ('openapi' in answer) return { 'application/json': { schema: { type: 'object' } } };
  const schema = answer.events === undefined ? { type: 'string' } : { oneOf: answer.events.map(ref) };
  return { [answer.text]: { schema } };
}

/** Within an OpenAPI document the dialect and the addresses are the document's. */
function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}
