import type { Tour, TourCommand } from '@portolan/shared';
import type { Cancel, Clock } from './clock.ts';
import type { Step } from './scenarios/scenario.ts';
import type { View } from './scenarios/view.ts';

/** What a tour plays on: the wall's clock for the audience, the simulated one for how long a step may take. */
export interface TourStage {
  steps: readonly Step[];
  view: View;
  /** Does a step; what it throws pauses the tour and is what the tour then says. */
  perform(step: Step): void;
  clock: Clock;
  simulated: Clock;
}

/** A tour: it does one step after the other, waits until what each must bring about is seen, and gives time to look. */
export interface TourPlayer {
  describe(): Tour;
  command(command: TourCommand): void;
}

const DEFAULT_PACE_S = 6;
/** How often the tour looks whether a step has brought about what it must, in real milliseconds. */
const LOOK_MS = 200;

/**
 * A tour over a scenario's steps. Steps that are done already are passed over, as are those that cannot be run when their
 * turn comes; a step whose time runs out is left as it stands, since what it shows is then the thing to look at.
 */
export function createTour({ steps, view, perform, clock, simulated }: TourStage): TourPlayer {
  const inTour = steps.filter((step) => step.inTour !== false);
  let state: Tour['state'] = 'idle';
  let phase: Tour['phase'] = null;
  let pace = DEFAULT_PACE_S;
  /** The step under way, or the last one. */
  let current: Step | undefined;
  let position = 0;
  let problem: string | null = null;
  let cancel: Cancel | undefined;
  let single = false;

  const later = (ms: number, run: () => void) => {
    cancel?.();
    cancel = clock.after(ms, run);
  };

  const stop = (to: Tour['state']) => {
    cancel?.();
    cancel = undefined;
    phase = null;
    state = to;
  };

  const rest = () => {
    phase = 'resting';
    later(pace * 1000, () => {
      phase = null;
      if (single) state = 'paused';
      else next();
    });
  };

  const settle = (step: Step, since: number) => {
    phase = 'settling';
    const seconds = (simulated.elapsed() - since) / 1000;
    const waits = step.expects.some(({ within, wrong }) => seconds < within && wrong(view) !== undefined);
    if (waits) later(LOOK_MS, () => settle(step, since));
    else rest();
  };

  const next = () => {
    let step = inTour[position];
    while (step && (step.done(view) || !step.enabled(view))) {
      position += 1;
      step = inTour[position];
    }
    if (!step) {
      state = 'finished';
      phase = null;
      return;
    }
    position += 1;
    current = step;
    try {
      perform(step);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      stop('paused');
      return;
    }
    settle(step, simulated.elapsed());
  };

  const begin = (once: boolean) => {
    if (state === 'finished' || state === 'idle') position = 0;
    stop('playing');
    problem = null;
    single = once;
    next();
  };

  const COMMANDS: Record<TourCommand['do'], () => void> = {
    play: () => begin(false),
    step: () => begin(true),
    pause: () => {
      if (state === 'playing') stop('paused');
    },
    stop: () => {
      stop('idle');
      current = undefined;
      problem = null;
    },
  };

  return {
    describe: () => ({ state, step: current?.id ?? null, phase, pace, problem }),
    command(command) {
      pace = command.pace ?? pace;
      COMMANDS[command.do]();
    },
  };
}
