import type { Json } from '@portolan/shared';
import { isObject, type JsonObject } from '../api/patch/json.ts';
import { neededRow, typeRow } from '../api/schema/table.ts';

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from(bytes);
}

const number = (tag: number, value: number | bigint) => Buffer.concat([varint(tag << 3), varint(value)]);
const bytes = (tag: number, value: Buffer) => Buffer.concat([varint((tag << 3) | 2), varint(value.length), value]);
const text = (tag: number, value: unknown) => bytes(tag, Buffer.from(String(value)));

function time(value: Json): Buffer {
  if (value === null) return Buffer.alloc(0);
  const [, micros = '0'] = /\.(\d+)Z$/.exec(String(value)) ?? [];
  const seconds = BigInt(Math.floor(Date.parse(String(value)) / 1000));
  return Buffer.concat([number(1, seconds), number(2, BigInt(micros) * 1000n)]);
}

/** How each scalar that is not a number stands on the wire. */
const SCALARS: Record<string, (value: Json) => Buffer> = {
  string: (value) => Buffer.from(String(value)),
  bytes: (value) => Buffer.from(String(value), 'base64'),
  Quantity: (value) => text(1, value),
  Time: time,
  MicroTime: time,
  Duration: (value) => number(1, BigInt(Number.parseInt(String(value), 10)) * 1_000_000_000n),
  FieldsV1: (value) => text(1, JSON.stringify(value)),
  RawExtension: (value) => (value === null ? Buffer.alloc(0) : text(1, JSON.stringify(value))),
  Strings: (value) => Buffer.concat((value as Json[]).map((item) => text(1, item))),
  IntOrString: (value) =>
    typeof value === 'string' ? Buffer.concat([number(1, 1), text(3, value)]) : number(2, Number(value)),
};

function field(tag: number, type: string, value: Json): Buffer {
  if (type === 'bool') return number(tag, value === true ? 1 : 0);
  if (type === 'int32' || type === 'int64') return number(tag, BigInt(Number(value)));
  const scalar = SCALARS[type];
  return bytes(tag, scalar ? scalar(value) : message(type, isObject(value) ? value : {}));
}

function message(type: string, object: JsonObject): Buffer {
  const parts: Buffer[] = [];
  for (const { name, tag, type: of, shape } of neededRow(type).fields) {
    if (tag === 0) continue;
    if (name === '') {
      const inner = [...(typeRow(of)?.byName.keys() ?? [])].filter((key) => Object.hasOwn(object, key));
      parts.push(bytes(tag, message(of, Object.fromEntries(inner.map((key) => [key, object[key] ?? null])))));
      continue;
    }
    const value = object[name];
    if (value === undefined || value === null) continue;
    if (shape === 'list' && Array.isArray(value)) parts.push(...value.map((item) => field(tag, of, item)));
    else if (shape === 'map' && isObject(value)) {
      const entries = Object.entries(value);
      parts.push(...entries.map(([key, item]) => bytes(tag, Buffer.concat([text(1, key), field(2, of, item)]))));
    } else parts.push(field(tag, of, value));
  }
  return Buffer.concat(parts);
}

/** An object as a typed client of Go writes it: the magic number, then `runtime.Unknown` around the message. */
export function writeProtobuf(type: string, apiVersion: string, kind: string, object: JsonObject): Buffer {
  const typeMeta = Buffer.concat([text(1, apiVersion), text(2, kind)]);
  return Buffer.concat([Buffer.from('k8s\0'), bytes(1, typeMeta), bytes(2, message(type, object))]);
}
