import type { Clock } from '../../clock.ts';

/** A `Date` header is cut to the second. */
const TRUNCATED_MS = 1000;

/**
 * How far the apiserver's clock is from ours, by the `Date` headers of its answers. Each tells a span that the offset lies
 * in: the header was written between the request and the answer, within the second that it names. Spans that agree narrow
 * one another; one that does not (a clock was set) begins anew. Source: the intersection of intervals of RFC 5905, 11.2.1.
 */
export class ServerClock {
  #clock: Clock;
  #span: { from: number; to: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The apiserver's clock minus ours in ms, the middle of what is possible; null until it was heard. */
  get skewMs(): number | null {
    return this.#span === null ? null : Math.round((this.#span.from + this.#span.to) / 2);
  }

  /** An answer came to a request that was sent at `sentAt` (monotonic). One out of a cache (`Age`) tells nothing. */
  heard(sentAt: number, date: string | null, age: string | null): void {
    const at = Date.parse(date ?? '');
    if (Number.isNaN(at) || age !== null) return;
    const now = this.#clock.now();
    const span = { from: at - now, to: at + TRUNCATED_MS - now + (this.#clock.monotonic() - sentAt) };
    const common = this.#span && { from: Math.max(this.#span.from, span.from), to: Math.min(this.#span.to, span.to) };
    this.#span = common !== null && common.from <= common.to ? common : span;
  }
}
