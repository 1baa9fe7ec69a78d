import type { Box } from '../box.ts';
import { UNPLACED } from './grouping.ts';
import type { FleetGroup, FleetTile } from './plan.ts';
import type { Seating } from './seats.ts';

/** Cells between the strip and what stands above it. */
const ABOVE = 8;
const PITCH = 3;
/** It is wide enough for so many pods. */
const LEAST_ACROSS = 24;

/** How many cells the strip is high, its heading included, below a picture of that width, for so many pods. */
export function stripHeight(width: number, heading: number, places: number): number {
  return heading + Math.ceil(places / acrossOf(width)) * PITCH + 2;
}

function acrossOf(width: number): number {
  return Math.max(LEAST_ACROSS, Math.floor((width - 2) / PITCH));
}

/** The pods that are on no node, in one tile at the foot of the picture; it is there once there is one. */
export class UnplacedStrip {
  #across = LEAST_ACROSS;
  #rows = 0;
  #heading = 0;

  reset(width: number, heading: number): void {
    this.#heading = heading;
    this.#across = acrossOf(width);
    this.#rows = 0;
  }

  /** Makes room for so many places; none is taken back until it is empty. */
  grow(places: number): void {
    this.#rows = places === 0 ? 0 : Math.max(this.#rows, Math.ceil(places / this.#across));
  }

  get width(): number {
    return this.#rows === 0 ? 0 : this.#across * PITCH + 2;
  }

  /** Where the picture ends, if all else ends at `bottom`. */
  foot(bottom: number): number {
    const { y, height } = this.#box(bottom);
    return this.#rows === 0 ? bottom : y + height;
  }

  tile(bottom: number, group: number, { places }: Seating): FleetTile | null {
    if (this.#rows === 0) return null;
    const around = this.#box(bottom);
    const box = { ...around, y: around.y + this.#heading, height: around.height - this.#heading };
    return {
      key: UNPLACED,
      group,
      box,
      tier: 'promoted',
      node: null,
      pods: places.items,
      left: box.x + 1,
      top: box.y + 1,
      columns: this.#across,
      pitch: PITCH,
    };
  }

  group(bottom: number, { places, troubled }: Seating): FleetGroup {
    const box = this.#rows === 0 ? { x: 0, y: 0, width: 0, height: 0 } : this.#box(bottom);
    return { key: UNPLACED, title: null, box, heading: this.#heading, nodes: 0, pods: places.taken, troubled };
  }

  #box(bottom: number): Box {
    const y = bottom === 0 ? 0 : bottom + ABOVE;
    return { x: 0, y, width: this.width, height: this.#heading + this.#rows * PITCH + 2 };
  }
}
