import type { Graph, GraphDelta } from '@portolan/shared';
import type { FleetOptions } from './arrangement.ts';
import type { FleetCounts } from './counts.ts';
import { FleetModel, type FleetTouch } from './model.ts';
import type { FleetPlan } from './plan.ts';
import { FleetPlanner } from './planner.ts';

/** As many pods as are taken in at a stretch. */
const MANY = 4_000;

/**
 * The fleet of a live graph and the plan of its picture. `renew` and `arrange` only say what is to be done: `step` does
 * it, piece by piece, and until it is done `plan` and `counts` stay as they are. A change is taken in at once when nothing
 * is to be done. Of a graph that took another's place, who is in both keeps its place in the picture.
 */
export class Fleet {
  readonly model: FleetModel;
  #planner: FleetPlanner | null = null;
  #work: Generator<void> | null = null;
  #graph: Graph | null = null;
  #options: FleetOptions | null = null;
  #pending: FleetTouch = { pods: [], nodes: [] };
  #counts: FleetCounts;

  /** `namespace` is the one whose pods it holds, null for all. */
  constructor(namespace: string | null = null) {
    this.model = new FleetModel(namespace);
    this.#counts = this.model.counts();
  }

  /** Null until a graph was taken in and a picture was asked for. */
  get plan(): FleetPlan | null {
    return this.#planner?.plan ?? null;
  }

  /** The numbers at the moment of `plan`. */
  get counts(): FleetCounts {
    return this.#counts;
  }

  /** Whether there is anything for `step` to do. */
  get busy(): boolean {
    return this.#work !== null || this.#graph !== null || this.#options !== null;
  }

  /** Asks for the fleet of that graph, whose changes are told to `apply` from now on. */
  renew(graph: Graph): void {
    this.#graph = graph;
    this.#work = null;
  }

  /** Asks for another picture; everything may stand elsewhere in it. */
  arrange(options: FleetOptions): void {
    this.#options = options;
    this.#work = null;
  }

  /** Does a piece of what was asked for, of a few milliseconds at most; whether more is to be done. */
  step(): boolean {
    this.#work ??= this.busy ? this.#do() : null;
    if (this.#work?.next().done) this.#work = null;
    return this.busy;
  }

  /** Takes in a change that the graph made; whether `plan` or `counts` may be others now. It may make work: see `busy`. */
  apply(delta: GraphDelta): boolean {
    const { pods, nodes } = this.model.apply(delta);
    if (pods.length === 0 && nodes.length === 0) return false;
    for (const slot of pods) this.#pending.pods.push(slot);
    for (const row of nodes) this.#pending.nodes.push(row);
    if (this.busy || this.#planner === null) return false;
    this.#takeIn();
    return true;
  }

  *#do(): Generator<void> {
    if (this.#graph !== null) yield* this.model.fill(this.#graph, this.#pending);
    this.#graph = null;
    if (this.#options !== null) yield* this.#lay(this.#options);
    this.#options = null;
    if (this.#planner === null) {
      this.#counts = this.model.counts();
      return;
    }
    for (let many = this.#pending.pods; many.length > MANY; many = this.#pending.pods) {
      this.#planner.absorb(many.splice(-MANY));
      yield;
    }
    this.#takeIn();
  }

  *#lay(options: FleetOptions): Generator<void> {
    this.#pending = { pods: [], nodes: [] };
    const planner = new FleetPlanner(this.model, options, this.plan?.version);
    yield* planner.lay();
    this.#planner = planner;
  }

  #takeIn(): void {
    const touch = this.#pending;
    this.#pending = { pods: [], nodes: [] };
    this.#planner?.update(touch);
    this.#counts = this.model.counts();
    if (this.#planner?.outgrown) this.arrange(this.#planner.options);
  }
}
