import type { PodEntity } from '@portolan/shared';
import type { Box } from '../box.ts';
import { AreaShelves, shelfWidth } from './area-shelves.ts';
import type { Arrangement, ArrangementContext } from './arrangement.ts';
import { compareGroups, groupOfPod, surelyTogether } from './grouping.ts';
import { mergeSort } from './merge-sort.ts';
import type { FleetGroup, FleetTile } from './plan.ts';

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 };
/** An area has room for one pod more in so many. */
const SPARE = 8;

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
    const shapes = areas.map((area) => shapeOf(sizeOf(area)));
    this.#shelves.reset(yield* shelfWidth(shapes, options.aspect));
    yield;
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
    const { width, height, ...shape } = shapeOf(items.length);
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

/** The shape of an area for so many pods. */
function shapeOf(pods: number) {
  const room = pods + 1 + Math.floor(pods / SPARE);
  const columns = Math.ceil(Math.sqrt(room));
  const rows = Math.ceil(room / columns);
  const heading = Math.min(8, Math.ceil(columns / 6));
  return { columns, rows, heading, width: columns, height: heading + rows };
}
