import type { Arrangement, ArrangementContext } from './arrangement.ts';
import { Column, placeBox, rowsFor } from './column.ts';
import { fitColumns } from './fit-columns.ts';
import { compareGroups, gathersNodes, groupOfNode } from './grouping.ts';
import { mergeSort } from './merge-sort.ts';
import { type FleetModel, NO_NODE } from './model.ts';
import { type NodeSeat, NodeSeats } from './node-seats.ts';
import type { FleetGroup, FleetTile, Tier } from './plan.ts';
import { Shelves } from './shelves.ts';
import { gridFor, mostPods, sittingIn, type TileGrid, usualPods } from './tile-grid.ts';
import { UnplacedStrip } from './unplaced-strip.ts';

/** So many nodes are all drawn with their names. */
const FEW = 36;
/**
 * The grid grows for all once one node in so many has more pods than a tile holds, and so many do at least; where all
 * have names, once half have.
 */
const CROWDED = 8;
/** A picture made for nodes is outgrown by so many times as many. */
const OUTGROWN = 3;

type Row = NonNullable<FleetModel['nodes'][number]>;

/**
 * Nodes as tiles, one column a zone or pool: nodes with a condition, by name; nodes with failing or draining pods, or
 * cordoned; and blocks of all others. A node that is not well leaves its own place empty and comes back to it.
 */
export class NodeArrangement implements Arrangement {
  readonly #context: ArrangementContext;
  readonly #by: 'zone' | 'pool';
  readonly #columns: Column[] = [];
  readonly #columnOf = new Map<string, number>();
  readonly #seats = new NodeSeats(this.#columns);
  readonly #shelves = new Shelves();
  readonly #strip = new UnplacedStrip();
  #grid: TileGrid = gridFor(0, false);
  #planned = 0;
  #groups: FleetGroup[] | null = null;
  #stale = new Set<number>();

  constructor(context: ArrangementContext) {
    const { grouping } = context.options;
    if (!gathersNodes(grouping)) throw new RangeError(`${grouping.by} gathers pods`);
    this.#context = context;
    this.#by = grouping.by;
  }

  get width(): number {
    return Math.max(this.#shelves.width, this.#strip.width);
  }

  get height(): number {
    return this.#strip.foot(this.#shelves.bottom);
  }

  get tiles(): number {
    return this.#context.model.nodes.length;
  }

  get outgrown(): boolean {
    return (
      this.#seats.nodes > OUTGROWN * Math.max(FEW, this.#planned) ||
      (this.#seats.home === 'named' && this.#seats.nodes > 2 * FEW)
    );
  }

  tileOf(slot: number): number {
    return this.#context.model.nodeOf[slot] as number;
  }

  *lay(): Generator<void> {
    const { model } = this.#context;
    const rows = yield* this.#rowsByName();
    this.#grid = this.#gridFor(rows, rows.length <= FEW);
    this.#seats.home = this.#grid.few ? 'named' : 'block';
    const names = rows.map((row) => groupOfNode(model.nodes[row]?.entity ?? null, this.#by));
    const known = new Map(names.map((name) => [name.key, name]));
    for (const { key, title } of [...known.values()].sort(compareGroups)) this.#newColumn(key, title);
    for (const row of rows) this.#settleNode(row);
    this.#planned = rows.length;
    yield;
    yield* this.#fit(names.length === 0 ? 0 : Math.max(...rows.map((row) => model.nodes[row]?.name.length ?? 0)));
    this.#shelves.flow(this.#columns, this.#grid, this.#seats.home);
    this.#strip.reset(this.#shelves.width, this.#grid.heading);
    this.#strip.grow(this.#unplaced.places.items.length);
  }

  settle(tiles: ReadonlySet<number>, rows: readonly number[]) {
    this.#stale = new Set([...tiles, ...rows]);
    for (const row of [...this.#stale]) if (row !== NO_NODE) this.#settleNode(row);
    if (this.#mustGrow()) this.#growGrid();
    const moved: number[] = [];
    for (const row of this.#stale) if (row !== NO_NODE) moved.push(...this.#closeUp(row));
    this.#settleColumns();
    if (this.#stale.size > 0) this.#groups = null;
    return { stale: this.#stale, moved };
  }

  tile(row: number): FleetTile | null {
    if (row === NO_NODE) return this.#strip.tile(this.#shelves.bottom, this.#columns.length, this.#unplaced);
    const { model, seats } = this.#context;
    const node = model.nodes[row];
    const seat = this.#seats.of(row);
    if (!node || seat === undefined) return null;
    const column = this.#columns[seat.column] as Column;
    const box = placeBox(
      this.#grid,
      { blocks: column.blocks, home: this.#seats.home },
      column.rows,
      seat.tier,
      seat.place,
    );
    box.x += column.x;
    box.y += column.y;
    const { items } = seats.of(row).places;
    const { left, top, columns, pitch } = sittingIn(this.#grid, seat.tier, items.length);
    return {
      key: node.uid,
      group: seat.column,
      box,
      tier: seat.tier,
      node: { uid: node.uid, name: node.name, mark: node.mark },
      pods: items,
      left: box.x + left,
      top: box.y + top,
      columns,
      pitch,
    };
  }

  groups(): readonly FleetGroup[] {
    this.#groups ??= [
      ...this.#columns.map((column) => groupOfColumn(column, this.#grid.heading)),
      this.#strip.group(this.#shelves.bottom, this.#unplaced),
    ];
    return this.#groups;
  }

  get #unplaced() {
    return this.#context.seats.of(NO_NODE);
  }

  get #keepsRow(): boolean {
    return this.#seats.home === 'block' && this.#context.options.order === 'problems';
  }

  /** All rows in the order of their nodes' names. */
  *#rowsByName(): Generator<void, number[]> {
    const { model } = this.#context;
    const nodes: Row[] = [];
    for (const node of model.nodes) if (node !== null) nodes.push(node);
    const sorted = yield* mergeSort(nodes, (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    return sorted.map(({ name }) => model.rowOf(name)).filter((row) => row !== undefined);
  }

  #gridFor(rows: readonly number[], few: boolean): TileGrid {
    const pods = rows.map((row) => this.#context.seats.of(row).places.taken);
    const most = pods.reduce((max, each) => Math.max(max, each), 0);
    return gridFor(Math.max(usualPods(pods), Math.ceil(most / mostPods({ columns: 1, rows: 1 }))), few);
  }

  /** `letters` is the length of the longest name. */
  *#fit(letters: number): Generator<void> {
    const loads = this.#columns.map(({ homes, named, promoted }) => ({
      homes: homes.items.length,
      named: named.items.length,
      promoted: promoted.items.length,
    }));
    const keep = this.#keepsRow;
    const fit = yield* fitColumns({
      grid: this.#grid,
      home: this.#seats.home,
      loads,
      view: this.#context.options.view,
      keep,
      letters,
      unplaced: this.#unplaced.places.items.length,
    });
    this.#grid = fit.grid;
    this.#shelves.reset(fit.shelves);
    for (const [at, column] of this.#columns.entries()) {
      column.blocks = fit.blocks[at] ?? 1;
      const load = loads[at];
      if (load !== undefined) Object.assign(column.rows, rowsFor(this.#grid, load, column.blocks, keep));
    }
  }

  #newColumn(key: string, title: string | null): number {
    const made = this.#columns.push(new Column(key, title)) - 1;
    this.#columnOf.set(key, made);
    return made;
  }

  #settleColumns(): void {
    for (const [at, column] of this.#columns.entries())
      if (column.growRows(this.#grid, this.#keepsRow)) this.#touchColumn(at);
    const { bottom, width } = this.#shelves;
    for (const at of this.#shelves.flow(this.#columns, this.#grid, this.#seats.home)) this.#touchColumn(at);
    this.#strip.grow(this.#unplaced.places.items.length);
    if (bottom !== this.#shelves.bottom || width !== this.#shelves.width) this.#stale.add(NO_NODE);
  }

  #touchColumn(at: number): void {
    for (const row of this.#columns[at]?.homes.items ?? []) if (row !== -1) this.#stale.add(row);
  }

  #mustGrow(): boolean {
    const { crowded, nodes } = this.#seats;
    if (crowded > (this.#grid.few ? nodes / 2 : Math.max(CROWDED, nodes / CROWDED))) return true;
    const most = mostPods(this.#grid);
    for (const row of this.#stale) {
      if (row !== NO_NODE && this.#context.seats.of(row).places.taken > most) return true;
    }
    return false;
  }

  /** Tiles become larger for all; each keeps its place among the others. */
  #growGrid(): void {
    const rows = this.#seats.rows();
    const wanted = this.#gridFor(rows, this.#grid.few);
    this.#grid = {
      ...this.#grid,
      columns: Math.max(this.#grid.columns, wanted.columns),
      rows: Math.max(this.#grid.rows, wanted.rows),
    };
    for (const row of rows) {
      this.#settleNode(row);
      this.#stale.add(row);
    }
  }

  #settleNode(row: number): void {
    const node = this.#context.model.nodes[row];
    if (!node) {
      this.#seats.leave(row);
      return;
    }
    const { places, troubled } = this.#context.seats.of(row);
    const crowded = places.taken > this.#grid.columns * this.#grid.rows;
    const isTroubled = troubled > 0 || (node.entity !== null && node.mark !== 'ok');
    const at = this.#columnFor(node, this.#seats.of(row));
    const tier = this.#tierOf(node, troubled, crowded);
    this.#seats.settle(row, at, tier, { pods: places.taken, troubled: isTroubled, crowded });
  }

  /** A node that its pods alone still name stays where it was. */
  #columnFor(node: Row, seat: NodeSeat | undefined): number {
    if (node.entity === null && seat !== undefined) return seat.column;
    const { key, title } = groupOfNode(node.entity, this.#by);
    const known = this.#columnOf.get(key);
    if (known !== undefined) return known;
    const made = this.#newColumn(key, title);
    this.#shelves.append(made, this.#columns, this.#grid);
    if (this.#keepsRow) (this.#columns[made] as Column).rows.promoted = 1;
    // The group of pods without a node is the last, and now by another number.
    this.#stale.add(NO_NODE);
    return made;
  }

  #tierOf({ entity, mark }: Row, troubled: number, crowded: boolean): Tier {
    if (this.#seats.home === 'named') return 'named';
    if (this.#context.options.order === 'problems') {
      if (entity !== null && mark !== 'ok' && mark !== 'cordon') return 'named';
      if (troubled > 0 || mark === 'cordon') return 'promoted';
    }
    return crowded ? 'promoted' : 'block';
  }

  /** Pods that sit beyond what the node's tile can show take free places in it. */
  #closeUp(row: number): number[] {
    const tier = this.#seats.of(row)?.tier;
    if (tier === undefined) return [];
    const room = tier === 'block' ? this.#grid.columns * this.#grid.rows : mostPods(this.#grid);
    return this.#context.seats.closeUp(row, room);
  }
}

function groupOfColumn(
  { key, title, homes, pods, troubled, x, y, width, height }: Column,
  heading: number,
): FleetGroup {
  const box = homes.taken === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x, y, width, height };
  return { key, title, box, heading, nodes: homes.taken, pods, troubled };
}
