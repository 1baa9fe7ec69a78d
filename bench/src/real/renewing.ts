import { parentPort, workerData } from 'node:worker_threads';
import { ApiError, MERGE, RealApi } from './api.ts';
import { microTime } from './leases.ts';

/** A node whose lease is 40 s old is made Unknown by the controller of nodes. */
const EVERY_MS = 18_000;
const TURN_MS = 100;
/** Requests under way at most: an apiserver that is slow gets no queue of them. */
const MOST = 64;

// In a thread of its own: renews, by turns, the lease of each node that it is told of, and tells how many renewals failed.
const { kubeconfig, path } = workerData as { kubeconfig: string; path: string };
const api = await RealApi.of(kubeconfig);
const names: string[] = [];
let [next, owed, underWay, failed] = [0, 0, 0, 0];
let last = performance.now();
parentPort?.on('message', (name: string) => names.push(name));

setInterval(() => {
  // By the time that passed: turns come late on a machine that is busy.
  const now = performance.now();
  owed = Math.min(names.length, owed + (names.length * (now - last)) / EVERY_MS);
  last = now;
  for (; owed >= 1 && underWay < MOST; owed--) void renew(names[next++ % names.length] as string);
}, TURN_MS);

async function renew(name: string): Promise<void> {
  underWay += 1;
  try {
    await api.ask('PATCH', `${path}/${name}`, { type: MERGE, body: { spec: { renewTime: microTime() } } });
  } catch (error) {
    // Deleted while it was asked for, or the apiserver is busy: the next turn comes.
    if (!(error instanceof ApiError && error.status === 404)) parentPort?.postMessage(++failed);
  }
  underWay -= 1;
}
