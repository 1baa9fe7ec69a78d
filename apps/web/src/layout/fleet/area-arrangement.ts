import type { PodEntity } from '@portolan/shared';
import type { Box } from '../box.ts';
import { AreaShelves, shelfWidth } from './area-shelves.ts';
import type { Arrangement, ArrangementContext } from './arrangement.ts';
import { guessScale } from './fit-scale.ts';
import { compareGroups, groupOfPod, surelyTogether } from './grouping.ts';
import { mergeSort } from './merge-sort.ts';
import type { FleetGroup, FleetTile } from './plan.ts';

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 };
/** An area has room for one pod more in so many. */
const SPARE = 8;
/** How often the scale is found that headings are made for. */
const ROUNDS = 3;
/** An area is no flatter than this, its width over its height, for its title to have room. */
const FLATTEST = 5;
/** The CSS pixels of a heading, of a letter of it, and of the count beside it. */
const HEADING = 18;
const LETTER = 7.5;
const COUNT = 46;
const MOST_LETTERS = 20;
/** An area narrower than so many CSS pixels has no heading from afar. */
const LEAST_HEADED = 64;

interface Area {
  key: string;
  title: string | null;
  /** Its place, and the heading and pods in it; null while it has none. */
  place: { box: Box; heading: number; columns: number; rows: number } | null;
}

/** Pods as areas, one a group, near-square, on shelves by size. An area that outgrows its place gets another one. */
export class AreaArrangement implements Arrangement {
  readonly outgrown = false;
  readonly #context: ArrangementContext;
  readonly #areas: Area[] = [];
  readonly #areaOf = new Map<string, number>();
  readonly #freeAreas: number[] = [];
  readonly #shelves = new AreaShelves();
  #groups: FleetGroup[] = [];
  /** The CSS pixels a cell for which headings have room. */
  #scale = 1;
  /** Whose area was asked for last: siblings are asked for one after another. */
  #last: { pod: PodEntity; area: number } | null = null;

  constructor(context: ArrangementContext) {
    this.#context = context;
  }

  get width(): number {
    return this.#shelves.width;
  }

  get height(): number {
    return this.#shelves.height;
  }

  get tiles(): number {
    return this.#areas.length;
  }

  tileOf(slot: number): number {
    const { model, options } = this.#context;
    const pod = model.entities[slot];
    if (!pod) throw new RangeError(`nobody has the slot ${slot}`);
    if (this.#last !== null && surelyTogether(pod, this.#last.pod, options.grouping)) return this.#last.area;
    const { key, title } = groupOfPod(pod, options.grouping, model.graph);
    const area = this.#areaOf.get(key) ?? this.#newArea(key, title);
    this.#last = { pod, area };
    return area;
  }

  #newArea(key: string, title: string | null): number {
    const area = this.#freeAreas.pop() ?? this.#areas.length;
    this.#areas[area] = { key, title, place: null };
    this.#areaOf.set(key, area);
    return area;
  }

  *lay(): Generator<void> {
    const { seats, options } = this.#context;
    this.#last = null;
    const sizeOf = (area: number) => seats.of(area).places.taken;
    const areas = yield* mergeSort(
      [...this.#areas.keys()],
      (a, b) => sizeOf(b) - sizeOf(a) || compareGroups(this.#areas[a] as Area, this.#areas[b] as Area),
    );
    const letters = (area: number) => this.#areas[area]?.title?.split('/').at(-1)?.length ?? 0;
    const pods = areas.reduce((sum, area) => sum + sizeOf(area), 0);
    this.#scale = guessScale(pods * (1 + 1 / SPARE), options.view);
    for (let round = 0; round < ROUNDS; round += 1) {
      const shapes = areas.map((area) => shapeOf(sizeOf(area), letters(area), this.#scale));
      const { limit, scale } = yield* shelfWidth(shapes, options.view);
      this.#shelves.reset(limit);
      if (round < ROUNDS - 1) this.#scale = scale;
      yield;
    }
    for (const area of areas) this.#give(area);
    this.#groups = this.#areas.map((_, area) => this.#groupOf(area));
  }

  settle(tiles: ReadonlySet<number>) {
    const moved: number[] = [];
    this.#last = null;
    for (const area of tiles) moved.push(...this.#settleArea(area));
    if (tiles.size > 0) this.#groups = this.#groups.slice();
    for (const area of tiles) this.#groups[area] = this.#groupOf(area);
    return { stale: tiles, moved };
  }

  tile(area: number): FleetTile | null {
    const { key, place } = this.#areas[area] ?? { key: '', place: null };
    if (place === null) return null;
    const { x, y, width, height } = place.box;
    const box = { x, y: y + place.heading, width, height: height - place.heading };
    return {
      key,
      group: area,
      box,
      tier: 'block',
      node: null,
      pods: this.#context.seats.of(area).places.items,
      left: box.x,
      top: box.y,
      columns: place.columns,
      pitch: 1,
    };
  }

  groups(): readonly FleetGroup[] {
    return this.#groups;
  }

  #settleArea(area: number): number[] {
    const { places } = this.#context.seats.of(area);
    const { key, place } = this.#areas[area] as Area;
    if (places.taken === 0) {
      this.#vacate(area);
      this.#areaOf.delete(key);
      this.#freeAreas.push(area);
      return [];
    }
    const room = place === null ? 0 : place.columns * place.rows;
    if (places.items.length <= room) return [];
    if (places.taken <= room) return this.#context.seats.closeUp(area, room);
    this.#vacate(area);
    this.#give(area);
    return [];
  }

  #give(area: number): void {
    const { items } = this.#context.seats.of(area).places;
    if (items.length === 0) return;
    const letters = this.#areas[area]?.title?.split('/').at(-1)?.length ?? 0;
    const { width, height, ...shape } = shapeOf(items.length, letters, this.#scale);
    const { x, y } = this.#shelves.take(width, height);
    (this.#areas[area] as Area).place = { ...shape, box: { x, y, width, height } };
  }

  #vacate(area: number): void {
    const known = this.#areas[area] as Area;
    if (known.place !== null) this.#shelves.leave(known.place.box);
    known.place = null;
  }

  #groupOf(area: number): FleetGroup {
    const { key, title, place } = this.#areas[area] as Area;
    const { places, troubled } = this.#context.seats.of(area);
    return {
      key,
      title,
      box: place?.box ?? NO_BOX,
      heading: place?.heading ?? 0,
      nodes: 0,
      pods: places.taken,
      troubled,
    };
  }
}

/**
 * The shape of an area for so many pods at a scale: about square, or flatter where its title, of so many letters, then has
 * room. One that is large enough to be seen has a strip for it; any other one of a cell, which it grows into from near.
 */
function shapeOf(pods: number, letters: number, scale: number) {
  const room = pods + 1 + Math.floor(pods / SPARE);
  const square = Math.ceil(Math.sqrt(room));
  const wanted = Math.ceil((Math.min(letters, MOST_LETTERS) * LETTER + COUNT) / scale);
  const flattest = Math.ceil(Math.sqrt(room * FLATTEST));
  const columns = Math.max(square, Math.min(wanted, flattest));
  const rows = Math.ceil(room / columns);
  const heading = columns * scale < LEAST_HEADED ? 1 : Math.max(1, Math.ceil(HEADING / scale));
  return { columns, rows, heading, width: columns, height: heading + rows };
}
