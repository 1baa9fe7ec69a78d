import { between, pick, type Random, seededRandom } from '@portolan/shared';

/** Chance from a seed: the same seed rolls the same numbers in the same order. */
export class Dice {
  /** Uniform in [0, 1). */
  readonly roll: Random;

  constructor(seed: number) {
    this.roll = seededRandom(seed);
  }

  /** A whole number from `from` up to and including `to`. */
  between(from: number, to: number): number {
    return between(this.roll, from, to);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.roll() * times < 1;
  }

  pick<T>(values: readonly T[]): T {
    return pick(this.roll, values);
  }
}
