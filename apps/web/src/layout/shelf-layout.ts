import { type NodeEntity, nodeMark, type PodEntity } from '@portolan/shared';
import type { NodeBox, PodSpot, ShelfBox } from './box.ts';
import type { Density } from './density.ts';
import { firstOf } from './first-of.ts';
import type { GraphReader } from './graph-reader.ts';
import { METRICS } from './metrics.ts';
import { assignSlots } from './slots.ts';

const WIDE = 264;
const NARROW = 170;
const NODE_GAP = METRICS.shelfGap;
/** A grid of pods in a node's card gets finer marks when it is full, coarser ones only when it is this much emptier. */
const SLACK = 0.6;

interface Grid {
  density: Density | 'label';
  size: number;
  stepX: number;
  stepY: number;
  rows: number;
}

/** How pods are drawn on a node, coarsest first: with name and owner, then as the densities of lanes. */
const GRIDS: readonly Grid[] = [
  { density: 'label', size: 28, stepX: 132, stepY: 32, rows: 2 },
  { density: 'glyph', size: 18, stepX: 24, stepY: 24, rows: 2 },
  { density: 'small', size: 8, stepX: 10, stepY: 10, rows: 6 },
  { density: 'cell', size: 3, stepX: 4, stepY: 4, rows: 15 },
  { density: 'counts', size: 0, stepX: 0, stepY: 0, rows: 0 },
];

interface Seat {
  key: string;
  name: string;
  node: NodeEntity | null;
  pods: PodEntity[];
}

/**
 * The strip "where the pods run": a card for each node, with the pods of the namespace on it. Nodes and pods keep their
 * places. Nodes for which two rows have no room are counted; those in trouble are drawn first, then those drawn before,
 * then those with the most pods here. Null when the cluster shows no node.
 */
export function layoutShelf(
  graph: GraphReader,
  namespace: string,
  previous: ShelfBox | null,
  frame: { x: number; y: number; width: number },
): ShelfBox | null {
  const seats = seatsOf(graph, namespace);
  if (seats.length === 0) return null;
  const perRow = nodesPerRow(seats.length, frame.width, previous?.perRow ?? 0);
  const before = new Map(previous?.nodes.map((box) => [box.key, box]));
  const drawn = chooseSeats(seats, perRow * METRICS.shelfRows, before);
  const places = assignSlots(
    drawn.map((seat) => seat.key),
    new Map(previous?.nodes.map((box) => [box.key, box.place])),
  );
  const width = Math.floor((frame.width - NODE_GAP * (perRow - 1)) / perRow);
  const nodes = drawn.map((seat) => {
    const place = places.get(seat.key) ?? 0;
    const x = frame.x + (place % perRow) * (width + NODE_GAP);
    const row = Math.floor(place / perRow);
    const y = frame.y + METRICS.shelfHead + row * (METRICS.nodeHeight + METRICS.nodeRowGap);
    return layoutNode(seat, place, before.get(seat.key), { x, y, width, height: METRICS.nodeHeight });
  });
  const rows = Math.max(...nodes.map((box) => Math.floor(box.place / perRow))) + 1;
  const out = seats.filter((seat) => !places.has(seat.key));
  return {
    ...frame,
    height: shelfHeight(rows),
    nodes,
    perRow,
    rest: out.length,
    restPods: out.reduce((sum, seat) => sum + seat.pods.length, 0),
  };
}

/** The same shelf elsewhere. */
export function shelfAt(shelf: ShelfBox, y: number): ShelfBox {
  const by = y - shelf.y;
  const nodes = shelf.nodes.map((box) => ({
    ...box,
    y: box.y + by,
    pods: box.pods.map((spot) => ({ ...spot, y: spot.y + by })),
  }));
  return { ...shelf, y, nodes };
}

/** The height of a shelf with so many rows of nodes. */
export function shelfHeight(rows: number): number {
  return METRICS.shelfHead + rows * METRICS.nodeHeight + (rows - 1) * METRICS.nodeRowGap;
}

function seatsOf(graph: GraphReader, namespace: string): Seat[] {
  const seats = new Map<string, Seat>();
  for (const node of graph.all('Node')) seats.set(node.name, { key: node.uid, name: node.name, node, pods: [] });
  for (const pod of graph.inNamespace('Pod', namespace)) {
    if (pod.node === null) continue;
    const seat = seats.get(pod.node) ?? { key: `node/${pod.node}`, name: pod.node, node: null, pods: [] };
    seat.pods.push(pod);
    seats.set(pod.node, seat);
  }
  return [...seats.values()];
}

function nodesPerRow(count: number, width: number, previous: number): number {
  const most = (narrowest: number) => Math.max(1, Math.floor((width + NODE_GAP) / (narrowest + NODE_GAP)));
  const wide = most(WIDE);
  if (count > wide * METRICS.shelfRows) return most(NARROW);
  return Math.min(wide, Math.max(count, previous));
}

function chooseSeats(seats: Seat[], room: number, before: ReadonlyMap<string, NodeBox>): Seat[] {
  if (seats.length <= room) return seats.toSorted((a, b) => compare(a.name, b.name));
  const ranked = seats.map((seat) => {
    const { node, key, name } = seat;
    const rank = (node && nodeMark(node) !== 'ok' ? 0 : 2) + (before.has(key) ? 0 : 1);
    return { seat, name, rank, pods: seat.pods.length };
  });
  const first = firstOf(ranked, room, (a, b) => a.rank - b.rank || b.pods - a.pods || compare(a.name, b.name));
  return first.map(({ seat }) => seat).sort((a, b) => compare(a.name, b.name));
}

function layoutNode(
  seat: Seat,
  place: number,
  previous: NodeBox | undefined,
  frame: { x: number; y: number; width: number; height: number },
): NodeBox {
  const grid = chooseGrid(seat.pods.length, frame.width, previous?.width === frame.width ? previous.density : null);
  const members = seat.pods.map((pod) => pod.uid).sort();
  const perRow = marksPerRow(grid, frame.width);
  const before = previous?.density === grid.density ? new Map(previous.pods.map((spot) => [spot.uid, spot.slot])) : [];
  const order = seat.pods.toSorted((a, b) => a.created - b.created || compare(a.name, b.name)).map((pod) => pod.uid);
  const slots = grid.density === 'counts' ? new Map<string, number>() : assignSlots(order, new Map(before));
  const pods = [...slots]
    .sort((a, b) => a[1] - b[1])
    .map(
      ([uid, slot]): PodSpot => ({
        uid,
        slot,
        x: frame.x + METRICS.pad + (slot % perRow) * grid.stepX,
        y: frame.y + METRICS.nodeHead + Math.floor(slot / perRow) * grid.stepY,
        size: grid.size,
      }),
    );
  return {
    ...frame,
    key: seat.key,
    uid: seat.node?.uid ?? null,
    name: seat.name,
    place,
    density: grid.density,
    pods,
    members,
  };
}

function chooseGrid(count: number, width: number, previous: NodeBox['density'] | null): Grid {
  const room = (grid: Grid) => marksPerRow(grid, width) * grid.rows;
  const finest = GRIDS.length - 1;
  const index = GRIDS.findIndex((grid, at) => at === finest || count <= room(grid));
  const before = GRIDS.findIndex((grid) => grid.density === previous);
  const chosen = GRIDS[index];
  if (!chosen) throw new Error('a shelf has no grid');
  const old = GRIDS[before];
  return old && before > index && count > room(chosen) * SLACK ? old : chosen;
}

function marksPerRow(grid: Grid, width: number): number {
  if (grid.stepX === 0) return 1;
  const trailing = grid.density === 'label' ? 0 : METRICS.pad;
  return Math.max(1, Math.floor((width - METRICS.pad - trailing) / grid.stepX));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
