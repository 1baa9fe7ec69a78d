import { IS_TROUBLE } from './marks.ts';
import { grown } from './model.ts';
import { Places } from './places.ts';

/** Who is seated nowhere. */
export const NO_TILE = -1;

/** The pods of one tile, each at a place that it keeps, and how many of them are failing or draining. */
export interface Seating {
  places: Places;
  troubled: number;
}

/** Which pod sits in which tile, at which place, as what. */
export class Seats {
  /** By slot: the tile or `NO_TILE`, the place in it, and the mark that it was seated with. */
  tileOf = new Int32Array(0);
  placeOf = new Int32Array(0);
  markOf = new Uint8Array(0);
  readonly #tiles: (Seating | undefined)[] = [];

  /** Makes room for slots below `length`. */
  fit(length: number): void {
    if (length <= this.tileOf.length) return;
    const before = this.tileOf.length;
    const size = Math.max(length, before * 2);
    this.tileOf = grown(this.tileOf, new Int32Array(size)).fill(NO_TILE, before);
    this.placeOf = grown(this.placeOf, new Int32Array(size));
    this.markOf = grown(this.markOf, new Uint8Array(size));
  }

  of(tile: number): Seating {
    const known = this.#tiles[tile];
    if (known !== undefined) return known;
    const made = { places: new Places(), troubled: 0 };
    this.#tiles[tile] = made;
    return made;
  }

  sit(slot: number, tile: number, mark: number): void {
    const seating = this.of(tile);
    this.tileOf[slot] = tile;
    this.placeOf[slot] = seating.places.take(slot);
    this.markOf[slot] = mark;
    seating.troubled += IS_TROUBLE[mark] as number;
  }

  /** Lets a pod that is seated go. */
  leave(slot: number): void {
    const seating = this.of(this.tileOf[slot] as number);
    seating.places.leave(this.placeOf[slot] as number);
    seating.troubled -= IS_TROUBLE[this.markOf[slot] as number] as number;
    this.tileOf[slot] = NO_TILE;
  }

  /** Changes the mark of a pod that is seated; whether that changed how many are troubled. */
  remark(slot: number, mark: number): boolean {
    const by = (IS_TROUBLE[mark] as number) - (IS_TROUBLE[this.markOf[slot] as number] as number);
    this.markOf[slot] = mark;
    if (by !== 0) this.of(this.tileOf[slot] as number).troubled += by;
    return by !== 0;
  }

  /** Seats whoever sits beyond `room` at the lowest free places, if there are enough; answers who moved. */
  closeUp(tile: number, room: number): number[] {
    const { places } = this.of(tile);
    if (places.items.length <= room || places.taken > room) return [];
    const moved = places.items.slice(room).filter((slot) => slot !== -1);
    for (const slot of moved) places.leave(this.placeOf[slot] as number);
    for (const slot of moved) this.placeOf[slot] = places.take(slot);
    return moved;
  }
}
