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

/** YAML 1.1, as the apiserver reads it; what else it finds strange is nobody's to read here. */
const YAML_OPTIONS = { version: '1.1', uniqueKeys: false, logLevel: 'error' } as const;

/** How deep a body may nest, as far as what reads it goes; no object of Kubernetes nests a tenth as deep. */
const MOST_LEVELS = 500;

/** Whether a value nests deeper than so many levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/**
 * What a parser reads; throws 400 for what is malformed: besides what the parsers complain of, YAML whose aliases lead
 * nowhere, to themselves or to too much (ReferenceError), and what nests too deep.
 */
function parsed(type: string, parse: () => Json): Json {
  let value: Json;
  try {
    value = parse();
  } catch (error) {
    const malformed = [SyntaxError, YAMLParseError, ReferenceError, RangeError].some((kind) => error instanceof kind);
    if (!malformed || !(error instanceof Error)) throw error;
    throw badRequest(`the body is no valid ${type || 'JSON'}: ${error.message}`);
  }
  if (isDeeper(value, MOST_LEVELS)) throw badRequest(`the body nests deeper than ${MOST_LEVELS} levels`);
  return value;
}

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
  if (JSON_TYPES.includes(type)) return parsed(type, () => JSON.parse(body.toString()) as Json);
  if (YAML_TYPES.includes(type)) return parsed(type, () => parseYaml(body.toString(), YAML_OPTIONS) as Json);
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
