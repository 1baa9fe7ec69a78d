import { createHash } from 'node:crypto';
import type { Random } from '@portolan/shared';

/** The letters and digits of generated names: no vowels, no look-alikes (apimachinery `util/rand`). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A generated name fits a label of 63 characters: the base gives way, never the suffix (apiserver `names/generate.go`). */
const LONGEST_BASE = 63 - 5;

/** The name that the apiserver makes of `generateName`: the base, cut to fit, and five random letters. */
export function generatedName(generateName: string, random: Random): string {
  let suffix = '';
  for (let i = 0; i < 5; i++) suffix += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return generateName.slice(0, LONGEST_BASE) + suffix;
}

/** Nothing but the same content, whatever the order of its keys, gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * A hash of a pod template that looks like `pod-template-hash`: the decimal digits of a 32-bit hash written in the
 * alphabet of names (apimachinery `rand.SafeEncodeString`). `collisions` is the Deployment's collisionCount.
 */
export function templateHash(template: unknown, collisions = 0): string {
  const digest = createHash('sha256').update(canonical(template));
  if (collisions > 0) digest.update(`#${collisions}`);
  const digits = String(digest.digest().readUInt32BE(0));
  return [...digits].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}
