import type { Box } from '../../layout/box.ts';

/** The side of a bucket, in cells. */
const SIDE = 32;

/** Finds boxes by where they are, looking only at those nearby. Boxes may touch; a box is known by its number in the list. */
export class BoxIndex {
  readonly #boxes: readonly { readonly box: Box }[];
  readonly #columns: number;
  readonly #rows: number;
  /** Of bucket b, the numbers of its boxes stand in `#items` from `#starts[b]` to `#starts[b + 1]`. */
  readonly #starts: Uint32Array;
  readonly #items: Uint32Array;
  readonly #stamps: Uint32Array;
  #stamp = 0;

  /** Indexes boxes within `width` × `height` cells. */
  constructor(boxes: readonly { readonly box: Box }[], width: number, height: number) {
    this.#boxes = boxes;
    this.#columns = Math.max(1, Math.ceil(width / SIDE));
    this.#rows = Math.max(1, Math.ceil(height / SIDE));
    this.#stamps = new Uint32Array(boxes.length);
    const starts = new Uint32Array(this.#columns * this.#rows + 1);
    this.#each((bucket) => {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    });
    for (let b = 1; b < starts.length; b += 1) starts[b] = (starts[b] ?? 0) + (starts[b - 1] ?? 0);
    const next = starts.slice();
    this.#items = new Uint32Array(starts[starts.length - 1] ?? 0);
    this.#each((bucket, number) => {
      const at = next[bucket] ?? 0;
      this.#items[at] = number;
      next[bucket] = at + 1;
    });
    this.#starts = starts;
  }

  /** The numbers of the boxes that reach into an area, each once. */
  within(area: Box): number[] {
    this.#stamp += 1;
    const found: number[] = [];
    const right = area.x + area.width;
    const bottom = area.y + area.height;
    const [left, last] = [this.#column(area.x), this.#column(right)];
    for (let row = this.#row(area.y); row <= this.#row(bottom); row += 1) {
      const to = this.#starts[row * this.#columns + last + 1] ?? 0;
      for (let at = this.#starts[row * this.#columns + left] ?? 0; at < to; at += 1) {
        const number = this.#items[at] ?? 0;
        const box = this.#boxes[number]?.box;
        if (!box || this.#stamps[number] === this.#stamp) continue;
        this.#stamps[number] = this.#stamp;
        if (box.x < right && box.x + box.width > area.x && box.y < bottom && box.y + box.height > area.y) {
          found.push(number);
        }
      }
    }
    return found;
  }

  /** The number of the box that holds a point, or null. */
  at(x: number, y: number): number | null {
    for (const number of this.within({ x, y, width: 1e-9, height: 1e-9 })) return number;
    return null;
  }

  #each(visit: (bucket: number, number: number) => void): void {
    for (const [number, { box }] of this.#boxes.entries()) {
      const [left, right] = [this.#column(box.x), this.#column(box.x + box.width)];
      for (let row = this.#row(box.y); row <= this.#row(box.y + box.height); row += 1) {
        for (let column = left; column <= right; column += 1) visit(row * this.#columns + column, number);
      }
    }
  }

  #column(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor(x / SIDE)));
  }

  #row(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor(y / SIDE)));
  }
}
