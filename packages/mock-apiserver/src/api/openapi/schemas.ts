import { enumValues, type Field, neededRow, typeRow } from '../schema/table.ts';
import { gvksOf } from './kinds.ts';

/** A part of a document. */
export type Part = { [name: string]: unknown };

/** The form of a document: where its schemas stand, and how it writes what JSON writes in two ways. */
export interface Form {
  /** `#/definitions/` or `#/components/schemas/`. */
  root: string;
  /** Whether a reference may stand beside other words only within `allOf`. */
  wraps: boolean;
  scalars: Readonly<Record<string, Part>>;
}

const API = 'io.k8s.api.';
const MACHINERY = 'io.k8s.apimachinery.pkg.';

/** Where the types of other modules than k8s.io/api are named. */
const PREFIXES: Record<string, string> = {
  meta: `${MACHINERY}apis.meta.`,
  metrics: 'io.k8s.metrics.pkg.apis.metrics.',
  apiextensions: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.',
};

/** Scalars that documents name as types of their own. */
const NAMED: Record<string, string> = {
  Quantity: `${MACHINERY}api.resource.Quantity`,
  IntOrString: `${MACHINERY}util.intstr.IntOrString`,
  RawExtension: `${MACHINERY}runtime.RawExtension`,
  Time: `${MACHINERY}apis.meta.v1.Time`,
  MicroTime: `${MACHINERY}apis.meta.v1.MicroTime`,
  Duration: `${MACHINERY}apis.meta.v1.Duration`,
  FieldsV1: `${MACHINERY}apis.meta.v1.FieldsV1`,
};

const PLAIN: Record<string, Part> = {
  string: { type: 'string' },
  bytes: { type: 'string', format: 'byte' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  Strings: { type: 'array', items: { type: 'string' } },
};

/** What documents say of the named scalars. */
const ABOUT: Record<string, string> = {
  Quantity:
    'Quantity is a fixed-point representation of a number: digits, then a suffix such as m, k, M, G, Ki, Mi or Gi, or an exponent.',
  IntOrString: 'IntOrString is a type that can hold an int32 or a string.',
  RawExtension: 'RawExtension is used to hold extensions in external versions.',
  Time: 'Time is a wrapper around time.Time which supports correct marshaling to YAML and JSON.',
  MicroTime: 'MicroTime is version of Time with microsecond level precision.',
  Duration: 'Duration is a wrapper around time.Duration which supports correct marshaling to YAML and JSON.',
  FieldsV1: 'FieldsV1 stores a set of fields in a data structure like a Trie, in JSON format.',
};

/** The name of a type in a document: `io.k8s.api.core.v1.Pod` for `core/v1.Pod`. */
export function documentName(type: string): string {
  const named = NAMED[type];
  if (named) return named;
  const [folder = '', rest = ''] = type.split('/', 2);
  return `${PREFIXES[folder] ?? `${API}${folder}.`}${rest}`;
}

/** A reference to a type, with what else is said of the place where it stands. */
function reference(type: string, form: Form, beside: Part): Part {
  const ref = { $ref: form.root + documentName(type) };
  return form.wraps && Object.keys(beside).length > 0 ? { ...beside, allOf: [ref] } : { ...beside, ...ref };
}

function oneOf(type: string, form: Form, beside: Part = {}): Part {
  const plain = PLAIN[type];
  return plain ? { ...beside, ...plain } : reference(type, form, beside);
}

/** A description, with the values of an enumeration after it (kube-openapi `pkg/generators/enum.go`). */
function described({ description, enum: name }: Field): string {
  if (name === undefined) return description;
  const values = enumValues(name).map(([value, about]) => ` - \`${JSON.stringify(value)}\`${about && ` ${about}`}`);
  return `${description}\n\nPossible enum values:\n${values.join('\n')}`;
}

function marks(field: Field): Part {
  const { listType, listKeys, patchMergeKey, patchStrategy, atomic, shape } = field;
  return {
    ...(listKeys.length > 0 && { 'x-kubernetes-list-map-keys': listKeys }),
    ...(listType && { 'x-kubernetes-list-type': listType }),
    ...(atomic && { 'x-kubernetes-map-type': 'atomic' }),
    ...(atomic === false && shape !== 'list' && { 'x-kubernetes-map-type': 'granular' }),
    ...(patchMergeKey && { 'x-kubernetes-patch-merge-key': patchMergeKey }),
    ...(patchStrategy.length > 0 && { 'x-kubernetes-patch-strategy': patchStrategy.join(',') }),
  };
}

function property(field: Field, form: Form): Part {
  const { type, shape } = field;
  const values = field.enum === undefined ? {} : { enum: enumValues(field.enum).map(([value]) => value) };
  const text = described(field);
  const beside = { ...(text && { description: text }), ...marks(field) };
  if (shape === 'list') return { ...beside, type: 'array', items: { ...oneOf(type, form), ...values } };
  if (shape === 'map') return { ...beside, type: 'object', additionalProperties: oneOf(type, form) };
  return oneOf(type, form, {
    ...beside,
    ...values,
    ...(field.default !== undefined && { default: field.default }),
  });
}

/** The schema of one type. */
function schemaOf(type: string, form: Form): Part {
  const about = ABOUT[type];
  if (about !== undefined) return { description: about, ...form.scalars[type] };
  const row = neededRow(type);
  const fields = [...row.byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const required = fields.filter(([, field]) => !field.optional).map(([name]) => name);
  const gvks = row.byName.has('kind') && row.byName.has('apiVersion') ? gvksOf(type) : [];
  return {
    description: row.description,
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, property(field, form)])),
    ...(row.atomic && { 'x-kubernetes-map-type': 'atomic' }),
    ...(gvks.length > 0 && { 'x-kubernetes-group-version-kind': gvks }),
  };
}

/** All types that the given ones are made of, themselves included, by name. */
function reachable(types: Iterable<string>): string[] {
  const found = new Set<string>();
  const visit = (type: string): void => {
    if (found.has(type) || PLAIN[type]) return;
    found.add(type);
    for (const field of typeRow(type)?.byName.values() ?? []) visit(field.type);
  };
  for (const type of types) visit(type);
  return [...found].sort((a, b) => (documentName(a) < documentName(b) ? -1 : 1));
}

/** The schemas of the given types and of all that they are made of, by their names in a document. */
export function schemasOf(types: Iterable<string>, form: Form): Part {
  return Object.fromEntries(reachable(types).map((type) => [documentName(type), schemaOf(type, form)]));
}
