import type { Kind, Source, SourceState } from '@portolan/shared';
import type { Clock } from '../clock.ts';

const TELL_MS = 500;
/** By then an apiserver has said what a watch missed, or that it cannot go on. */
const CONFIRMED_MS = 1000;

/** How a source stands, as viewers are told: its state, since when, what is wrong, and when it is tried again. */
export class Standing {
  #clock: Clock;
  #changed: () => void;
  #silentSince: () => number | null;
  #state: SourceState = 'idle';
  #since: number;
  #heard: number | null = null;
  #current: number | null = null;
  #problem: string | null = null;
  #retryAt: number | null = null;
  #reading: Source['reading'] = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #proven: number | null = null;
  /** When the watch opened that makes it live, monotonic. */
  #opened = Number.POSITIVE_INFINITY;
  /** What the open watch goes on from is to be compared before it confirms anything; `failure`: why it could not be. */
  #owing: { failure: string | null } | null = null;

  /**
   * `changed` is called after anything that is shown has changed, but for ages; `silentSince` tells since when the apiserver
   * does not answer, null while it does.
   */
  constructor(clock: Clock, changed: () => void, silentSince: () => number | null) {
    this.#clock = clock;
    this.#changed = changed;
    this.#silentSince = silentSince;
    this.#since = clock.now();
  }

  get state(): SourceState {
    return this.#state;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get heardAt(): number | null {
    return this.#heard;
  }

  /** A byte came. */
  hear(): void {
    this.#heard = this.#clock.now();
  }

  /** What is held was the whole truth at that moment. */
  committed(at: number): void {
    this.#current = at;
    this.#proven = at;
    this.#owing = null;
  }

  /** An audit of that moment found nothing amiss. */
  agreed(at: number): void {
    this.#proven = at;
    this.trust();
  }

  /** Nothing speaks against what the open watch goes on from, or ever could: it is current as long as that is open. */
  trust(): void {
    if (this.#owing === null) return;
    this.#owing = null;
    this.#changed();
  }

  /** A watch goes on behind a cut: what is held is as of the cut, live or not, until an audit agrees or all is read anew. */
  owe(): void {
    this.#owing ??= { failure: null };
  }

  /** The audit that is owed could not be made, and why. */
  unaudited(failure: string): void {
    if (this.#owing === null || this.#owing.failure === failure) return;
    this.#owing = { failure };
    this.#changed();
  }

  /** A silence has ended: what happened in it is still on its way, and confirmed no sooner than after a watch was opened. */
  unsure(silentSince: number): void {
    if (this.#state !== 'live') return;
    if (this.#owing === null) this.#current = silentSince;
    this.#opened = this.#clock.monotonic();
  }

  /** What is held is not the truth, for nobody knows how long: it was at the cut that is doubted, else when it was compared last. */
  disprove(): void {
    if (this.#owing === null) this.#current = this.#proven;
    this.#opened = Number.POSITIVE_INFINITY;
  }

  /**
   * `current` is the moment that a state which was live ceased to be the truth. A watch that ends within a second confirms
   * nothing: an expired version is said after a head of 200, and what it missed may still have been on its way.
   */
  enter(
    state: SourceState,
    problem: string | null = null,
    retryAt: number | null = null,
    current: number | null = this.#clock.now(),
  ): void {
    if (state === this.#state && problem === this.#problem && retryAt === this.#retryAt && this.#reading === null)
      return;
    if (this.#state === 'live' && state !== 'live' && this.#confirmed) {
      const silentSince = this.#silentSince();
      // What ends a silence, be it a reset, does not vouch for it.
      this.#current = silentSince === null || current === null ? current : Math.min(current, silentSince);
    }
    if (this.#state !== 'live' && state === 'live') this.#opened = this.#clock.monotonic();
    if (state !== this.#state) this.#since = this.#clock.now();
    this.#state = state;
    this.#problem = problem;
    this.#retryAt = retryAt;
    this.#reading = null;
    this.#changed();
  }

  /** How far a list has come; told twice a second at most. */
  read(received: number, expected: number | null): void {
    this.#reading = { received, expected };
    const at = this.#clock.monotonic();
    if (at - this.#toldAt < TELL_MS) return;
    this.#toldAt = at;
    this.#changed();
  }

  /** The time in which nothing was heard confirms nothing, nor does any before an audit that is owed. */
  get #confirmed(): boolean {
    if (this.#owing !== null) return false;
    const silentSince = this.#silentSince();
    const silentMs = silentSince === null ? 0 : this.#clock.now() - silentSince;
    return this.#clock.monotonic() - silentMs - this.#opened >= CONFIRMED_MS;
  }

  get #whileLive(): number | null {
    if (this.#owing !== null) return this.#current;
    const silentSince = this.#silentSince();
    if (silentSince === null) return this.#clock.now();
    return this.#confirmed ? silentSince : this.#current;
  }

  source(kind: Kind, objects: number): Source {
    return {
      kind,
      state: this.#state,
      objects,
      since: this.#since,
      heard: this.#heard,
      current: this.#state === 'live' ? this.#whileLive : this.#current,
      problem: this.#problem ?? (this.#state === 'live' ? (this.#owing?.failure ?? null) : null),
      retryAt: this.#retryAt,
      reading: this.#reading,
    };
  }
}
