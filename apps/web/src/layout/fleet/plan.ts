import { type NodeMark, POD_MARK_ORDER, type PodEntity, type PodMark } from '@portolan/shared';
import type { Box } from '../box.ts';

/** What the fleet is gathered by. `zone` and `pool` gather nodes, and each node is a tile; all others gather pods. */
export type Grouping =
  | { by: 'zone' | 'pool' | 'namespace' | 'workload' | 'owner' | 'image' | 'phase' }
  | { by: 'label'; key: string };

/** Nodes that are not well stand before all others, or where they always stand. */
export type FleetOrder = 'problems' | 'place';

/** Every pod mark, by the number that stands for it in columns. */
export const POD_MARK_CODES: readonly PodMark[] = POD_MARK_ORDER;

/** The pods as columns: a pod has one row, its slot, for as long as it lives; slots of pods that went are used again. */
export interface PodColumns {
  /** One more than the highest slot ever used; arrays may be longer. */
  readonly length: number;
  /** By slot; null where nobody is. */
  readonly entities: readonly (PodEntity | null)[];
  /** By slot: an index into `POD_MARK_CODES`. */
  readonly marks: Uint8Array;
}

/** How large a tile's pods are drawn: in a block of well nodes, larger, or larger and with the node's name. */
export type Tier = 'block' | 'promoted' | 'named';

/** A rectangle of pods: a node, or all pods of a group that gathers pods. Boxes are in cells. */
export interface FleetTile {
  /** Of this tile, for as long as it stands: the node's uid (`node/<name>` for one that only pods name), or the group's key. */
  readonly key: string;
  readonly group: number;
  readonly box: Box;
  readonly tier: Tier;
  /** Null where the tile is no node. */
  readonly node: { uid: string; name: string; mark: NodeMark } | null;
  /** The slots of its pods in the order in which they stand, row by row; -1 where a place is free. */
  readonly pods: ArrayLike<number>;
  /** Where its first pod stands, in cells. */
  readonly left: number;
  readonly top: number;
  /** Places a row, and cells from one pod to the next. */
  readonly columns: number;
  readonly pitch: number;
}

/** One column or area of the picture, with its heading's words. `title` is null for what has no zone, no owner, no such label. */
export interface FleetGroup {
  readonly key: string;
  readonly title: string | null;
  readonly box: Box;
  /** The strip at the top of `box` that is kept free for the heading, in cells. */
  readonly heading: number;
  readonly nodes: number;
  readonly pods: number;
  /** Nodes, or pods where there are no nodes, that are not well. */
  readonly troubled: number;
}

/**
 * What differs from the plan with the version before. Who paints keeps where it last painted each slot, and clears all of
 * these before it paints any.
 */
export interface FleetDifference {
  /** Slots of pods that came, went, moved or changed their mark, each once; those that went have the size 0. */
  readonly pods: readonly number[];
  /** Tiles that came, moved, or whose node, tier or pods changed, as they stand now; each is a new object in `tiles`. */
  readonly tiles: readonly FleetTile[];
  /** Tiles that went or moved, as they last stood. */
  readonly gone: readonly FleetTile[];
  /** Whether anything of `groups`, or `width` or `height`, differs. */
  readonly groups: boolean;
}

/**
 * Where everything stands, in cells: a cell is what the smallest drawn pod takes, its gap included. All positions are whole
 * numbers. The same state gives the same plan, and a change moves only what it must. Each update is a new object; the
 * columns (`x`, `y`, `size`) are shared with the plan before and changed in place, until they must grow.
 */
export interface FleetPlan {
  /** Goes up by one with every update that changed anything, and when all is laid out anew. */
  readonly version: number;
  /** What differs from the version before; `all` when it was laid out anew, or for who did not see that version. */
  readonly changed: FleetDifference | 'all';
  readonly grouping: Grouping;
  readonly order: FleetOrder;
  readonly width: number;
  readonly height: number;
  readonly groups: readonly FleetGroup[];
  readonly tiles: readonly FleetTile[];
  /** By pod slot: the cell at the pod's top left, and how many cells its side takes, its gap included; a size of 0 is not drawn. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly size: Uint8Array;
}
