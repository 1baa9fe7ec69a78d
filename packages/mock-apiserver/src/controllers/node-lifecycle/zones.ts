import type { Node } from '@portolan/shared';
import type { Clock } from '../../clock.ts';

/** How much of a zone is lost: all of it, most of it, or little. */
export type ZoneState = 'normal' | 'partial' | 'full';

/** The defaults of the controller-manager's flags. */
const FLAGS = {
  /** `--unhealthy-zone-threshold`: from this part on a zone is lost for the most part. */
  unhealthyPart: 0.55,
  /** `--node-eviction-rate` and `--secondary-node-eviction-rate`, in nodes a second. */
  rate: 0.1,
  secondaryRate: 0.01,
  /** `--large-cluster-size-threshold`: smaller zones that are lost for the most part evict nothing. */
  large: 50,
};

/** A node's zone and region in one word (`GetZoneKey`). */
export function zoneOf({ metadata: { labels } }: Node): string {
  const zone = labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? '';
  const region =
    labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? '';
  return `${region}:${zone}`;
}

/** How a zone stands, by its nodes that are ready and those that are not (`ComputeZoneState`). */
export function zoneState(ready: number, notReady: number): ZoneState {
  if (ready === 0 && notReady > 0) return 'full';
  return notReady > 2 && notReady / (ready + notReady) >= FLAGS.unhealthyPart ? 'partial' : 'normal';
}

/** How many nodes a second may be given up in a zone; none where `stopped`, because every zone is lost. */
export function evictionRate(state: ZoneState, nodes: number, stopped: boolean): number {
  if (stopped) return 0;
  if (state !== 'partial') return FLAGS.rate;
  return nodes > FLAGS.large ? FLAGS.secondaryRate : 0;
}

/** The nodes of one zone that wait to be given up, let through at a rate, the first at once (`RateLimitedTimedQueue`). */
export class ZoneQueue {
  readonly #clock: Clock;
  readonly #let: (node: string) => void;
  readonly #waiting = new Set<string>();
  #rate = FLAGS.rate;
  /** When the next may pass, in elapsed ms. */
  #free = 0;
  #armed = false;

  constructor(clock: Clock, let_: (node: string) => void) {
    this.#clock = clock;
    this.#let = let_;
  }

  add(node: string): void {
    this.#waiting.add(node);
    this.#turn();
  }

  delete(node: string): void {
    this.#waiting.delete(node);
  }

  /** Nodes a second; 0 holds all back. */
  setRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#turn();
  }

  #turn(): void {
    while (this.#waiting.size > 0 && this.#rate > 0 && !this.#armed) {
      const wait = this.#free - this.#clock.elapsed();
      if (wait > 0) {
        this.#armed = true;
        this.#clock.after(wait, () => {
          this.#armed = false;
          this.#turn();
        });
        return;
      }
      const [node = ''] = this.#waiting;
      this.#waiting.delete(node);
      this.#free = this.#clock.elapsed() + 1000 / this.#rate;
      this.#let(node);
    }
  }
}
