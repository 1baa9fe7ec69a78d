import type { Density } from './density.ts';

/** A rectangle of the picture, in CSS pixels at scale 1; the picture's own origin is its top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A square mark at a sticky place: `slot` is its number in its grid, row by row. */
export interface Spot {
  slot: number;
  x: number;
  y: number;
  size: number;
}

/** Where the mark of a pod stands. */
export interface PodSpot extends Spot {
  uid: string;
}

/** A label chip; `key` and `value` are those of a selector, `more` counts the chips for which there was no room. */
export interface ChipBox extends Box {
  key: string;
  value: string;
  more: number;
}

/** The card of a Service. */
export interface ServiceBox extends Box {
  uid: string;
  chips: ChipBox[];
}

/** The pods of one revision, or all pods of a workload that has no revisions. */
export interface LaneBox extends Box {
  key: string;
  /** The uid of the ReplicaSet, or null for an unnamed lane. */
  replicaSet: string | null;
  density: Density;
  pods: PodSpot[];
  /** Places of pods that the controller has yet to create. */
  toCome: Spot[];
  /** Every pod of the lane, drawn one by one or, at the density `counts`, only counted. */
  members: string[];
}

/**
 * The card of a workload. `uid` is null when the workload is not an object of the graph: then `kind` and `name` are
 * what the pods say of their controller, and both are `""` for pods without one.
 */
export interface WorkloadBox extends Box {
  key: string;
  uid: string | null;
  kind: string;
  name: string;
  lanes: LaneBox[];
  /** Revisions that hold nothing and are not drawn. */
  older: number;
}

/** One application: services at the left, the workloads they lead to at the right. */
export interface BlockBox extends Box {
  column: number;
  /** True for one that leads to no pod of the cluster: it stands at the foot of the columns. */
  foot: boolean;
  /** True for one that is open to the outside of the cluster. */
  entry: boolean;
  services: ServiceBox[];
  workloads: WorkloadBox[];
}

/** A line from a Service to a lane of pods that it selects. */
export interface SelectsRoute {
  service: string;
  lane: string;
  /** Points of the orthogonal line, from the service to the lane: always four. */
  points: [Point, Point, Point, Point];
}

/** A point of the picture. */
export interface Point {
  x: number;
  y: number;
}

/** The card of a node and the pods of the namespace that run there. */
export interface NodeBox extends Box {
  /** The uid of the node, or `node/<name>` for one that pods name and the graph does not hold. */
  key: string;
  uid: string | null;
  name: string;
  place: number;
  density: Density | 'label';
  pods: PodSpot[];
  members: string[];
}

/** The strip of nodes. `rest` counts nodes for which there was no room, `restPods` the pods on them. */
export interface ShelfBox extends Box {
  nodes: NodeBox[];
  perRow: number;
  rest: number;
  restPods: number;
}

/** Where everything stands. It is also the memory from which the next one is made. */
export interface Layout {
  namespace: string;
  /** The size of the view it was made for. */
  view: { width: number; height: number };
  columns: number;
  blocks: BlockBox[];
  routes: SelectsRoute[];
  shelf: ShelfBox | null;
  /** The extent of the whole picture. */
  bounds: Box;
}
