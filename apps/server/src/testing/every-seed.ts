/** What a seed makes, and what befell it. */
interface Run {
  readonly befell: readonly string[];
}

/** Plays `count` seeds from `first`, one after the other; a failure names its seed and what befell it. */
export async function everySeed<R extends Run>(
  first: number,
  count: number,
  begin: (seed: number) => R,
  play: (run: R) => Promise<void>,
): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    const run = begin(seed);
    try {
      await play(run);
    } catch (error) {
      throw new Error(`seed ${seed}, after ${run.befell.join(', ')}`, { cause: error });
    }
  }
}
