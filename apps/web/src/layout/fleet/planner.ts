import { AreaArrangement } from './area-arrangement.ts';
import type { Arrangement, FleetOptions } from './arrangement.ts';
import { gathersNodes } from './grouping.ts';
import { type FleetModel, type FleetTouch, grown } from './model.ts';
import { NodeArrangement } from './node-arrangement.ts';
import type { FleetDifference, FleetPlan, FleetTile } from './plan.ts';
import { inOrder } from './pod-order.ts';
import { NO_TILE, Seats } from './seats.ts';

/** As many pods as are seated, tiles as are made, and slots as are written at a stretch. */
const STRETCH = 4_000;
const TILES = 1_500;
const SLOTS = 40_000;

/** Keeps the plan of one picture of a model, at the cost of what changes. `lay` comes first, then any number of `update`. */
export class FleetPlanner {
  readonly options: FleetOptions;
  readonly #model: FleetModel;
  readonly #seats = new Seats();
  readonly #arrangement: Arrangement;
  #x = new Int32Array(0);
  #y = new Int32Array(0);
  #size = new Uint8Array(0);
  /** By slot, the version for which it was last said to have changed; and those said for the next one. */
  #saidFor = new Int32Array(0);
  #dirty: number[] = [];
  #touched = new Set<number>();
  readonly #byTile: (FleetTile | null)[] = [];
  #tiles: FleetTile[] = [];
  #version: number;
  #plan: FleetPlan | null = null;

  /** `version` is that of the plan shown before, 0 when there is none. */
  constructor(model: FleetModel, options: FleetOptions, version = 0) {
    this.options = options;
    this.#model = model;
    this.#version = version;
    const context = { model, seats: this.#seats, options };
    this.#arrangement = gathersNodes(options.grouping) ? new NodeArrangement(context) : new AreaArrangement(context);
  }

  /** Null until all was laid out. */
  get plan(): FleetPlan | null {
    return this.#plan;
  }

  /** Whether so much came since it was laid out that it should be laid out anew. */
  get outgrown(): boolean {
    return this.#arrangement.outgrown;
  }

  /** Lays everything out, in pieces; what the model is told between them must be told to `update` thereafter. */
  *lay(): Generator<void> {
    const order = yield* inOrder(this.#model, this.#model.keys);
    this.#fit();
    for (let at = 0; at < order.length; at += 1) {
      this.#seat(order[at] as number);
      if (at % STRETCH === STRETCH - 1) yield;
    }
    yield* this.#arrangement.lay();
    yield;
    for (let tile = 0; tile < this.#arrangement.tiles; tile += 1) {
      this.#byTile[tile] = this.#arrangement.tile(tile);
      if (tile % TILES === TILES - 1) yield;
    }
    this.#fit();
    for (let slot = 0; slot < this.#x.length; slot += 1) {
      this.#write(slot);
      if (slot % SLOTS === SLOTS - 1) yield;
    }
    this.#tiles = this.#byTile.filter((tile) => tile !== null);
    this.#publish('all');
  }

  /** Begins to take in that pods of these slots changed: what `update` then makes of it costs less at a stretch. */
  absorb(slots: readonly number[]): void {
    this.#fit();
    for (const slot of slots) this.#reseat(slot);
  }

  /** Takes in what a change of the model touched; the plan is the same object if nothing differs. */
  update({ pods, nodes }: FleetTouch): FleetPlan {
    if (this.#plan === null) throw new RangeError('nothing was laid out yet');
    this.absorb(pods);
    const { stale, moved } = this.#arrangement.settle(this.#touched, nodes);
    this.#touched = new Set();
    for (const slot of moved) this.#soil(slot);
    const { tiles, gone } = this.#refresh(stale);
    const dirty = this.#dirty;
    this.#dirty = [];
    for (const slot of dirty) this.#write(slot);
    if (tiles.length > 0 || gone.length > 0) this.#tiles = this.#byTile.filter((tile) => tile !== null);
    const groups = this.#differs(this.#plan);
    if (dirty.length === 0 && tiles.length === 0 && gone.length === 0 && !groups) return this.#plan;
    return this.#publish({ pods: dirty, tiles, gone, groups });
  }

  #differs({ groups, width, height }: FleetPlan): boolean {
    const arranged = this.#arrangement;
    return groups !== arranged.groups() || width !== arranged.width || height !== arranged.height;
  }

  /** Says that a slot differs in the next version. */
  #soil(slot: number): void {
    if (this.#saidFor[slot] === this.#version + 1) return;
    this.#saidFor[slot] = this.#version + 1;
    this.#dirty.push(slot);
  }

  #fit(): void {
    const { length } = this.#model;
    this.#seats.fit(length);
    if (length <= this.#x.length) return;
    const size = this.#seats.tileOf.length;
    this.#x = grown(this.#x, new Int32Array(size));
    this.#y = grown(this.#y, new Int32Array(size));
    this.#size = grown(this.#size, new Uint8Array(size));
    this.#saidFor = grown(this.#saidFor, new Int32Array(size));
  }

  /** The tile of a slot by the model, `NO_TILE` where nobody is or who is there is left out. */
  #belongs(slot: number): number {
    const pod = this.#model.entities[slot];
    if (!pod || (this.options.filter !== null && !this.options.filter(pod))) return NO_TILE;
    return this.#arrangement.tileOf(slot);
  }

  #seat(slot: number): void {
    const tile = this.#belongs(slot);
    if (tile !== NO_TILE) this.#seats.sit(slot, tile, this.#model.marks[slot] as number);
  }

  #reseat(slot: number): void {
    const seats = this.#seats;
    const before = seats.tileOf[slot] as number;
    const after = this.#belongs(slot);
    const mark = this.#model.marks[slot] as number;
    if (before === after) {
      if (after === NO_TILE || seats.markOf[slot] === mark) return;
      if (seats.remark(slot, mark)) this.#touched.add(after);
    } else {
      if (before !== NO_TILE) this.#touched.add(before);
      if (before !== NO_TILE) seats.leave(slot);
      if (after !== NO_TILE) this.#touched.add(after);
      if (after !== NO_TILE) seats.sit(slot, after, mark);
    }
    this.#soil(slot);
  }

  /** Looks at tiles that may stand differently; pods of those that moved are dirty. */
  #refresh(stale: Iterable<number>): { tiles: FleetTile[]; gone: FleetTile[] } {
    const tiles: FleetTile[] = [];
    const gone: FleetTile[] = [];
    for (const at of stale) {
      const before = this.#byTile[at] ?? null;
      const after = this.#arrangement.tile(at);
      this.#byTile[at] = after;
      if (before !== null && (after === null || moved(before, after))) gone.push(before);
      if (after === null) continue;
      tiles.push(after);
      if (before !== null && sitsAlike(before, after)) continue;
      for (const slot of this.#seats.of(at).places.items) if (slot !== -1) this.#soil(slot);
    }
    return { tiles, gone };
  }

  #write(slot: number): void {
    const tile = this.#byTile[this.#seats.tileOf[slot] as number] ?? null;
    if (tile === null) {
      this.#size[slot] = 0;
      return;
    }
    const place = this.#seats.placeOf[slot] as number;
    this.#x[slot] = tile.left + (place % tile.columns) * tile.pitch;
    this.#y[slot] = tile.top + Math.floor(place / tile.columns) * tile.pitch;
    this.#size[slot] = tile.pitch;
  }

  #publish(changed: FleetDifference | 'all'): FleetPlan {
    this.#version += 1;
    const { grouping, order } = this.options;
    const { width, height } = this.#arrangement;
    const groups = this.#arrangement.groups();
    const columns = { x: this.#x, y: this.#y, size: this.#size };
    this.#plan = {
      version: this.#version,
      changed,
      grouping,
      order,
      width,
      height,
      groups,
      tiles: this.#tiles,
      ...columns,
    };
    return this.#plan;
  }
}

function moved(before: FleetTile, after: FleetTile): boolean {
  const { x, y, width, height } = before.box;
  const { box } = after;
  return before.key !== after.key || box.x !== x || box.y !== y || box.width !== width || box.height !== height;
}

function sitsAlike(before: FleetTile, after: FleetTile): boolean {
  const { left, top, columns, pitch } = before;
  return after.left === left && after.top === top && after.columns === columns && after.pitch === pitch;
}
