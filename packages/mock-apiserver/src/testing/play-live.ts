import { setTimeout as sleep } from 'node:timers/promises';
import type { ServicePorts } from '../proxy/service-proxy.ts';
import type { Expectation } from '../scenarios/expect.ts';
import { type Progress, watchProgress } from '../scenarios/progress.ts';
import type { ScenarioScript } from '../scenarios/scenario.ts';
import { type MockCluster, startMock } from '../start-mock.ts';
import { watchRemotely } from './remote-view.ts';

/** How long a step took until all that it must bring about was seen, in simulated seconds. */
export interface PlayedStep {
  id: string;
  seconds: number;
}

/** A scenario under way on the wall's clock, seen over HTTP. */
export interface LivePlay {
  mock: MockCluster;
  /** Does a step by the presenter and waits until all that it must bring about is seen; rejects with what does not come in its time. */
  step(id: string): Promise<PlayedStep>;
  close(): Promise<void>;
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

/** What the first play of a scenario, before any step, is called. */
export const BEGINS = '(begins)';

/** Starts a scenario and waits for what it must bring about before its first step; `services` as of `startMock`. */
export async function beginLive(
  script: ScenarioScript,
  speed: number,
  services: ServicePorts = 'off',
): Promise<LivePlay & { began: PlayedStep }> {
  const mock = await startMock({ scenario: script.name, speed, services, ...(script.sized && { size: SIZE }) });
  const start = performance.now();
  const clock = { elapsed: () => (performance.now() - start) * speed };
  let progress: Progress | undefined;
  const remote = await watchRemotely(mock.url, () => progress?.glance());
  const { view } = remote;

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
    return { id, seconds: Math.round((clock.elapsed() - since) / 100) / 10 };
  };

  const close = async () => {
    remote.close();
    await mock.close();
  };

  const step = async (id: string) => {
    const found = script.steps.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`scenario ${script.name} has no step ${id}`);
    for (const since = clock.elapsed(); !found.enabled(view); await look()) {
      if (clock.elapsed() - since > PATIENCE_MS) throw new Error(`step ${id} of ${script.name} cannot be run`);
    }
    return untilSeen(id, found.expects, () => mock.presenter.run(id));
  };

  try {
    const began = await untilSeen(BEGINS, script.expects ?? [], () => remote.refresh());
    return { mock, began, step, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Plays a scenario's tour on the wall's clock and over real HTTP: each step by the presenter, each expectation read from tables
 * that are listed and watched. Rejects at the first that does not hold in its time.
 */
export async function playLive(
  script: ScenarioScript,
  speed: number,
  told: (step: PlayedStep) => void = () => undefined,
): Promise<PlayedStep[]> {
  const play = await beginLive(script, speed);
  const played = [play.began];
  told(play.began);
  try {
    for (const { id, inTour } of script.steps) {
      if (inTour === false) continue;
      const step = await play.step(id);
      played.push(step);
      told(step);
    }
    return played;
  } finally {
    await play.close();
  }
}
