import type { Tour, TourCommand } from '@portolan/shared';
import type { Cancel, Clock } from './clock.ts';
import type { Progress } from './scenarios/progress.ts';
import type { Step } from './scenarios/scenario.ts';
import type { View } from './scenarios/view.ts';

/** What a tour plays on: its steps, the cluster, and the clock of its audience. */
export interface TourStage {
  steps: readonly Step[];
  view: View;
  /** What is still to come before the first step. */
  beginning: Progress;
  /** Begins to look whether a step can be run. */
  awaitStep(step: Step): Progress;
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
 * A tour over a scenario's steps, once the cluster stands as the scenario begins. Steps that are done already are passed over,
 * as are those that cannot be run when their turn has come and some time has passed; a step whose time runs out is left as it
 * stands, since what it shows is then the thing to look at.
 */
export function createTour({ steps, view, beginning, awaitStep, perform, clock }: TourStage): TourPlayer {
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

  /** Goes on once nothing is waited for any more. */
  const settle = (progress: Progress, goOn: () => void) => {
    phase = 'settling';
    if (progress.look().state === 'waiting') later(LOOK_MS, () => settle(progress, goOn));
    else goOn();
  };

  const next = () => {
    const step = inTour[position];
    if (!step) stop('finished');
    else if (step.done(view)) pass();
    else settle(awaitStep(step), () => (step.enabled(view) ? run(step) : pass()));
  };

  const pass = () => {
    position += 1;
    next();
  };

  const run = (step: Step) => {
    position += 1;
    current = step;
    try {
      settle(perform(step), rest);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      stop('paused');
    }
  };

  const begin = (once: boolean) => {
    const anew = state === 'finished' || state === 'idle';
    if (anew) position = 0;
    stop('playing');
    problem = null;
    single = once;
    if (anew) settle(beginning, next);
    else next();
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
