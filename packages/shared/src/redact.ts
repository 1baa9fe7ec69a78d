import type { KubeObject } from './api/meta.ts';

/** What stands in place of a value that must not leave. */
export const REDACTED = '[redacted]';

/** Words that make a key's value a secret, wherever they stand in the key. */
const SECRET_KEY = /token|passw(or)?d|passphrase|secret|credential|api-?_?key|private-?_?key|access-?_?key|auth(?!or)/i;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy of an object that may leave the server: no managedFields, no last-applied-configuration, no data of Secrets and
 * ConfigMaps (their keys stay), no values of environment variables (names and `valueFrom` stay), no values of annotations
 * with token-like names, no token-like arguments. The object itself is not touched.
 */
export function redact(object: KubeObject): KubeObject {
  const copy = walk(object, '') as KubeObject & { data?: unknown; stringData?: unknown; binaryData?: unknown };
  for (const field of ['data', 'stringData', 'binaryData'] as const) {
    if (copy[field] !== undefined && holdsData(copy, object)) copy[field] = maskValues(copy[field]);
  }
  return copy;
}

/** List items carry no kind, so whatever has `data` at its top and no spec counts as holding secrets. */
function holdsData(copy: KubeObject, object: KubeObject): boolean {
  return copy.kind === 'Secret' || copy.kind === 'ConfigMap' || !('spec' in object);
}

function walk(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    if (field === 'env') return value.map(redactEnv);
    if (field === 'args' || field === 'command') return redactArguments(value);
    return value.map((item) => walk(item, ''));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'managedFields');
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'annotations' ? redactAnnotations(inner) : walk(inner, key)]),
  );
}

function redactEnv(variable: unknown): unknown {
  if (typeof variable !== 'object' || variable === null) return variable;
  return 'value' in variable ? { ...variable, value: REDACTED } : variable;
}

function redactAnnotations(annotations: unknown): unknown {
  if (typeof annotations !== 'object' || annotations === null) return annotations;
  const kept = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  return Object.fromEntries(kept.map(([key, value]) => [key, SECRET_KEY.test(key) ? REDACTED : value]));
}

/** `--token=x` and `--token x` both lose x; a shell line that assigns or passes such a thing is lost as a whole. */
function redactArguments(words: unknown[]): unknown[] {
  let previousIsSecretFlag = false;
  return words.map((word) => {
    const hide = previousIsSecretFlag;
    previousIsSecretFlag = false;
    if (hide) return REDACTED;
    if (typeof word !== 'string' || !SECRET_KEY.test(word)) return word;
    const flag = /^(-{1,2}[^\s=]+)(=?)/.exec(word);
    if (flag === null) return /[\s=:]/.test(word) ? REDACTED : word;
    const [, name = '', equals = ''] = flag;
    if (equals === '=') return SECRET_KEY.test(name) || SECRET_KEY.test(word) ? `${name}=${REDACTED}` : word;
    previousIsSecretFlag = name === word;
    return previousIsSecretFlag ? word : REDACTED;
  });
}

function maskValues(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return REDACTED;
  return Object.fromEntries(Object.keys(data).map((key) => [key, REDACTED]));
}
