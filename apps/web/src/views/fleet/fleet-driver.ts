import type { GraphDelta } from '@portolan/shared';
import type { FleetOptions } from '../../layout/fleet/arrangement.ts';
import type { FleetCounts } from '../../layout/fleet/counts.ts';
import { Fleet } from '../../layout/fleet/fleet.ts';
import type { FleetModel } from '../../layout/fleet/model.ts';
import type { FleetPlan } from '../../layout/fleet/plan.ts';
import type { LiveStore } from '../../store/live-store.ts';
import type { Pace } from '../../stream/pace.ts';
import type { Clock } from '../../stream/ports.ts';

/** What a person reads beside the picture. `drawn` is false until the fleet stands. */
export interface FleetFigures {
  counts: FleetCounts;
  drawn: boolean;
}

/** What a driver works with. `namespace` is the one whose pods are shown, null for all. */
export interface FleetDriverOptions {
  store: LiveStore;
  pace: Pace;
  clock: Clock;
  namespace: string | null;
}

/** How often figures are told at most, in milliseconds: nobody reads faster. */
const FIGURES_MS = 250;

/**
 * Keeps the fleet of a store in step with it. The picture hears of every plan, in order, in the frame in which it came to
 * be; figures are told four times a second at most.
 */
export class FleetDriver {
  readonly #fleet: Fleet;
  readonly #store: LiveStore;
  readonly #pace: Pace;
  readonly #clock: Clock;
  readonly #planListeners = new Set<() => void>();
  readonly #figureListeners = new Set<() => void>();
  readonly #unwatch: () => void;
  #figures: FleetFigures;
  #options: FleetOptions | null = null;
  #stepping = false;
  #closed = false;
  /** Calls off the telling of figures that is due. */
  #undue: (() => void) | null = null;

  constructor({ store, pace, clock, namespace }: FleetDriverOptions) {
    this.#fleet = new Fleet(namespace);
    this.#store = store;
    this.#pace = pace;
    this.#clock = clock;
    this.#figures = { counts: this.#fleet.counts, drawn: false };
    this.#unwatch = store.watch((delta) => this.#heard(delta));
    if (store.snapshot.synced) this.#renew();
  }

  get figures(): FleetFigures {
    return this.#figures;
  }

  get model(): FleetModel {
    return this.#fleet.model;
  }

  /** The plan that is shown; null until there is one. */
  get plan(): FleetPlan | null {
    return this.#fleet.plan;
  }

  /** Calls `listener` after each new plan, in order; answers its own unsubscribe. */
  onPlan = (listener: () => void): (() => void) => {
    this.#planListeners.add(listener);
    return () => this.#planListeners.delete(listener);
  };

  /** Calls `listener` after `figures` changed; answers its own unsubscribe. */
  onFigures = (listener: () => void): (() => void) => {
    this.#figureListeners.add(listener);
    return () => this.#figureListeners.delete(listener);
  };

  /** Lays the fleet out as it was asked last, as if it came now: places that were left empty are closed. */
  tidy(): void {
    if (this.#options !== null) this.arrange(this.#options);
  }

  /** Lays the fleet out as asked, in pieces. */
  arrange(options: FleetOptions): void {
    this.#options = options;
    this.#fleet.arrange(options);
    this.#step();
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
    this.#undue?.();
  }

  #heard(delta: GraphDelta | 'renewed'): void {
    if (delta === 'renewed') this.#renew();
    else if (this.#fleet.apply(delta)) this.#tell();
    // What came may have outgrown the picture.
    if (this.#fleet.busy) this.#step();
  }

  #renew(): void {
    this.#fleet.renew(this.#store.snapshot.graph);
    this.#step();
  }

  #step(): void {
    // Until there is a graph, a picture of nothing would be shown as if it were the truth.
    if (this.#stepping || !this.#store.snapshot.synced) return;
    this.#stepping = true;
    const go = () => {
      if (this.#closed) return;
      const over = this.#pace.stretch();
      while (this.#fleet.step()) if (over()) return this.#pace.later(go);
      this.#stepping = false;
      this.#tell();
    };
    this.#pace.later(go);
  }

  #tell(): void {
    if (this.#fleet.plan !== null) for (const listener of this.#planListeners) listener();
    // The first figures are waited for.
    this.#undue ??= this.#clock.after(this.#figures.drawn ? FIGURES_MS : 0, () => {
      this.#undue = null;
      this.#figures = { counts: this.#fleet.counts, drawn: this.#fleet.plan !== null };
      for (const listener of this.#figureListeners) listener();
    });
  }
}
