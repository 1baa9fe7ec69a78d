import type { KubeObject } from './api/meta.ts';

/** What stands in place of a value that must not leave. */
export const REDACTED = '[redacted]';

/** Words that make a key's value a secret, wherever they stand in the key. */
const SECRET_KEY =
  /token|passw(or)?d|(?<![a-z])(pass|pwd)(?![a-z])|passphrase|secret|credential|bearer|api-?_?key|private-?_?key|access-?_?key|auth(?!or(?!i[sz]))/i;

/** Values that give themselves away: a JSON Web Token, a PEM block, a password in a URL. */
const SECRET_VALUE = /eyJ[\w-]{8,}\.[\w-]+\.|-----BEGIN |:\/\/[^/\s:@]*:[^/\s@]+@/;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy of an object that may leave the server: no managedFields, no last-applied-configuration, no data of Secrets and
 * ConfigMaps (their keys stay), no values of environment variables or of probes' HTTP headers (names and `valueFrom`
 * stay), no values of annotations and arguments whose name or form is that of a secret. The object itself is not touched.
 */
export function redact(object: KubeObject): KubeObject {
  const copy = walk(object, '') as KubeObject & { data?: unknown; stringData?: unknown; binaryData?: unknown };
  for (const field of ['data', 'stringData', 'binaryData'] as const) {
    if (copy[field] !== undefined && holdsData(copy, object)) copy[field] = maskValues(copy[field]);
  }
  return copy;
}

/** Objects out of a list carry no kind, so data at the top of an object without a spec is taken for a secret. */
function holdsData(copy: KubeObject, object: KubeObject): boolean {
  return copy.kind === 'Secret' || copy.kind === 'ConfigMap' || !('spec' in object);
}

function walk(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    if (field === 'env' || field === 'httpHeaders') return value.map(redactNamedValue);
    if (field === 'args' || field === 'command') return redactArguments(value);
    return value.map((item) => walk(item, ''));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'managedFields');
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'annotations' ? redactAnnotations(inner) : walk(inner, key)]),
  );
}

function redactNamedValue(pair: unknown): unknown {
  if (typeof pair !== 'object' || pair === null) return pair;
  return 'value' in pair ? { ...pair, value: REDACTED } : pair;
}

function redactAnnotations(annotations: unknown): unknown {
  if (typeof annotations !== 'object' || annotations === null) return annotations;
  const kept = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  const isSecret = (key: string, value: unknown) => SECRET_KEY.test(key) || SECRET_VALUE.test(String(value));
  return Object.fromEntries(kept.map(([key, value]) => [key, isSecret(key, value) ? REDACTED : value]));
}

/** `--token=x` and `--token x` both lose x; a shell line that assigns or passes such a thing is lost as a whole. */
function redactArguments(words: unknown[]): unknown[] {
  let hideNext = false;
  return words.map((word) => {
    const hide = hideNext;
    hideNext = typeof word === 'string' && /^-{1,2}[^\s=]+$/.test(word) && SECRET_KEY.test(word);
    if (hide && !hideNext) return REDACTED;
    return typeof word === 'string' ? redactArgument(word) : word;
  });
}

function redactArgument(word: string): string {
  if (SECRET_VALUE.test(word)) return REDACTED;
  if (!SECRET_KEY.test(word)) return word;
  const [, flag] = /^(-{1,2}[^\s=]+)=/.exec(word) ?? [];
  if (flag !== undefined) return `${flag}=${REDACTED}`;
  return /[\s=:]/.test(word) ? REDACTED : word;
}

function maskValues(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return REDACTED;
  return Object.fromEntries(Object.keys(data).map((key) => [key, REDACTED]));
}
