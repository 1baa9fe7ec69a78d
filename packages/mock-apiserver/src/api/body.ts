import type { Json } from '@portolan/shared';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { ApiError, badRequest } from '../api-error.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { decodeProtobuf, PROTOBUF } from './wire/protobuf.ts';

const JSON_TYPES = [
  'application/json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  '',
];
const YAML_TYPES = ['application/yaml', 'application/apply-patch+yaml'];

/** A body as JSON, whatever it was written in; throws 415 for what cannot be read and 400 for what is malformed. */
export function decodeBody(body: Buffer, contentType: string): Json {
  const type = contentType.split(';')[0]?.trim() ?? '';
  if (type === PROTOBUF) return decodeProtobuf(body);
  try {
    if (JSON_TYPES.includes(type)) return JSON.parse(body.toString()) as Json;
    // YAML 1.1, as the apiserver reads it.
    if (YAML_TYPES.includes(type)) return parseYaml(body.toString(), { version: '1.1' }) as Json;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof YAMLParseError) {
      throw badRequest(`the body is no valid ${type || 'JSON'}: ${error.message}`);
    }
    throw error;
  }
  throw new ApiError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${['application/json', 'application/yaml', PROTOBUF].join(', ')}`,
  );
}

/** As `decodeBody`, for bodies that must be an object; an empty body is an empty object. */
export function decodeObject(body: Buffer, contentType: string): JsonObject {
  if (body.length === 0) return {};
  const value = decodeBody(body, contentType);
  if (!isObject(value)) throw badRequest('the body must be an object');
  return value;
}
