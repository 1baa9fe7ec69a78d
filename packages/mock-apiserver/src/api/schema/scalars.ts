import { formatQuantity, type Json, parseQuantity, QuantityError } from '@portolan/shared';
import { toTime } from '../../time.ts';
import { isObject } from '../patch/json.ts';

/** What is wrong with a value, as Go's decoder says it. */
export type Wrong = { mismatch: string } | { error: string };

/** A type that is no struct: what it takes, what Go calls it, and what stands where it was never set. */
export interface Scalar {
  go: string;
  zero: Json;
  /** A struct in Go: its zero is written even where it may be left out. */
  struct?: true;
  /** The value as the apiserver writes it again; what is wrong where it is none of the type. */
  read(value: Json): { value: Json } | Wrong;
}

/** What Go's decoder calls a JSON value. */
export function jsonType(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : isObject(value) ? 'object' : typeof value;
}

const mismatch = (value: Json): Wrong => ({ mismatch: jsonType(value) });

const text: Scalar['read'] = (value) => (typeof value === 'string' ? { value } : mismatch(value));

function integer(bits: number): Scalar['read'] {
  const most = 2 ** (bits - 1);
  return (value) => {
    if (typeof value !== 'number') return mismatch(value);
    return Number.isInteger(value) && value >= -most && value < most ? { value } : { mismatch: `number ${value}` };
  };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const bytes: Scalar['read'] = (value) => {
  if (typeof value !== 'string') return mismatch(value);
  const plain = value.replaceAll(/[\r\n]/g, '');
  if (BASE64.test(plain)) return { value: plain };
  const bad = plain.search(/[^A-Za-z0-9+/]/);
  return {
    error: `illegal base64 data at input byte ${bad >= 0 ? bad : Math.max(plain.length - (plain.length % 4), 0)}`,
  };
};

const SUFFIXES = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';

/** A quantity in its canonical form (apimachinery `pkg/api/resource/quantity.go`, CanonicalizeBytes). */
export function canonicalQuantity(written: string): string {
  if (/[eE][+-]?\d/.test(written)) return written;
  const nanos = parseQuantity(written);
  const small = nanos > -1024n * 10n ** 9n && nanos < 1024n * 10n ** 9n;
  return formatQuantity(nanos, written.endsWith('i') && !small ? 'binary' : 'decimal');
}

const quantity: Scalar['read'] = (value) => {
  if (typeof value !== 'string' && typeof value !== 'number') return mismatch(value);
  try {
    return { value: canonicalQuantity(String(value).trim()) };
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    return { error: `quantities must match the regular expression '${SUFFIXES}'` };
  }
};

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function time(layout: string, write: (written: string, epochMs: number) => string): Scalar['read'] {
  return (value) => {
    if (typeof value !== 'string') return mismatch(value);
    const epochMs = RFC3339.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(epochMs)) {
      const quoted = JSON.stringify(value);
      return { error: `parsing time ${quoted} as "${layout}": cannot parse ${quoted} as "2006"` };
    }
    return { value: write(value, epochMs) };
  };
}

function toMicros(written: string, epochMs: number): string {
  const fraction = (/\.(\d+)/.exec(written)?.[1] ?? '').padEnd(6, '0').slice(0, 6);
  return `${new Date(epochMs).toISOString().slice(0, 19)}.${fraction}Z`;
}

const object: Scalar['read'] = (value) => (isObject(value) ? { value } : mismatch(value));

/** Every type that is no struct of the table. */
const SCALARS: Readonly<Record<string, Scalar>> = {
  string: { go: 'string', zero: '', read: text },
  bytes: { go: '[]uint8', zero: null, read: bytes },
  bool: { go: 'bool', zero: false, read: (value) => (typeof value === 'boolean' ? { value } : mismatch(value)) },
  int32: { go: 'int32', zero: 0, read: integer(32) },
  int64: { go: 'int64', zero: 0, read: integer(64) },
  Quantity: { go: 'resource.Quantity', zero: '0', struct: true, read: quantity },
  IntOrString: {
    go: 'intstr.IntOrString',
    zero: 0,
    struct: true,
    read: (value) => (typeof value === 'string' ? { value } : integer(32)(value)),
  },
  Time: {
    go: 'v1.Time',
    zero: null,
    struct: true,
    read: time('2006-01-02T15:04:05Z07:00', (_written, epochMs) => toTime(epochMs)),
  },
  MicroTime: { go: 'v1.MicroTime', zero: null, struct: true, read: time('2006-01-02T15:04:05.000000Z07:00', toMicros) },
  Duration: { go: 'v1.Duration', zero: '0s', struct: true, read: text },
  FieldsV1: { go: 'v1.FieldsV1', zero: null, struct: true, read: object },
  RawExtension: { go: 'runtime.RawExtension', zero: null, struct: true, read: object },
  Strings: {
    go: 'v1.ExtraValue',
    zero: null,
    read: (value) => {
      if (!Array.isArray(value)) return mismatch(value);
      const wrong = value.find((item) => typeof item !== 'string');
      return wrong === undefined ? { value } : mismatch(wrong);
    },
  },
};

/** The scalar of that name; undefined for the name of a struct. */
export function scalar(type: string): Scalar | undefined {
  return Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
}
