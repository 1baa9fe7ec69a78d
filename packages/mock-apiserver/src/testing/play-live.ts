import { setTimeout as sleep } from 'node:timers/promises';
import type { Expectation } from '../scenarios/expect.ts';
import { type Progress, watchProgress } from '../scenarios/progress.ts';
import type { ScenarioScript, Step } from '../scenarios/scenario.ts';
import { startMock } from '../start-mock.ts';
import { watchRemotely } from './remote-view.ts';

/** How long a step took until all that it must bring about was seen, in simulated seconds. */
export interface PlayedStep {
  id: string;
  seconds: number;
}

/** How often one looks, and how long one waits until a step can be run, in simulated milliseconds. */
const LOOK_MS = 1000;
const PATIENCE_MS = 60_000;
/** No look comes sooner than this after the one before, in real milliseconds: looking itself takes time. */
const SHORTEST_LOOK_MS = 20;
/** How large a scenario is that can be of any size. */
const SIZE = { nodes: 12, pods: 120 };
/** How much later than it happened one hears of something at most, in real milliseconds, on a busy machine. */
const LATENCY_MS = 800;
/** How long one waits for the first word of what was done. */
const HEARING_MS = 60;

/**
 * Plays a scenario's tour on the wall's clock and over real HTTP: each step by the presenter, each expectation read from tables
 * that are listed and watched. Rejects at the first that does not hold in its time.
 */
export async function playLive(
  script: ScenarioScript,
  speed: number,
  played: (step: PlayedStep) => void = () => undefined,
): Promise<PlayedStep[]> {
  const mock = await startMock({ scenario: script.name, speed, services: 'off', ...(script.sized && { size: SIZE }) });
  const began = performance.now();
  const clock = { elapsed: () => (performance.now() - began) * speed };
  let progress: Progress | undefined;
  const remote = await watchRemotely(mock.url, () => progress?.glance());
  const { view } = remote;
  const steps: PlayedStep[] = [];

  const look = async () => {
    await sleep(Math.max(SHORTEST_LOOK_MS, LOOK_MS / speed));
    await remote.refresh();
  };

  const untilSeen = async (id: string, expects: readonly Expectation[], act: () => Promise<unknown>) => {
    const since = clock.elapsed();
    const following = watchProgress(expects, view, clock, (LATENCY_MS / 1000) * speed);
    progress = following;
    await act();
    await sleep(HEARING_MS);
    for (let verdict = following.look(); verdict.state !== 'seen'; verdict = following.look()) {
      if (verdict.state === 'failed') {
        throw new Error(`step ${id} of ${script.name}: "${verdict.expectation.says.en}": ${verdict.why}`);
      }
      await look();
    }
    const step = { id, seconds: Math.round((clock.elapsed() - since) / 100) / 10 };
    steps.push(step);
    played(step);
  };

  const untilEnabled = async ({ id, enabled }: Step) => {
    for (const since = clock.elapsed(); !enabled(view); await look()) {
      if (clock.elapsed() - since > PATIENCE_MS) throw new Error(`step ${id} of ${script.name} cannot be run`);
    }
  };

  try {
    await untilSeen('(begins)', script.expects ?? [], () => remote.refresh());
    for (const step of script.steps) {
      if (step.inTour === false) continue;
      await untilEnabled(step);
      await untilSeen(step.id, step.expects, () => mock.presenter.run(step.id));
    }
    return steps;
  } finally {
    remote.close();
    await mock.close();
  }
}
