import type { Box } from '../box.ts';
import { fitScale, type ViewSize } from './fit-scale.ts';

/** Cells between areas. */
const GAP = 2;

/** Places for areas of any size, on shelves. Nobody who has a place is ever moved; places that were left are given again. */
export class AreaShelves {
  width = 0;
  height = 0;
  #limit = 0;
  #x = 0;
  #y = 0;
  #shelf = 0;
  /** The last stack of the last shelf: areas that are much lower than their shelf stand one below the other. */
  #stack: Box = { x: 0, y: 0, width: 0, height: 0 };
  #left: Box[] = [];

  /** Forgets everything; shelves will be no wider than `limit`, but for a single area that is. */
  reset(limit: number): void {
    Object.assign(this, { width: 0, height: 0 });
    this.#limit = limit;
    [this.#x, this.#y, this.#shelf] = [0, 0, 0];
    this.#stack = { x: 0, y: 0, width: 0, height: 0 };
    this.#left = [];
  }

  /** A place of that size: the smallest that was left and holds it, else one below the last, or the next on the last shelf. */
  take(width: number, height: number): Box {
    const left = this.#best(width, height);
    if (left !== null) {
      this.#left.splice(this.#left.indexOf(left), 1);
      return left;
    }
    const below = this.#below(width, height);
    if (below !== null) return below;
    if (this.#x > 0 && this.#x + width > this.#limit) {
      this.#y += this.#shelf + GAP;
      [this.#x, this.#shelf] = [0, 0];
    }
    const box = { x: this.#x, y: this.#y, width, height };
    this.#x += width + GAP;
    this.#shelf = Math.max(this.#shelf, height);
    this.#stack = { ...box };
    this.width = Math.max(this.width, box.x + width);
    this.height = Math.max(this.height, box.y + height);
    return box;
  }

  /** A place below the last one, within its width and its shelf. */
  #below(width: number, height: number): Box | null {
    const { x, y, width: room, height: taken } = this.#stack;
    if (width > room || taken + GAP + height > this.#shelf) return null;
    this.#stack.height += GAP + height;
    return { x, y: y + taken + GAP, width, height };
  }

  leave(box: Box): void {
    this.#left.push(box);
  }

  #best(width: number, height: number): Box | null {
    let best: Box | null = null;
    for (const box of this.#left) {
      if (box.width < width || box.height < height) continue;
      if (best === null || box.width * box.height < best.width * best.height) best = box;
    }
    return best;
  }
}

/** The width of shelves on which boxes, in this order, fill a view best, and the scale at which they do; tried in pieces. */
export function* shelfWidth(
  sizes: readonly { width: number; height: number }[],
  view: ViewSize,
): Generator<void, { limit: number; scale: number }> {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), 0);
  const aspect = view.width / view.height;
  const shelves = new AreaShelves();
  let best = { limit: widest, scale: 0 };
  for (let factor = 0.9; factor < 1.5; factor += 0.06) {
    const limit = Math.max(widest, Math.ceil(Math.sqrt(area * aspect) * factor));
    yield;
    shelves.reset(limit);
    for (const { width, height } of sizes) shelves.take(width, height);
    const scale = fitScale(shelves.width, shelves.height, view);
    if (scale > best.scale) best = { limit, scale };
  }
  return best;
}
