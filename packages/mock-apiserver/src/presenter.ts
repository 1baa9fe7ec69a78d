import type { Scenario, TourCommand } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { Cluster } from './cluster.ts';
import { runAction } from './scenarios/actions/run-action.ts';
import type { Expectation } from './scenarios/expect.ts';
import { glanceAtWrites, watchProgress } from './scenarios/progress.ts';
import type { ScenarioScript, Step } from './scenarios/scenario.ts';
import { type View, viewOf } from './scenarios/view.ts';
import { createTour } from './tour.ts';

/** A step that does not exist, whose time has not come, or that the cluster refused. */
export class StepError extends Error {
  readonly reason: 'unknownStep' | 'stepDisabled' | 'stepRefused';

  constructor(reason: StepError['reason'], message: string) {
    super(message);
    this.name = 'StepError';
    this.reason = reason;
  }
}

/** What drives a scenario: its steps as the cluster stands now, their doing, and the tour that does them by itself. */
export interface Presenter {
  /** The steps in order; `done`, `enabled` and the checks are read from the cluster. */
  describe(): Scenario;
  /** Does one step and answers how things then stand. Rejects with a StepError. */
  run(stepId: string): Promise<Scenario>;
  /** Plays, pauses, steps or stops the tour, and answers how things then stand. Rejects with a StepError. */
  tour(command: TourCommand): Promise<Scenario>;
  /** Calls `listener` whenever what `describe` answers has changed; answers its own end. */
  subscribe(listener: (scenario: Scenario) => void): () => void;
}

/** How long the tour waits for a step that cannot be run yet, in simulated seconds. */
const PATIENCE_S = 10;

const canBeRun = ({ title, enabled }: Step): Expectation => ({
  says: title,
  within: PATIENCE_S,
  wrong: (view) => (enabled(view) ? undefined : 'it cannot be run yet'),
});

/** How often a subscriber's scenario is read again, in real milliseconds. */
const LOOK_MS = 250;

/** A presenter for a scenario over its cluster. */
export function createPresenter(script: ScenarioScript, cluster: Cluster): Presenter {
  const { api } = cluster;
  const view: View = viewOf(api);
  const world = { cluster, script };
  let last: Step | undefined;

  const stepOf = (stepId: string): Step => {
    const step = script.steps.find(({ id }) => id === stepId);
    if (step) return step;
    const known = script.steps.map(({ id }) => id).join(', ');
    throw new StepError('unknownStep', `scenario ${script.name} has no step "${stepId}"; it has ${known}`);
  };

  let unfollow: () => void = () => undefined;
  const follow = (expects: ScenarioScript['expects'] = []) => {
    unfollow();
    const next = watchProgress(expects, view, api.clock);
    unfollow = glanceAtWrites(cluster.store, next);
    return next;
  };
  let progress = follow(script.expects);

  const perform = (step: Step) => {
    if (!step.enabled(view)) {
      const why = `step "${step.id}" cannot be run now: the cluster is not in the state it starts from`;
      throw new StepError('stepDisabled', why);
    }
    last = step;
    progress = follow(step.expects);
    try {
      for (const action of step.actions) runAction(world, action);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new StepError('stepRefused', `the cluster refused step "${step.id}": ${error.message}`);
    }
    return progress;
  };

  const tour = createTour({
    steps: script.steps,
    view,
    beginning: watchProgress(script.expects ?? [], view, api.clock),
    awaitStep: (step) => watchProgress([canBeRun(step)], view, api.clock),
    perform,
    clock: api.wall,
  });

  const describe = (): Scenario => ({
    name: script.name,
    title: script.title,
    about: script.about,
    steps: script.steps.map(({ id, title, says, enabled, done }) => ({
      id,
      title,
      says,
      state: done(view) ? 'done' : 'todo',
      enabled: enabled(view),
    })),
    last: last?.id ?? null,
    checks: progress.checks(),
    tour: tour.describe(),
  });

  return {
    describe,
    async run(stepId) {
      const step = stepOf(stepId);
      perform(step);
      return describe();
    },
    async tour(command) {
      tour.command(command);
      return describe();
    },
    subscribe(listener) {
      let told = JSON.stringify(describe());
      let ended = false;
      const look = () => {
        if (ended) return;
        const next = describe();
        const text = JSON.stringify(next);
        if (text !== told) {
          told = text;
          listener(next);
        }
        api.wall.after(LOOK_MS, look);
      };
      api.wall.after(LOOK_MS, look);
      return () => {
        ended = true;
      };
    },
  };
}
