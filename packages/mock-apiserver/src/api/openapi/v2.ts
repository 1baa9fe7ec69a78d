import type { ServedResource } from '../resource.ts';
import { SERVED } from '../resources.ts';
import { writeGnostic } from './gnostic.ts';
import { kindsOf } from './kinds.ts';
import { commonParts, type Operation, type Parameter, type Path, pathsOf, tagOf } from './operations.ts';
import { documentName, type Form, type Part, schemasOf } from './schemas.ts';

const ROOT = '#/definitions/';

const FORM: Form = {
  root: ROOT,
  wraps: false,
  scalars: {
    Quantity: { type: 'string' },
    IntOrString: { type: 'string', format: 'int-or-string' },
    RawExtension: { type: 'object' },
    Time: { type: 'string', format: 'date-time' },
    MicroTime: { type: 'string', format: 'date-time' },
    Duration: { type: 'string' },
    FieldsV1: { type: 'object' },
  },
};

function parameter({ name, in: place, type, description }: Parameter): Part {
  return { name, in: place, description, type, uniqueItems: true, ...(place === 'path' && { required: true }) };
}

function operation(served: ServedResource, each: Operation): Part {
  const { takes } = each;
  const body = takes && {
    name: 'body',
    in: 'body',
    required: each.action !== 'delete',
    schema: takes === 'patch' ? { type: 'object' } : { $ref: ROOT + documentName(takes) },
  };
  const answer = { description: 'OK', schema: { $ref: ROOT + documentName(each.answers) } };
  return {
    ...commonParts(each, tagOf(served)),
    consumes: ['*/*'],
    produces: ['application/json'],
    parameters: [...(body ? [body] : []), ...each.parameters.map(parameter)],
    responses: { [each.action === 'post' ? '201' : '200']: answer },
  };
}

function pathItem(served: ServedResource, { parameters, operations }: Path): Part {
  const byMethod = operations.map((each) => [each.method, operation(served, each)]);
  return { ...Object.fromEntries(byMethod), parameters: parameters.map(parameter) };
}

function document(): Part {
  const types = SERVED.flatMap((each) => kindsOf(each).map(([, type]) => type));
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(SERVED.flatMap((each) => pathsOf(each).map((one) => [one.path, pathItem(each, one)]))),
    definitions: schemasOf(types, FORM),
  };
}

let json: string | undefined;
let protobuf: Buffer | undefined;

/** The OpenAPI v2 document of everything served as JSON, made once. */
export function openApiV2(): string {
  json ??= JSON.stringify(document());
  return json;
}

/** The same as gnostic's protobuf, made once. */
export function openApiV2Protobuf(): Buffer {
  protobuf ??= writeGnostic(document());
  return protobuf;
}
