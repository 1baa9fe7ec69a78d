import { runAction } from '../scenarios/actions/run-action.ts';
import { beginScenario } from '../scenarios/begin.ts';
import { glanceAtWrites, type Progress, watchProgress } from '../scenarios/progress.ts';
import type { ScenarioScript } from '../scenarios/scenario.ts';
import { type View, viewOf } from '../scenarios/view.ts';
import { type Lab, startLab } from './lab.ts';

/** A scenario under way on a fake clock. */
export interface Play {
  lab: Lab;
  view: View;
  /** Does a step at once, which must be possible, and lets time pass until all that it must bring about is seen. */
  step(id: string): void;
}

/** How much time passes between two looks, in simulated seconds. */
const LOOK_S = 0.25;

function untilSeen(lab: Lab, what: string, progress: Progress): void {
  const end = glanceAtWrites(lab.store, progress);
  for (;;) {
    const verdict = progress.look();
    if (verdict.state === 'failed') throw new Error(`${what}: "${verdict.expectation.says.en}": ${verdict.why}`);
    if (verdict.state === 'seen') break;
    lab.seconds(LOOK_S);
  }
  end();
}

/** Begins a scenario and waits for what it must bring about; throws what does not come in its time. */
export function playScenario(script: ScenarioScript, speed = 1, seed = 1): Play {
  const lab = startLab(script.cluster, seed, speed);
  const view = viewOf(lab.api);
  beginScenario(script, lab);
  untilSeen(lab, `${script.name} begins`, watchProgress(script.expects ?? [], view, lab.clock));
  return {
    lab,
    view,
    step(id) {
      const step = script.steps.find((candidate) => candidate.id === id);
      if (!step) throw new Error(`scenario ${script.name} has no step ${id}`);
      if (!step.enabled(view)) throw new Error(`step ${id} of ${script.name} cannot be run`);
      const progress = watchProgress(step.expects, view, lab.clock);
      for (const action of step.actions) runAction({ cluster: lab, script }, action);
      untilSeen(lab, `step ${id} of ${script.name}`, progress);
    },
  };
}
