import type { ViewSize } from './fit-scale.ts';
import type { FleetModel } from './model.ts';
import type { FleetGroup, FleetOrder, FleetTile, Grouping } from './plan.ts';
import type { Seats } from './seats.ts';

/** What a picture is asked to be. `view` is what it is to fill. */
export interface FleetOptions {
  grouping: Grouping;
  order: FleetOrder;
  view: ViewSize;
  /** Pods for which it is false are left out, as if they were not there; null takes all. */
  filter: ((pod: NonNullable<FleetModel['entities'][number]>) => boolean) | null;
}

/** Where the tiles of one grouping stand. It seats nobody, but may close up a tile. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  /** Whether so much came that all should be laid out anew. */
  readonly outgrown: boolean;
  /** One more than the highest tile. */
  readonly tiles: number;
  /** The tile in which a pod belongs. */
  tileOf(slot: number): number;
  /** Once all pods are seated: gives every tile its place, in pieces. */
  lay(): Generator<void>;
  /**
   * Gives tiles whose pods changed, and nodes that changed, the places that they should have now. Answers all tiles that
   * may look different, and pods that changed their place within a tile.
   */
  settle(tiles: ReadonlySet<number>, rows: readonly number[]): { stale: ReadonlySet<number>; moved: readonly number[] };
  /** How a tile stands; null for one that does not. */
  tile(tile: number): FleetTile | null;
  /** All groups; the same array when none changed since it was last asked. */
  groups(): readonly FleetGroup[];
}

/** What an arrangement works with. */
export interface ArrangementContext {
  model: FleetModel;
  seats: Seats;
  options: FleetOptions;
}
