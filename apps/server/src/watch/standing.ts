import type { Kind, Source, SourceState } from '@portolan/shared';
import type { Clock } from '../clock.ts';

const TELL_MS = 500;

/** How a source stands, as viewers are told: its state, since when, what is wrong, and when it is tried again. */
export class Standing {
  #clock: Clock;
  #changed: () => void;
  #state: SourceState = 'idle';
  #since: number;
  #heard: number | null = null;
  #current: number | null = null;
  #problem: string | null = null;
  #retryAt: number | null = null;
  #reading: Source['reading'] = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** `changed` is called after anything that is shown has changed, but for ages. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
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

  /** `current` is the moment that a state which was live ceased to be the truth. */
  enter(
    state: SourceState,
    problem: string | null = null,
    retryAt: number | null = null,
    current: number | null = this.#clock.now(),
  ): void {
    if (state === this.#state && problem === this.#problem && retryAt === this.#retryAt && this.#reading === null)
      return;
    if (this.#state === 'live' && state !== 'live') this.#current = current;
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

  source(kind: Kind, objects: number): Source {
    return {
      kind,
      state: this.#state,
      objects,
      since: this.#since,
      heard: this.#heard,
      current: this.#state === 'live' ? this.#clock.now() : this.#current,
      problem: this.#problem,
      retryAt: this.#retryAt,
      reading: this.#reading,
    };
  }
}
