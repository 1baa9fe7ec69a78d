/** Something that stands in a column of things. */
export interface Stackable {
  /** Where it stood before, or null for a newcomer. */
  previousY: number | null;
  height: number;
  /** The height it may yet come to have; whoever comes to stand below keeps clear of it. Never under `height`. */
  reserve: number;
}

/**
 * The tops of things that stand below one another, in the order given. Each keeps its place unless the one above has
 * grown into it; whoever is pushed, or new, keeps clear of the room that the one above reserves. Nothing moves up.
 */
export function stack(items: readonly Stackable[], start: number, gap: number): number[] {
  let hard = start;
  let soft = start;
  return items.map((item) => {
    const y = item.previousY !== null && item.previousY >= hard ? item.previousY : soft;
    hard = y + item.height + gap;
    soft = y + item.reserve + gap;
    return y;
  });
}
