import type { FleetPlan } from '../../layout/fleet/plan.ts';

type Columns = Pick<FleetPlan, 'x' | 'y' | 'size'>;

/** Where pods stand, by slot, in cells, and the code of the mark that is drawn; a size of 0 is not drawn. */
export class PodPlaces {
  length = 0;
  x = new Int32Array(0);
  y = new Int32Array(0);
  size = new Uint8Array(0);
  codes = new Uint8Array(0);

  /** Takes a copy of the first `length` slots of a plan: a plan goes on changing in place. */
  take(plan: Columns, length: number): void {
    this.length = length;
    this.x = plan.x.slice(0, length);
    this.y = plan.y.slice(0, length);
    this.size = plan.size.slice(0, length);
    const codes = new Uint8Array(length);
    codes.set(this.codes.subarray(0, length));
    this.codes = codes;
  }

  /** Takes one slot of a plan; answers whether its pod stands elsewhere than before, came or went. */
  takeSlot(plan: Columns, slot: number): boolean {
    if (slot >= this.x.length) this.#grow(slot + 1);
    this.length = Math.max(this.length, slot + 1);
    const [x, y, size] = [plan.x[slot] ?? 0, plan.y[slot] ?? 0, plan.size[slot] ?? 0];
    const same = this.x[slot] === x && this.y[slot] === y && this.size[slot] === size;
    this.x[slot] = x;
    this.y[slot] = y;
    this.size[slot] = size;
    return !same;
  }

  /** A copy of what is held, which stays as it is. */
  copy(): PodPlaces {
    const copy = new PodPlaces();
    copy.length = this.length;
    copy.x = this.x.slice();
    copy.y = this.y.slice();
    copy.size = this.size.slice();
    copy.codes = this.codes.slice();
    return copy;
  }

  #grow(length: number): void {
    const room = Math.max(length, this.x.length * 2, 256);
    const { x, y, size, codes } = this;
    this.x = new Int32Array(room);
    this.y = new Int32Array(room);
    this.size = new Uint8Array(room);
    this.codes = new Uint8Array(room);
    this.x.set(x);
    this.y.set(y);
    this.size.set(size);
    this.codes.set(codes);
  }
}
