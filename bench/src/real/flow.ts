import { MERGE, type RealApi } from './api.ts';
import type { Running } from './fill.ts';
import { readiness } from './population.ts';

const TURN_MS = 20;
/** Patches under way at most. */
const MOST = 32;
const READY_NOW = { running: { startedAt: '2026-01-02T00:00:00Z' } };
const CRASHED = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=main' } };

/** Patches the status of so many pods a second, by turns and all over the cluster; `stop` resolves to how many were patched and how many could not be. */
export function flow(
  api: RealApi,
  pods: readonly Running[],
  aSecond: number,
): { stop(): Promise<{ done: number; failed: number }> } {
  const underWay = new Set<Promise<unknown>>();
  let [turn, done, failed, owed] = [0, 0, 0, 0];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // What was missed for a second is not made up for.
    owed = Math.min(aSecond, owed + ((now - last) * aSecond) / 1000);
    last = now;
    for (; owed >= 1 && underWay.size < MOST; owed--) {
      const patching = patched(api, pods, turn++)
        .then(
          () => {
            done += 1;
          },
          () => {
            failed += 1;
          },
        )
        .finally(() => underWay.delete(patching));
      underWay.add(patching);
    }
  }, TURN_MS);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      return { done, failed };
    },
  };
}

/** Every pod fails at one of its turns and is well at the next. */
async function patched(api: RealApi, pods: readonly Running[], turn: number): Promise<void> {
  // A stride that shares no factor with most lengths goes through all of them.
  const pod = pods[(turn * 7919) % pods.length];
  if (pod === undefined) return;
  const ready = Math.floor(turn / pods.length) % 2 === 1;
  const status = readiness(pod.status, ready, ready ? READY_NOW : CRASHED);
  await api.ask('PATCH', `${pod.path}/status`, { type: MERGE, body: { status } });
}
