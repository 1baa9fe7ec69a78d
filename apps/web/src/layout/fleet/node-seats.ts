import type { Column } from './column.ts';
import type { Places } from './places.ts';
import type { Tier } from './plan.ts';

/** What of a node counts for its column. */
export interface NodeFacts {
  pods: number;
  troubled: boolean;
  /** More pods than the tile of a well node holds. */
  crowded: boolean;
}

/** The place of a node: its own, `home`, which it keeps, and the one of the tier where it stands. */
export interface NodeSeat extends NodeFacts {
  column: number;
  home: number;
  tier: Tier;
  place: number;
}

/** Which node stands where in which column, and the totals of the columns. */
export class NodeSeats {
  /** The tier in which nodes are at home. */
  home: Tier = 'block';
  nodes = 0;
  crowded = 0;
  readonly #columns: readonly Column[];
  readonly #seats: (NodeSeat | undefined)[] = [];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  of(row: number): NodeSeat | undefined {
    return this.#seats[row];
  }

  rows(): number[] {
    return [...this.#seats.keys()].filter((row) => this.#seats[row] !== undefined);
  }

  /** Has a node stand in that column and tier; who stands in both already keeps the place. */
  settle(row: number, at: number, tier: Tier, facts: NodeFacts): void {
    const before = this.#seats[row];
    if (before !== undefined && before.column !== at) this.leave(row);
    const seat = this.#seats[row] ?? this.#join(row, at);
    this.#count(seat, facts);
    this.#moveTo(row, seat, tier);
  }

  leave(row: number): void {
    const seat = this.#seats[row];
    if (seat === undefined) return;
    this.#moveTo(row, seat, this.home);
    this.#count(seat, { pods: 0, troubled: false, crowded: false });
    this.#column(seat).homes.leave(seat.home);
    this.#seats[row] = undefined;
    this.nodes -= 1;
  }

  #join(row: number, column: number): NodeSeat {
    const home = (this.#columns[column] as Column).homes.take(row);
    const seat = { column, home, tier: this.home, place: home, pods: 0, troubled: false, crowded: false };
    this.#seats[row] = seat;
    this.nodes += 1;
    return seat;
  }

  #count(seat: NodeSeat, facts: NodeFacts): void {
    const column = this.#column(seat);
    column.pods += facts.pods - seat.pods;
    column.troubled += Number(facts.troubled) - Number(seat.troubled);
    this.crowded += Number(facts.crowded) - Number(seat.crowded);
    Object.assign(seat, facts);
  }

  #moveTo(row: number, seat: NodeSeat, tier: Tier): void {
    if (seat.tier === tier) return;
    const column = this.#column(seat);
    if (seat.tier !== this.home) above(column, seat.tier).leave(seat.place);
    seat.tier = tier;
    seat.place = tier === this.home ? seat.home : above(column, tier).take(row);
  }

  #column({ column }: NodeSeat): Column {
    return this.#columns[column] as Column;
  }
}

function above(column: Column, tier: Tier): Places {
  return tier === 'named' ? column.named : column.promoted;
}
