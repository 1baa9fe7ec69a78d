import type { ScenarioCheck } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Expectation } from './expect.ts';
import type { View } from './view.ts';

/** How a step stands: something is still to come, all that it must bring about is seen, or one thing cannot hold any more. */
export type Verdict =
  | { state: 'waiting' }
  | { state: 'seen' }
  | { state: 'failed'; expectation: Expectation; why: string };

/** What is known of a step's expectations since it was done. */
export interface Progress {
  /** Looks at the cluster as it stands; seconds count on the simulated clock from when the progress began. */
  look(): Verdict;
  /** Whether something may be seen for a moment only. */
  passes: boolean;
  /** Looks at what may be seen for a moment only; to be called after every write. */
  glance(): void;
  /** Each expectation in a line, and whether it holds. */
  checks(): ScenarioCheck[];
}

interface Known {
  expectation: Expectation;
  /** For what is seen on the way: that it was. For what must last: since when it holds, in seconds. */
  heldSince: number | undefined;
  broken: string | undefined;
}

/**
 * Begins to look for what a step must bring about. `allowance` simulated seconds are granted on top of every limit: for one who
 * looks from afar, and hears of everything a little later than it happened.
 */
export function watchProgress(
  expectations: readonly Expectation[],
  view: View,
  clock: Pick<Clock, 'elapsed'>,
  allowance = 0,
): Progress {
  const began = clock.elapsed();
  const known = expectations.map((expectation): Known => ({ expectation, heldSince: undefined, broken: undefined }));
  const seconds = () => (clock.elapsed() - began) / 1000;

  const update = (one: Known): void => {
    const { when, wrong, notBefore = 0 } = one.expectation;
    if (one.broken !== undefined || (when === 'onTheWay' && one.heldSince !== undefined)) return;
    const now = seconds();
    const missing = wrong(view);
    if (when === 'throughout') {
      if (missing !== undefined) one.broken = `after ${now} s ${missing}`;
      return;
    }
    if (missing !== undefined) one.heldSince = undefined;
    else if (now < notBefore) one.broken = `it holds after ${now} s already, not before ${notBefore} s`;
    else one.heldSince ??= now;
  };

  const verdictOn = ({ expectation, heldSince, broken }: Known): Verdict => {
    if (broken !== undefined) return { state: 'failed', expectation, why: broken };
    if (expectation.when === 'throughout') return { state: 'seen' };
    if (heldSince !== undefined) {
      const lasts = expectation.when === 'onTheWay' || seconds() - heldSince >= (expectation.lasting ?? 0);
      return { state: lasts ? 'seen' : 'waiting' };
    }
    if (seconds() < expectation.within + allowance) return { state: 'waiting' };
    const why = `it does not hold after ${expectation.within + allowance} s: ${expectation.wrong(view) ?? 'it was not seen on the way'}`;
    return { state: 'failed', expectation, why };
  };

  return {
    look() {
      for (const one of known) update(one);
      const verdicts = known.map(verdictOn);
      return (
        verdicts.find(({ state }) => state === 'failed') ??
        verdicts.find(({ state }) => state === 'waiting') ?? { state: 'seen' }
      );
    },
    passes: known.some(({ expectation }) => expectation.when !== undefined),
    glance() {
      for (const one of known) if (one.expectation.when !== undefined) update(one);
    },
    checks: () =>
      known.map(({ expectation: { says, when, wrong }, heldSince, broken }) => ({
        says,
        holds: broken === undefined && (when === 'onTheWay' ? heldSince !== undefined : wrong(view) === undefined),
      })),
  };
}

/** Glances after every write, so that nothing seen for a moment is missed. Answers its own end. */
export function glanceAtWrites(store: Store, progress: Progress): () => void {
  if (!progress.passes) return () => undefined;
  const ends = store.resources().map(({ key }) => store.watch(key, store.version, () => progress.glance()));
  return () => {
    for (const end of ends) end();
  };
}
