import type { PodEntity } from '@portolan/shared';
import type { PodColumns } from './plan.ts';

/** Up to this many are sorted by comparing. */
const FEW = 24;
/** About as many steps as are taken at a stretch. */
const STRETCH = 20_000;

/**
 * A number by which pods are put in order, the same wherever and whenever a pod is seen: pods of one owner stand
 * together. Between 0 and 2^32.
 */
export function orderKey(pod: PodEntity): number {
  const own = hash(pod.uid);
  if (pod.owner === null) return own;
  return ((hash(pod.owner.uid) & 0xfffff000) | (own >>> 20)) >>> 0;
}

/** Of the end of a uid, where siblings differ (FNV-1a, its bits mixed once more). */
function hash(uid: string): number {
  let mixed = 0x811c9dc5;
  for (let at = Math.max(0, uid.length - 12); at < uid.length; at += 1) {
    mixed = Math.imul(mixed ^ uid.charCodeAt(at), 0x01000193);
  }
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
}

/**
 * The slots of all pods in the order of their keys, in pieces: a most-significant-byte radix sort. Equal keys are
 * ordered by uid, so that it does not matter in which order pods came.
 */
export function* inOrder(pods: PodColumns, keys: Uint32Array): Generator<void, Int32Array> {
  const slots = new Int32Array(pods.length);
  let count = 0;
  for (let slot = 0; slot < pods.length; slot += 1) if (pods.entities[slot] !== null) slots[count++] = slot;
  const sorted = slots.subarray(0, count);
  const spare = new Int32Array(count);
  const parts: [from: number, to: number, shift: number][] = [[0, count, 24]];
  let done = 0;
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to, shift] = part;
    done += to - from;
    if (to - from <= FEW || shift < 0) compareSort(sorted, from, to, pods, keys);
    else split(sorted, spare, keys, part, parts);
    if (done < STRETCH) continue;
    done = 0;
    yield;
  }
  return sorted;
}

function split(
  slots: Int32Array,
  spare: Int32Array,
  keys: Uint32Array,
  [from, to, shift]: [number, number, number],
  parts: [number, number, number][],
): void {
  const ends = new Int32Array(257);
  const byteOf = (at: number) => ((keys[slots[at] as number] as number) >>> shift) & 255;
  for (let at = from; at < to; at += 1) ends[byteOf(at) + 1] = (ends[byteOf(at) + 1] as number) + 1;
  for (let byte = 0; byte < 256; byte += 1) ends[byte + 1] = (ends[byte + 1] as number) + (ends[byte] as number);
  const next = ends.slice();
  for (let at = from; at < to; at += 1) {
    const byte = byteOf(at);
    const place = next[byte] as number;
    next[byte] = place + 1;
    spare[from + place] = slots[at] as number;
  }
  slots.set(spare.subarray(from, to), from);
  for (let byte = 0; byte < 256; byte += 1) {
    const size = (ends[byte + 1] as number) - (ends[byte] as number);
    if (size > 1) parts.push([from + (ends[byte] as number), from + (ends[byte + 1] as number), shift - 8]);
  }
}

function compareSort(slots: Int32Array, from: number, to: number, pods: PodColumns, keys: Uint32Array): void {
  const before = (a: number, b: number) => {
    const difference = (keys[a] as number) - (keys[b] as number);
    if (difference !== 0) return difference < 0;
    return (pods.entities[a]?.uid ?? '') < (pods.entities[b]?.uid ?? '');
  };
  if (to - from > FEW) {
    slots.subarray(from, to).sort((a, b) => (before(a, b) ? -1 : 1));
    return;
  }
  for (let at = from + 1; at < to; at += 1) {
    const slot = slots[at] as number;
    let place = at;
    while (place > from && before(slot, slots[place - 1] as number)) {
      slots[place] = slots[place - 1] as number;
      place -= 1;
    }
    slots[place] = slot;
  }
}
