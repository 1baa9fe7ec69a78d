/**
 * Which drawn line shows which row, by uid: a row keeps its line while it is drawn, and the lines of those that are not
 * drawn any more show others. So a scroll writes into lines that are there, and makes none.
 */
export function lineKeys(before: ReadonlyMap<string, number>, uids: readonly string[]): Map<string, number> {
  const kept = new Set<number>();
  for (const uid of uids) {
    const line = before.get(uid);
    if (line !== undefined) kept.add(line);
  }
  let next = 0;
  const free = () => {
    while (kept.has(next)) next += 1;
    next += 1;
    return next - 1;
  };
  return new Map(uids.map((uid) => [uid, before.get(uid) ?? free()]));
}
