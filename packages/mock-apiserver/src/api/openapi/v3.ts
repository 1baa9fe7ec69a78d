import type { ServedResource } from '../resource.ts';
import { SERVED } from '../resources.ts';
import { schemaHash } from '../schema/table.ts';
import { kindsOf } from './kinds.ts';
import { commonParts, type Operation, type Parameter, type Path, pathsOf, tagOf } from './operations.ts';
import { documentName, type Form, type Part, schemasOf } from './schemas.ts';

const ROOT = '#/components/schemas/';

const FORM: Form = {
  root: ROOT,
  wraps: true,
  scalars: {
    Quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    IntOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
    RawExtension: { type: 'object' },
    Time: { type: 'string', format: 'date-time' },
    MicroTime: { type: 'string', format: 'date-time' },
    Duration: { type: 'string' },
    FieldsV1: { type: 'object' },
  },
};

/** A body of any type may be any of these; what is patched has types of its own. */
const PATCHES = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

function parameter({ name, in: place, type, description }: Parameter): Part {
  return {
    name,
    in: place,
    description,
    ...(place === 'path' && { required: true }),
    schema: { type, uniqueItems: true },
  };
}

function operation(served: ServedResource, each: Operation): Part {
  const schema = (type: string) => ({ schema: { $ref: ROOT + documentName(type) } });
  const { takes } = each;
  const body =
    takes === 'patch'
      ? Object.fromEntries(PATCHES.map((type) => [type, { schema: { type: 'object' } }]))
      : takes && { '*/*': schema(takes) };
  const answer = { description: 'OK', content: { 'application/json': schema(each.answers) } };
  return {
    ...commonParts(each, tagOf(served)),
    parameters: each.parameters.map(parameter),
    ...(body && { requestBody: { content: body, required: !each.method.startsWith('delete') } }),
    responses: { [each.action === 'post' ? '201' : '200']: answer },
  };
}

function pathItem(served: ServedResource, { parameters, operations }: Path): Part {
  const byMethod = operations.map((each) => [each.method, operation(served, each)]);
  return { ...Object.fromEntries(byMethod), parameters: parameters.map(parameter) };
}

const pathOf = ({ group, version }: ServedResource) => (group ? `apis/${group}/${version}` : `api/${version}`);

const written = new Map<string, string>();

/** The OpenAPI v3 document of `api/v1` or `apis/apps/v1` as JSON, made once; undefined when that is not served. */
export function openApiV3(path: string): string | undefined {
  const known = written.get(path);
  if (known !== undefined) return known;
  const served = SERVED.filter((entry) => pathOf(entry) === path);
  if (served.length === 0) return undefined;
  const types = served.flatMap((each) => kindsOf(each).map(([, type]) => type));
  const document = JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(served.flatMap((each) => pathsOf(each).map((one) => [one.path, pathItem(each, one)]))),
    components: { schemas: schemasOf(types, FORM) },
  });
  written.set(path, document);
  return document;
}

/** `GET /openapi/v3`: where each group-version's document is, with a hash that changes when it does. */
export function openApiV3Index(): Part {
  const paths = [...new Set(SERVED.map(pathOf))];
  return {
    paths: Object.fromEntries(
      paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${documentHash(path)}` }]),
    ),
  };
}

/** A document follows from the table of types and from what is served; so does its hash, without making it. */
export function documentHash(path: string): string {
  const served = SERVED.filter((entry) => path === '' || pathOf(entry) === path).map(({ group, version, resource }) => {
    const { kind, plural, namespaced, verbs, subresources } = resource;
    return [group, version, kind, plural, namespaced, verbs, subresources];
  });
  return schemaHash(JSON.stringify(served));
}
