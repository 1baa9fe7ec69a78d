import type { ServedBy } from './served-by.ts';
import type { PodTraffic, RevisionTraffic, TrafficCount } from './traffic.ts';

/** How many seconds the series covers. */
const SECONDS = 60;
const MOST_PODS = 200;
const MOST_REVISIONS = 50;

/** One request that ended: whom it was sent to (undefined when no pod was picked), and how it ended. */
export interface Ending {
  by: ServedBy | undefined;
  ok: boolean;
}

const add = (count: TrafficCount, ok: boolean): void => {
  if (ok) count.answered += 1;
  else count.failed += 1;
};

/** Puts what was used last at the end, and forgets the first beyond `most`. */
function touch<T>(map: Map<string, T>, key: string, make: () => T, most: number): T {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
  return value;
}

/** Counts of requests, in bounded memory: in all, by revision, by pod, and for each of the last sixty seconds. */
export class TrafficCounts {
  readonly #total: TrafficCount = { answered: 0, failed: 0 };
  readonly #revisions = new Map<string, RevisionTraffic>();
  readonly #pods = new Map<string, PodTraffic>();
  readonly #seconds = new Map<string, TrafficCount>();

  /** Counts one request that ended in a second of the client's clock. */
  record({ by, ok }: Ending, second: number): void {
    const { pod = '', node = '', revision = '', image = '' } = by ?? {};
    add(this.#total, ok);
    const zero = { answered: 0, failed: 0 };
    add(
      touch(this.#revisions, `${revision} ${image}`, () => ({ revision, image, ...zero }), MOST_REVISIONS),
      ok,
    );
    add(
      touch(this.#pods, `${pod} ${revision}`, () => ({ pod, node, revision, image, ...zero }), MOST_PODS),
      ok,
    );
    add(
      touch(this.#seconds, String(second), () => ({ ...zero }), SECONDS + 1),
      ok,
    );
  }

  get total(): TrafficCount {
    return { ...this.#total };
  }

  /** Those sent to last stand last. */
  byRevision(): RevisionTraffic[] {
    return [...this.#revisions.values()].map((count) => ({ ...count }));
  }

  byPod(): PodTraffic[] {
    return [...this.#pods.values()].map((count) => ({ ...count }));
  }

  /** The sixty seconds up to this one, oldest first. */
  lastSeconds(second: number): TrafficCount[] {
    return Array.from({ length: SECONDS }, (_, index) => ({
      ...(this.#seconds.get(String(second - SECONDS + 1 + index)) ?? { answered: 0, failed: 0 }),
    }));
  }
}
