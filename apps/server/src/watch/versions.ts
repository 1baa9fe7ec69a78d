const NUMBER = /^(0|[1-9]\d*)$/;

/**
 * Orders two resource versions of one kind: negative, zero or positive; null when one of them is no number. They are
 * etcd revisions, larger than a double may hold; KEP-5504 makes them comparable, and rules out leading zeros, so that of
 * two the longer is the larger.
 */
export function compareVersions(a: string, b: string): number | null {
  if (!NUMBER.test(a) || !NUMBER.test(b)) return null;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
