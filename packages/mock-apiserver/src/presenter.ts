import type { Scenario } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { Cluster } from './cluster.ts';
import { type ActionRunner, createActionRunner } from './scenarios/actions.ts';
import type { ScenarioScript } from './scenarios/scenario.ts';

/** A step that does not exist, whose time has not come, or that the cluster refused. */
export class StepError extends Error {
  readonly reason: 'unknownStep' | 'stepDisabled' | 'stepRefused';

  constructor(reason: StepError['reason'], message: string) {
    super(message);
    this.name = 'StepError';
    this.reason = reason;
  }
}

/** What drives a scenario: its steps as the cluster stands now, and their doing. */
export interface Presenter {
  /** The steps in order; `done` and `enabled` are read from the cluster. */
  describe(): Scenario;
  /** Does one step and answers how things then stand. Rejects with a StepError. */
  run(stepId: string): Promise<Scenario>;
  /** Calls `listener` whenever what `describe` answers has changed; answers its own end. */
  subscribe(listener: (scenario: Scenario) => void): () => void;
}

/** A presenter for a scenario over its cluster. */
export function createPresenter(script: ScenarioScript, { store, api }: Cluster): Presenter {
  const runner: ActionRunner = createActionRunner(script, api);

  const describe = (): Scenario => ({
    name: script.name,
    steps: script.steps.map(({ id, title, says, enabled, done }) => ({
      id,
      title,
      says,
      state: done(store) ? 'done' : 'todo',
      enabled: enabled(store),
    })),
  });

  return {
    describe,
    async run(stepId) {
      const step = script.steps.find(({ id }) => id === stepId);
      if (!step) {
        const known = script.steps.map(({ id }) => id).join(', ');
        throw new StepError('unknownStep', `scenario ${script.name} has no step "${stepId}"; it has ${known}`);
      }
      if (!step.enabled(store)) {
        throw new StepError(
          'stepDisabled',
          `step "${stepId}" cannot be run now: the cluster is not in the state it starts from`,
        );
      }
      try {
        for (const action of step.actions) runner.run(action);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        throw new StepError('stepRefused', `the cluster refused step "${stepId}": ${error.message}`);
      }
      return describe();
    },
    subscribe(listener) {
      let last = JSON.stringify(describe());
      const changed = () => {
        const next = describe();
        const text = JSON.stringify(next);
        if (text === last) return;
        last = text;
        listener(next);
      };
      const keys = ['deployments.apps', 'replicasets.apps', 'services', 'pods'] as const;
      const ends = keys.map((key) => store.watch(key, store.version, changed));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
