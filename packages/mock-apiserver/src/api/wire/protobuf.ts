import type { Json } from '@portolan/shared';
import { ApiError, badRequest } from '../../api-error.ts';
import { toTime } from '../../time.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import { kindTypeOf } from '../schema/kind-type.ts';
import { scalar } from '../schema/scalars.ts';
import { type Field, neededRow } from '../schema/table.ts';
import { pairsOf, type Raw, Varints } from './reader.ts';

/** The media type that typed clients write in: a magic number, then a `runtime.Unknown` around the object. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const MAGIC = Buffer.from('k8s\0');
const TAGS = { typeMeta: 1, raw: 2, apiVersion: 1, kind: 2, key: 1, value: 2 };

const NOTHING = Buffer.alloc(0);

const asBytes = (raw: Raw | undefined): Buffer => (Buffer.isBuffer(raw) ? raw : NOTHING);
const asNumber = (raw: Raw | undefined): number => (typeof raw === 'bigint' ? Number(BigInt.asIntN(64, raw)) : 0);
const byTag = (raw: Raw): Map<number, Raw> => new Map(pairsOf(asBytes(raw)));

/** JSON that stands as text within protobuf, as free-form parts do. */
function readJson(text: Buffer): Json {
  if (text.length === 0) return null;
  try {
    return JSON.parse(text.toString()) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest(`the protobuf body holds a part that is no JSON: ${error.message}`);
  }
}

/** `metav1.Time` and `metav1.MicroTime`: seconds and nanoseconds; an empty message is no time at all. */
function readTime(raw: Raw, micros: boolean): Json {
  if (asBytes(raw).length === 0) return null;
  const parts = byTag(raw);
  const epochMs = asNumber(parts.get(1)) * 1000;
  if (Math.abs(epochMs) > 8.64e15) throw badRequest('the protobuf body has a time beyond all calendars');
  const whole = toTime(epochMs);
  const fraction = Math.trunc(asNumber(parts.get(2)) / 1000);
  return micros ? `${whole.slice(0, -1)}.${String(fraction).padStart(6, '0')}Z` : whole;
}

/** A span of nanoseconds as seconds, the unit in which Go writes those of under a minute. */
const readDuration = (raw: Raw): Json => `${asNumber(byTag(raw).get(1)) / 1e9}s`;

/** How each scalar is read; `scalars.ts` says what it then is. */
const READERS: Record<string, (raw: Raw) => Json> = {
  string: (raw) => asBytes(raw).toString(),
  bytes: (raw) => asBytes(raw).toString('base64'),
  bool: (raw) => raw !== 0n,
  int32: (raw) => asNumber(raw),
  int64: (raw) => asNumber(raw),
  Quantity: (raw) => asBytes(byTag(raw).get(1)).toString() || '0',
  Time: (raw) => readTime(raw, false),
  MicroTime: (raw) => readTime(raw, true),
  Duration: readDuration,
  FieldsV1: (raw) => readJson(asBytes(byTag(raw).get(1))),
  RawExtension: (raw) => readJson(asBytes(byTag(raw).get(1))),
  Strings: (raw) => [...pairsOf(asBytes(raw))].map(([, item]) => asBytes(item).toString()),
  IntOrString: (raw) => {
    const parts = byTag(raw);
    return asNumber(parts.get(1)) === 0 ? asNumber(parts.get(2)) : asBytes(parts.get(3)).toString();
  },
};

const readValue = (type: string, raw: Raw): Json => READERS[type]?.(raw) ?? null;

const readOne = (type: string, raw: Raw): Json =>
  scalar(type) ? readValue(type, raw) : readMessage(type, asBytes(raw));

/** The numbers of a repeated field: one, or many packed together. */
function numbersOf(type: string, raw: Raw): Json[] {
  if (!Buffer.isBuffer(raw)) return [readValue(type, raw)];
  const reader = new Varints(raw);
  const numbers: Json[] = [];
  while (reader.more) numbers.push(readValue(type, reader.next()));
  return numbers;
}

const isZero = (value: Json) => value === '' || value === 0 || value === false;

/** Adds one value of a field to what was read so far. */
function put(into: JsonObject, { name, type, shape, pointer }: Field, raw: Raw): void {
  if (name === '') Object.assign(into, readMessage(type, asBytes(raw)));
  else if (shape === 'list') {
    const list = into[name];
    const read = ['int32', 'int64', 'bool'].includes(type) ? numbersOf(type, raw) : [readOne(type, raw)];
    into[name] = Array.isArray(list) ? [...list, ...read] : read;
  } else if (shape === 'map') {
    const entry = byTag(raw);
    const map = into[name];
    const value = readOne(type, entry.get(TAGS.value) ?? NOTHING);
    into[name] = { ...(isObject(map) ? map : {}), [asBytes(entry.get(TAGS.key)).toString()]: value };
  } else {
    const value = readOne(type, raw);
    // Unset values are written, too.
    if (pointer || !isZero(value)) into[name] = value;
  }
}

/** A message of the table; tags it does not have are passed over, as Go's readers do. */
function readMessage(type: string, bytes: Buffer): JsonObject {
  const { byTag: fields } = neededRow(type);
  const read: JsonObject = {};
  for (const [tag, raw] of pairsOf(bytes)) {
    const field = fields.get(tag);
    if (field) put(read, field, raw);
  }
  return read;
}

/**
 * An object that a typed client wrote in protobuf, as JSON, with what is unset and no pointer left out. Throws BadRequest
 * for what is malformed, UnsupportedMediaType for a kind whose type is not known.
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest('the provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  const envelope = byTag(body.subarray(MAGIC.length));
  const typeMeta = byTag(asBytes(envelope.get(TAGS.typeMeta)));
  const apiVersion = asBytes(typeMeta.get(TAGS.apiVersion)).toString();
  const kind = asBytes(typeMeta.get(TAGS.kind)).toString();
  const type = kindTypeOf(apiVersion, kind);
  if (type === undefined) {
    const what = kind === '' ? 'an object without a kind' : `${kind} of ${apiVersion}`;
    throw new ApiError('UnsupportedMediaType', `${what} is not read in protobuf here: send it as application/json`);
  }
  return { apiVersion, kind, ...readMessage(type, asBytes(envelope.get(TAGS.raw))) };
}
