/**
 * What Kubernetes takes for a label's key and value (`IsQualifiedName` and `IsValidLabelValue` in apimachinery's
 * `pkg/util/validation/validation.go`). Each function answers what is wrong and how to mend it, or null.
 */

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What is wrong with a label key such as `app` or `example.com/app`; null when nothing is. */
export function labelKeyProblem(key: string): string | null {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) return 'a key has at most one "/", between a DNS prefix and a name';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') return 'the prefix before "/" must not be empty';
    if (prefix.length > 253) return 'the prefix before "/" has at most 253 characters';
    if (!SUBDOMAIN.test(prefix))
      return 'the prefix before "/" must be a DNS subdomain in lower case, such as example.com';
  }
  if (name === '') return 'the name of a key must not be empty';
  if (name.length > 63) return 'the name of a key has at most 63 characters';
  if (!NAME.test(name)) return 'a key begins and ends with a letter or digit, with "-", "_", "." and these between';
  return null;
}

/** What is wrong with a label value; null when nothing is. An empty value is valid. */
export function labelValueProblem(value: string): string | null {
  if (value.length > 63) return 'a value has at most 63 characters';
  if (value !== '' && !NAME.test(value)) {
    return 'a value is empty, or begins and ends with a letter or digit, with "-", "_", "." and these between';
  }
  return null;
}
