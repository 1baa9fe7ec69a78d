/** The marks of pods from large to small: their size and gap in pixels of a screen of 1920 × 1080, and their classes. */
const MARKS = [
  { size: 44, gap: 10, mark: 'size-11', row: 'gap-2.5' },
  { size: 32, gap: 8, mark: 'size-8', row: 'gap-2' },
  { size: 24, gap: 6, mark: 'size-6', row: 'gap-1.5' },
] as const;
const FINEST = { size: 16, gap: 4, mark: 'size-4', row: 'gap-1' } as const;

type Level = (typeof MARKS)[number] | typeof FINEST;

/** The room of the node grid below the names of the zones, and the gaps in it. */
const AREA = { width: 936, height: 520, zoneGap: 16, gap: 12 } as const;
/** What of a tile its border and padding take, and its head. */
const SIDES = 44;
const HEAD = 72;
/** The narrowest tile that has room for a node's name, and the lowest that has room for a row of marks. */
const LEAST = { width: 220, height: 92 } as const;
/** A pod's name takes so much, and a tile narrower than this names none. */
const NAME = { height: 42, width: 300 } as const;
/** "+120" at the end of the marks. */
const REST = 96;

/** How the tiles of a zone's nodes are drawn so that all of them fit. */
export interface TilePlan {
  columns: number;
  /** Up to so many pods are named; above, they are marks. */
  named: number;
  /** The classes of the marks and of the row in which they flow. */
  mark: string;
  row: string;
  /** How many marks a tile has room for; where there are more pods, one of them is the count of the others. */
  room: number;
}

/**
 * The plan for tiles of `zones` zones side by side, the largest of `nodes` nodes, none of which runs more than `pods`
 * pods; null when a tile a node has no room.
 */
export function tilePlan(nodes: number, zones: number, pods: number): TilePlan | null {
  const zone = (AREA.width - AREA.zoneGap * (zones - 1)) / zones;
  for (let columns = zones === 1 ? 2 : 1; ; columns += 1) {
    const rows = Math.max(1, Math.ceil(nodes / columns));
    const width = (zone - AREA.gap * (columns - 1)) / columns;
    const height = (AREA.height - AREA.gap * (rows - 1)) / rows;
    if (width < LEAST.width) return null;
    if (height < LEAST.height) continue;
    const named = width < NAME.width ? 0 : Math.max(0, Math.floor((height - HEAD) / NAME.height));
    return { columns, named, ...chooseMarks(width - SIDES, height - HEAD, pods) };
  }
}

function chooseMarks(width: number, height: number, pods: number): Pick<TilePlan, 'mark' | 'row' | 'room'> {
  const fits = (extent: number, { size, gap }: Level) => Math.floor((extent + gap) / (size + gap));
  const capacity = (level: Level) => fits(width, level) * fits(height, level);
  const level = MARKS.find((candidate) => capacity(candidate) >= pods) ?? FINEST;
  const { size, gap, mark, row } = level;
  const all = capacity(level);
  return { mark, row, room: all >= pods ? all : Math.max(0, all - Math.ceil(REST / (size + gap))) };
}
