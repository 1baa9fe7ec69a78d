import type { Box } from '../../layout/box.ts';
import type { FleetPlan, PodColumns } from '../../layout/fleet/plan.ts';
import { BoxIndex } from './box-index.ts';
import { PodPlaces } from './pod-places.ts';
import { DIMMED, SOUGHT } from './promotion.ts';
import { slotBox } from './where.ts';

/** Which pods a filter lets through, by slot; null where there is no filter. */
export type Lit = ((slot: number) => boolean) | null;

/** What one state shows otherwise than the one before it. */
export interface FleetChange {
  /** Whether the pods are gathered or ordered by something else: then they fly. */
  regrouped: boolean;
  /** Whether so much stands elsewhere, or the plan was laid out anew, that no eye could follow. */
  anew: boolean;
  /** The parts of the picture that must be painted anew, in cells; null for all of it. */
  areas: Box[] | null;
}

/** So many parts are painted one by one; of more, all is painted. */
export const MOST_AREAS = 400;
/** Above so many tiles that moved at once no eye could follow. */
const MOST_MOVED = 40;
/** A filter that lets through no more than so many pods makes each of them easy to find. */
const MOST_SOUGHT = 2_000;

/** The state of the fleet that is shown: what the drawing and the hit test look things up in. */
export class FleetState {
  plan: FleetPlan;
  pods: PodColumns;
  tiles: BoxIndex;
  groups: BoxIndex;
  /** Where pods stand and how they are marked, as it was taken. */
  readonly places = new PodPlaces();
  #lit: Lit;
  /** Whether the filter lets few through. */
  #seeks = false;
  #slot = -1;

  constructor(plan: FleetPlan, pods: PodColumns, lit: Lit) {
    this.plan = plan;
    this.pods = pods;
    this.#lit = lit;
    this.tiles = new BoxIndex(plan.tiles, plan.width, plan.height);
    this.groups = new BoxIndex(plan.groups, plan.width, plan.height);
    this.#takeAll();
  }

  /** By slot: the code of the mark that is drawn, dimmed where a filter does not let the pod through, sought where it lets few through. */
  get codes(): Uint8Array {
    return this.places.codes;
  }

  /** Takes the next state, and answers what it shows otherwise. */
  take(plan: FleetPlan, pods: PodColumns, lit: Lit): FleetChange {
    const before = this.plan;
    const filtered = lit !== this.#lit;
    this.plan = plan;
    this.pods = pods;
    this.#lit = lit;
    const regrouped = gatheredBy(plan) !== gatheredBy(before);
    const { changed } = plan;
    if (plan.version === before.version && !regrouped) {
      if (filtered) this.#takeAll();
      return { regrouped, anew: false, areas: filtered ? null : [] };
    }
    if (regrouped || changed === 'all' || plan.version !== before.version + 1) {
      this.#index();
      this.#takeAll();
      return { regrouped, anew: true, areas: null };
    }
    // Tiles that only hold other pods stand where they stood, and as the same number.
    if (changed.groups || changed.gone.length > 0 || plan.tiles.length !== before.tiles.length) this.#index();
    const anew = changed.gone.length > MOST_MOVED;
    if (changed.pods.length > MOST_AREAS) {
      this.#takeAll();
      return { regrouped, anew, areas: null };
    }
    const areas = [...changed.gone, ...changed.tiles].map(({ box }) => box);
    for (const slot of changed.pods) this.#takePod(slot, areas);
    if (filtered) this.#takeAll();
    return { regrouped, anew, areas: filtered || areas.length > MOST_AREAS ? null : areas };
  }

  /** The slot of a pod by its uid, or null. Asking again for the same pod is cheap as long as it lives. */
  slotOf(uid: string): number | null {
    if (this.pods.entities[this.#slot]?.uid === uid) return this.#slot;
    for (let slot = 0; slot < this.pods.length; slot += 1) {
      if (this.pods.entities[slot]?.uid !== uid) continue;
      this.#slot = slot;
      return slot;
    }
    return null;
  }

  #index(): void {
    const { tiles, groups, width, height } = this.plan;
    this.tiles = new BoxIndex(tiles, width, height);
    this.groups = new BoxIndex(groups, width, height);
  }

  #takeAll(): void {
    this.places.take(this.plan, this.pods.length);
    this.#seeks = this.#letsFewThrough();
    for (let slot = 0; slot < this.pods.length; slot += 1) this.places.codes[slot] = this.#code(slot);
  }

  #takePod(slot: number, areas: Box[]): void {
    const before = slotBox(this.places, slot);
    const moved = this.places.takeSlot(this.plan, slot);
    const code = this.#code(slot);
    const after = slotBox(this.places, slot);
    if (before && moved) areas.push(before);
    if (after && (moved || this.places.codes[slot] !== code)) areas.push(this.#paintedWith(after));
    this.places.codes[slot] = code;
  }

  /** What a pod's mark has a say in: the border of a larger tile, too. */
  #paintedWith(box: Box): Box {
    const tile = this.plan.tiles[this.tiles.at(box.x, box.y) ?? -1];
    return tile && tile.tier !== 'block' ? tile.box : box;
  }

  #code(slot: number): number {
    const code = this.pods.marks[slot] ?? 0;
    if (this.#lit === null) return code;
    if (!this.#lit(slot)) return code + DIMMED;
    return this.#seeks ? code + SOUGHT : code;
  }

  #letsFewThrough(): boolean {
    const lit = this.#lit;
    if (lit === null) return false;
    let count = 0;
    for (let slot = 0; slot < this.pods.length && count <= MOST_SOUGHT; slot += 1) if (lit(slot)) count += 1;
    return count <= MOST_SOUGHT;
  }
}

function gatheredBy({ grouping, order }: FleetPlan): string {
  return `${grouping.by} ${grouping.by === 'label' ? grouping.key : ''} ${order}`;
}
