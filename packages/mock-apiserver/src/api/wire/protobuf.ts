import type { Json } from '@portolan/shared';
import { ApiError, badRequest } from '../../api-error.ts';
import { toTime } from '../../time.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import { type Field, fieldsOf } from './fields.ts';

/** The media type that typed clients write in: a magic number, then a `runtime.Unknown` around the object. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const MAGIC = Buffer.from('k8s\0');
const TAGS = { typeMeta: 1, raw: 2, apiVersion: 1, kind: 2, key: 1, value: 2 };

/** What stands on the wire behind a tag: a number, or the bytes of anything longer. */
type Raw = bigint | Buffer;

/** The pairs of tag and value of a message; throws BadRequest where it breaks off or has a type that is not used. */
function* pairsOf(bytes: Buffer): Generator<[tag: number, raw: Raw]> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) break;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw badRequest('the protobuf body breaks off within a number');
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    if (wire === 0) yield [key >>> 3, varint()];
    else if (wire === 2) {
      const end = Number(varint()) + at;
      if (end > bytes.length) throw badRequest('the protobuf body breaks off within a field');
      yield [key >>> 3, bytes.subarray(at, end)];
      at = end;
    } else throw badRequest(`the protobuf body has a field of wire type ${wire}, which Kubernetes does not use`);
  }
}

const asBytes = (raw: Raw | undefined): Buffer => (Buffer.isBuffer(raw) ? raw : Buffer.alloc(0));
const asNumber = (raw: Raw | undefined): number => (typeof raw === 'bigint' ? Number(BigInt.asIntN(64, raw)) : 0);
const byTag = (raw: Raw): Map<number, Raw> => new Map(pairsOf(asBytes(raw)));

/** The types that JSON writes in its own way. */
const READERS: Record<string, (raw: Raw) => Json> = {
  string: (raw) => asBytes(raw).toString(),
  bytes: (raw) => asBytes(raw).toString('base64'),
  bool: (raw) => raw !== 0n,
  int32: (raw) => asNumber(raw),
  int64: (raw) => asNumber(raw),
  Quantity: (raw) => asBytes(byTag(raw).get(1)).toString(),
  Time: (raw) => (asBytes(raw).length > 0 ? toTime(asNumber(byTag(raw).get(1)) * 1000) : ''),
  IntOrString: (raw) => {
    const parts = byTag(raw);
    return asNumber(parts.get(1)) === 0 ? asNumber(parts.get(2)) : asBytes(parts.get(3)).toString();
  },
};

const readValue = (type: string, raw: Raw): Json => READERS[type]?.(raw) ?? readMessage(type, asBytes(raw));

const isZero = (value: Json) =>
  value === '' || value === 0 || value === false || (isObject(value) && Object.keys(value).length === 0);

/** Adds one value of a field to what was read so far. */
function put(into: JsonObject, { name, type, shape, pointer }: Field, raw: Raw): void {
  if (shape === 'list') {
    const list = into[name];
    into[name] = [...(Array.isArray(list) ? list : []), readValue(type, raw)];
  } else if (shape === 'map') {
    const entry = byTag(raw);
    const map = into[name];
    const value = readValue(type, entry.get(TAGS.value) ?? Buffer.alloc(0));
    into[name] = { ...(isObject(map) ? map : {}), [asBytes(entry.get(TAGS.key)).toString()]: value };
  } else {
    const value = readValue(type, raw);
    if (pointer || !isZero(value)) into[name] = value;
  }
}

function readMessage(message: string, bytes: Buffer): JsonObject {
  const fields = fieldsOf(message) ?? [];
  const read: JsonObject = {};
  for (const [tag, raw] of pairsOf(bytes)) {
    const field = fields.find((candidate) => candidate.tag === tag);
    if (field) put(read, field, raw);
    // What is unset is written too; only what says something would be lost.
    else if (raw !== 0n && asBytes(raw).some((byte) => byte !== 0)) {
      throw badRequest(`field ${tag} of ${message} is not read in protobuf here: send the object as JSON or YAML`);
    }
  }
  return read;
}

/**
 * An object that a typed client wrote in protobuf, as JSON. Throws BadRequest for what is malformed or holds a field that
 * is not read, UnsupportedMediaType for a kind that is not.
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest('the provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  const envelope = byTag(body.subarray(MAGIC.length));
  const typeMeta = byTag(asBytes(envelope.get(TAGS.typeMeta)));
  const apiVersion = asBytes(typeMeta.get(TAGS.apiVersion)).toString();
  const kind = asBytes(typeMeta.get(TAGS.kind)).toString();
  if (!fieldsOf(kind)) {
    throw new ApiError(
      'UnsupportedMediaType',
      `${kind || 'an object without a kind'} is not read in protobuf here: send it as application/json or application/yaml`,
    );
  }
  return { apiVersion, kind, ...readMessage(kind, asBytes(envelope.get(TAGS.raw))) };
}
