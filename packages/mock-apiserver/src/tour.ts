import type { Tour, TourCommand } from '@portolan/shared';
import type { Cancel, Clock } from './clock.ts';
import type { Progress } from './scenarios/progress.ts';
import type { Step } from './scenarios/scenario.ts';
import type { View } from './scenarios/view.ts';

/** What a tour plays on: its steps, the cluster, and the clock of its audience. */
export interface TourStage {
  steps: readonly Step[];
  view: View;
  /** Does a step and answers what becomes of it; what it throws pauses the tour and is what the tour then says. */
  perform(step: Step): Progress;
  /** The wall's. */
  clock: Clock;
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
export function createTour({ steps, view, perform, clock }: TourStage): TourPlayer {
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

  const settle = (progress: Progress) => {
    phase = 'settling';
    if (progress.look().state === 'waiting') later(LOOK_MS, () => settle(progress));
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
      settle(perform(step));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      stop('paused');
    }
  };

  const begin = (once: boolean) => {
    if (state === 'finished' || state === 'idle') position = 0;
    stop('playing');
    problem = null;
    single = once;
    next();
  };

  // What a command says of the pace is taken whatever the command.
  const COMMANDS: Record<TourCommand['do'], () => void> = {
    play: () => begin(false),
    step: () => begin(true),
    pause: () => {
      if (state === 'playing') stop('paused');
    },
    pace: () => undefined,
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
