import { bytesField, flagField, textField } from '../wire/writer.ts';
import type { Part } from './schemas.ts';

/** The media type of an OpenAPI v2 document in protobuf, by a name that Go's `mime` package can read. */
export const OPENAPI_V2_PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** How a field of a message is written: its tag, and how its value is. */
interface Row {
  tag: number;
  write(tag: number, value: unknown): Buffer;
}

type Message = Readonly<Record<string, Row>>;

const isPart = (value: unknown): value is Part => value !== null && typeof value === 'object' && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** A text, or each of a list of them. */
const text = (tag: number): Row => ({
  tag,
  write: (at, value) => Buffer.concat(listOf(value).map((one) => textField(at, String(one)))),
});

const flag = (tag: number): Row => ({ tag, write: (at, value) => flagField(at, value === true) });

/** `Any`: the value as YAML, of which JSON is a part. */
const anyOf = (value: unknown) => textField(2, JSON.stringify(value));

/** Any value, or each of a list of them. */
const anything = (tag: number): Row => ({ tag, write: (at, value) => bytesField(at, anyOf(value)) });
const anythings = (tag: number): Row => ({
  tag,
  write: (at, value) => Buffer.concat(listOf(value).map((one) => bytesField(at, anyOf(one)))),
});

/** A message within others: one inside the other for as many tags as there are. */
const inner = (tag: number, message: () => Message, ...within: number[]): Row => ({
  tag,
  write: (at, value) =>
    bytesField(
      at,
      within.reduceRight((bytes, deeper) => bytesField(deeper, bytes), written(message(), value)),
    ),
});

/** A message for each name of an object: `NamedX` with name and value. */
const named = (tag: number, message: () => Message, ...within: number[]): Row => ({
  tag,
  write: (at, value) => {
    const entries = isPart(value) ? Object.entries(value) : [];
    const pairs = entries.map(([name, one]) => {
      const content = within.reduceRight((bytes, deeper) => bytesField(deeper, bytes), written(message(), one));
      return Buffer.concat([textField(1, name), bytesField(2, content)]);
    });
    return Buffer.concat(pairs.map((pair) => bytesField(at, pair)));
  },
});

/** A message that wraps what another row writes. */
const wrapped = (tag: number, row: Row): Row => ({
  tag,
  write: (at, value) => bytesField(at, row.write(row.tag, value)),
});

/** A list of parameters, each in the message of its place. */
const parameters = (tag: number): Row => ({
  tag,
  write: (at, value) =>
    Buffer.concat(
      listOf(value).map((one) => {
        const place = isPart(one) ? one.in : undefined;
        const content =
          place === 'body'
            ? bytesField(1, written(BODY_PARAMETER, one))
            : bytesField(
                2,
                place === 'path'
                  ? bytesField(4, written(PATH_PARAMETER, one))
                  : bytesField(3, written(QUERY_PARAMETER, one)),
              );
        return bytesField(at, bytesField(1, content));
      }),
    ),
});

const SCHEMA: Message = {
  $ref: text(1),
  format: text(2),
  description: text(4),
  default: anything(5),
  uniqueItems: flag(16),
  required: text(19),
  enum: anythings(20),
  additionalProperties: inner(21, () => SCHEMA, 1),
  type: wrapped(22, text(1)),
  items: inner(23, () => SCHEMA, 1),
  properties: wrapped(
    25,
    named(1, () => SCHEMA),
  ),
  'x-': anything(31),
};

const BODY_PARAMETER: Message = {
  name: text(2),
  in: text(3),
  required: flag(4),
  schema: inner(5, () => SCHEMA),
};

const PATH_PARAMETER: Message = {
  required: flag(1),
  in: text(2),
  description: text(3),
  name: text(4),
  type: text(5),
  uniqueItems: flag(19),
};

const QUERY_PARAMETER: Message = {
  in: text(2),
  description: text(3),
  name: text(4),
  type: text(6),
  uniqueItems: flag(20),
};

const RESPONSE: Message = { description: text(1), schema: inner(2, () => SCHEMA, 1) };

const OPERATION: Message = {
  tags: text(1),
  description: text(3),
  operationId: text(5),
  produces: text(6),
  consumes: text(7),
  parameters: parameters(8),
  responses: wrapped(
    9,
    named(1, () => RESPONSE, 1),
  ),
  'x-': anything(13),
};

const PATH_ITEM: Message = {
  get: inner(2, () => OPERATION),
  put: inner(3, () => OPERATION),
  post: inner(4, () => OPERATION),
  delete: inner(5, () => OPERATION),
  patch: inner(8, () => OPERATION),
  parameters: parameters(9),
};

const DOCUMENT: Message = {
  swagger: text(1),
  info: inner(2, () => ({ title: text(1), version: text(2) })),
  paths: wrapped(
    8,
    named(2, () => PATH_ITEM),
  ),
  definitions: wrapped(
    9,
    named(1, () => SCHEMA),
  ),
};

function written(message: Message, value: unknown): Buffer {
  const parts: Buffer[] = [];
  for (const [name, one] of isPart(value) ? Object.entries(value) : []) {
    const row = message[name];
    const extension = name.startsWith('x-') ? message['x-'] : undefined;
    if (row) parts.push(row.write(row.tag, one));
    else if (extension)
      parts.push(bytesField(extension.tag, Buffer.concat([textField(1, name), bytesField(2, anyOf(one))])));
    else throw new Error(`a document has no place for ${name}`);
  }
  return Buffer.concat(parts);
}

/** An OpenAPI v2 document as gnostic's protobuf (`openapiv2/OpenAPIv2.proto`), as far as these documents go. */
export function writeGnostic(document: Part): Buffer {
  return written(DOCUMENT, document);
}
