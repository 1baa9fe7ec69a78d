import type { KubeObject, LabelSelector } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { forbidden, invalidValue, notSupported, required, tooLong } from './field-error.ts';

/** What is wrong with a text, in the words of apimachinery `util/validation/validation.go`; nothing when it may be. */
export type TextRule = (text: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

/** A rule that a text must match a pattern and have at most so many characters; the examples tell how it is meant. */
function format(words: string, pattern: string, examples: string[], most: number): TextRule {
  const whole = new RegExp(`^(?:${pattern})$`);
  const like = examples.map((example) => `'${example}'`).join(',  or ');
  return (text) => [
    ...(text.length > most ? [`must be no more than ${most} characters`] : []),
    ...(whole.test(text) ? [] : [`${words} (e.g. ${like}, regex used for validation is '${pattern}')`]),
  ];
}

export const dnsLabel = format(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  ['my-name', '123-abc'],
  63,
);

export const dnsSubdomain = format(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  ['example.com'],
  253,
);

export const wildcardSubdomain = format(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${SUBDOMAIN}`,
  ['*.example.com'],
  253,
);

/** What a service is called, for its name is a name in DNS. */
export const dns1035Label = format(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  ['my-name', 'abc-123'],
  63,
);

export const configKey = format(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  ['key.name', 'KEY_NAME', 'key-name'],
  253,
);

const labelValue = format(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  `(${QUALIFIED})?`,
  ['MyValue', 'my_value', '12345'],
  63,
);

const qualifiedPart = format(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  ['MyName', 'my.name', '123-abc'],
  63,
);

/** A key of labels or annotations, `app` or `example.com/app`. */
export const qualifiedName: TextRule = (text) => {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  const [prefix] = parts;
  if (parts.length > 2) {
    return [
      `a qualified name ${qualifiedPart('')[0]} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems = [];
  if (parts.length === 2 && prefix === '') problems.push('prefix part must be non-empty');
  else if (parts.length === 2) problems.push(...dnsSubdomain(prefix ?? '').map((problem) => `prefix part ${problem}`));
  if (name === '') problems.push('name part must be non-empty');
  return [...problems, ...qualifiedPart(name).map((problem) => `name part ${problem}`)];
};

/** A name of RBAC, which only has to fit into a path (`path.IsValidPathSegmentName`). */
export const pathSegment: TextRule = (text) => {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].filter((sign) => text.includes(sign)).map((sign) => `may not contain '${sign}'`);
};

/** The name of a port: a service name of the IANA. */
export const portName: TextRule = (text) => [
  ...(text.length > 15 ? ['must be no more than 15 characters'] : []),
  ...(/^[-a-z0-9]+$/.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(text) ? ['must not begin or end with a hyphen'] : []),
];

/** Complains of a text by a rule. */
export const follows = (rule: TextRule, field: string, text: string): Cause[] =>
  rule(text).map((problem) => invalidValue(field, text, problem));

/** Labels, wherever they stand. */
export function validateLabels(labels: Record<string, string> | undefined, field: string): Cause[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...follows(qualifiedName, field, key),
    ...follows(labelValue, field, value),
  ]);
}

const MOST_ANNOTATIONS = 256 * 1024;

function validateAnnotations(annotations: Record<string, string> | undefined, field: string): Cause[] {
  const entries = Object.entries(annotations ?? {});
  const size = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return [
    ...entries.flatMap(([key]) => qualifiedName(key.toLowerCase()).map((problem) => invalidValue(field, key, problem))),
    ...(size > MOST_ANNOTATIONS ? [tooLong(field, MOST_ANNOTATIONS)] : []),
  ];
}

/** A label selector's requirements (apimachinery `meta/v1/validation`). */
export function validateSelector(selector: LabelSelector | undefined, field: string): Cause[] {
  const expressions = (selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, index) => {
    const at = `${field}.matchExpressions[${index}]`;
    const causes: Cause[] = [];
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        causes.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        causes.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      }
    } else causes.push(invalidValue(`${at}.operator`, operator, 'not a valid selector operator'));
    return [...causes, ...follows(qualifiedName, `${at}.key`, key ?? '')];
  });
  return [...validateLabels(selector?.matchLabels, `${field}.matchLabels`), ...expressions];
}

/** Name, labels, annotations, owners and finalizers (apimachinery `api/validation/objectmeta.go`). */
export function validateMetadata(object: KubeObject, nameRule: TextRule, previous?: KubeObject): Cause[] {
  const { name, generateName, labels, annotations, ownerReferences = [], finalizers = [] } = object.metadata;
  const causes: Cause[] = [];
  if (!name && !generateName) causes.push(required('metadata.name', 'name or generateName is required'));
  if (name) causes.push(...follows(nameRule, 'metadata.name', name));
  else if (generateName) {
    // A base may end as a name may not: its random end is to come.
    const problems = nameRule(`${generateName.slice(0, 58).replace(/[-.]$/, 'a')}a`);
    causes.push(...problems.map((problem) => invalidValue('metadata.generateName', generateName, problem)));
  }
  causes.push(
    ...validateLabels(labels, 'metadata.labels'),
    ...validateAnnotations(annotations, 'metadata.annotations'),
  );
  for (const [index, { apiVersion, kind, name: owner, uid }] of ownerReferences.entries()) {
    const at = `metadata.ownerReferences[${index}]`;
    if (!apiVersion) causes.push(invalidValue(`${at}.apiVersion`, apiVersion ?? '', 'version must not be empty'));
    if (!kind) causes.push(invalidValue(`${at}.kind`, kind ?? '', 'kind must not be empty'));
    if (!owner) causes.push(invalidValue(`${at}.name`, owner ?? '', 'name must not be empty'));
    if (!uid) causes.push(invalidValue(`${at}.uid`, uid ?? '', 'uid must not be empty'));
  }
  for (const finalizer of finalizers) {
    causes.push(...follows(qualifiedName, 'metadata.finalizers', finalizer));
    if (!finalizer.includes('/') && !STANDARD_FINALIZERS.includes(finalizer)) {
      causes.push(
        invalidValue(
          'metadata.finalizers',
          finalizer,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
      );
    }
  }
  return [...causes, ...validateEnding(finalizers, previous)];
}

/** What is being deleted may lose finalizers, not gain them (`ValidateObjectMetaAccessorUpdate`). */
function validateEnding(finalizers: string[], previous: KubeObject | undefined): Cause[] {
  if (!previous?.metadata.deletionTimestamp) return [];
  const added = finalizers.filter((finalizer) => !previous.metadata.finalizers?.includes(finalizer)).sort();
  if (added.length === 0) return [];
  const list = `[]string{${added.map((one) => JSON.stringify(one)).join(', ')}}`;
  const words = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
  return [forbidden('metadata.finalizers', words)];
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** As `oneOf`, where an absent value is complained of too. */
export const neededOneOf = (field: string, value: string | undefined, supported: readonly string[]): Cause[] =>
  !value ? [required(field)] : supported.includes(value) ? [] : [notSupported(field, value, supported)];
