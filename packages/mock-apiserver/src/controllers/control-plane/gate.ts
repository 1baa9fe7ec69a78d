import type { Cancel, Clock } from '../../clock.ts';

/** A timer's work; an object, so that two of the same function are two. */
interface Work {
  run(): void;
}

/**
 * What a component of the control plane works through: while it is shut, whatever falls due waits, in order, and runs
 * when it opens again. A reconciler whose clock is a gate's does nothing while its component has no leader.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #due = new Set<Work>();
  #isOpen = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  shut(): void {
    this.#isOpen = false;
  }

  /** Opens, and lets what waited run in the order in which it fell due, each in a turn of its own. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    for (const work of this.#due) this.#clock.after(0, () => this.#pass(work));
  }

  /** The clock whose timers pass through this gate. */
  get clock(): Clock {
    const clock = this.#clock;
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (ms, run): Cancel => {
        const work = { run };
        const cancel = clock.after(ms, () => {
          this.#due.add(work);
          this.#pass(work);
        });
        return () => {
          this.#due.delete(work);
          cancel();
        };
      },
    };
  }

  #pass(work: Work): void {
    if (this.#isOpen && this.#due.delete(work)) work.run();
  }
}
