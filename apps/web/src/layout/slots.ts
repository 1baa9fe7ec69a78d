/**
 * Gives each of `uids` a numbered place: whoever had one keeps it, newcomers take the first free one in the order
 * given. A place that was left stays empty until a newcomer takes it.
 */
export function assignSlots(uids: readonly string[], previous: ReadonlyMap<string, number>): Map<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  for (const uid of uids) {
    const slot = previous.get(uid);
    if (slot === undefined || taken.has(slot)) continue;
    slots.set(uid, slot);
    taken.add(slot);
  }
  const free = freeSlots(taken);
  for (const uid of uids) if (!slots.has(uid)) slots.set(uid, free());
  return slots;
}

/**
 * Moves whoever stands in a row that is no longer needed to the first free places, and nobody else. `room` is how many
 * places are wanted in all, `perRow` how many a row has. Returns whether anyone moved.
 */
export function closeSurplusRows(slots: Map<string, number>, room: number, perRow: number): boolean {
  const limit = Math.max(1, Math.ceil(room / perRow)) * perRow;
  const beyond = [...slots].filter(([, slot]) => slot >= limit).sort((a, b) => a[1] - b[1]);
  for (const [uid] of beyond) slots.delete(uid);
  const free = freeSlots(new Set(slots.values()));
  for (const [uid] of beyond) slots.set(uid, free());
  return beyond.length > 0;
}

/** Answers the free places, lowest first; each is taken by being answered. */
export function freeSlots(taken: ReadonlySet<number>): () => number {
  let next = 0;
  return () => {
    while (taken.has(next)) next += 1;
    next += 1;
    return next - 1;
  };
}
