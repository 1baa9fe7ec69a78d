import type { Json } from '@portolan/shared';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { ApiError, badRequest } from '../api-error.ts';
import { isObject, type JsonObject } from './patch/json.ts';
import { duplicateFields, duplicateKeys } from './schema/duplicates.ts';
import { decodeProtobuf, PROTOBUF } from './wire/protobuf.ts';

const JSON_TYPES = [
  'application/json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  '',
];
const YAML_TYPES = ['application/yaml', 'application/apply-patch+yaml'];

/** `application/yaml` of `application/yaml; charset=utf-8`. */
export function mediaType(contentType: string): string {
  return contentType.split(';')[0]?.trim() ?? '';
}

/**
 * A body as JSON, whatever it was written in; of a field that stands twice, the last counts. Throws 415 for what cannot
 * be read and 400 for what is malformed.
 */
export function decodeBody(body: Buffer, contentType: string): Json {
  const type = mediaType(contentType);
  if (type === PROTOBUF) return decodeProtobuf(body);
  try {
    if (JSON_TYPES.includes(type)) return JSON.parse(body.toString()) as Json;
    // YAML 1.1, as the apiserver reads it.
    if (YAML_TYPES.includes(type)) return parseYaml(body.toString(), { version: '1.1', uniqueKeys: false }) as Json;
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

/** What a strict reader says of names that stand twice in a body that `decodeBody` has read; empty for none. */
export function duplicatesIn(body: Buffer, contentType: string): string[] {
  const type = mediaType(contentType);
  if (YAML_TYPES.includes(type)) {
    const lines = duplicateKeys(body.toString());
    return lines.length > 0 ? [`yaml: unmarshal errors:\n  ${lines.join('\n  ')}`] : [];
  }
  return JSON_TYPES.includes(type) ? duplicateFields(body.toString()).map((path) => `duplicate field "${path}"`) : [];
}
