const NUMBER = /^\d+$/;

/**
 * Orders two resource versions of one kind: negative, zero or positive; null when one of them is no number. They are
 * etcd revisions, larger than a double may hold; KEP-5504 makes them comparable.
 */
export function compareVersions(a: string, b: string): number | null {
  if (!NUMBER.test(a) || !NUMBER.test(b)) return null;
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : Number(left > right);
}
