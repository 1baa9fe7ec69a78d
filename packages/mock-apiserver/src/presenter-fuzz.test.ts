import type { Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { amountsOf, requestsOf } from './controllers/scheduler/requests.ts';
import { createPresenter, StepError } from './presenter.ts';
import { guestbook } from './scenarios/guestbook/guestbook.ts';
import { type Lab, startLab } from './testing/lab.ts';

const STEPS = guestbook.steps.map(({ id }) => id);

const alive = (lab: Lab): Pod[] =>
  lab.store.list('pods', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);

/** No two pods share an address, and no node carries more than it has: at every moment. */
function checkAlways(lab: Lab): void {
  const pods = lab.store.list('pods');
  const addresses = pods.flatMap(({ status }) => status?.podIP ?? []);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const node of lab.store.list('nodes')) {
    const here = pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
    const asked = here.reduce((sum, pod) => sum + (requestsOf(pod).cpu ?? 0), 0);
    expect(asked).toBeLessThanOrEqual(amountsOf(node.status?.allocatable).cpu ?? 0);
  }
}

/** What must hold once nothing moves any more. */
function checkSettled(lab: Lab): void {
  const deployments = lab.store.list('deployments.apps', 'default');
  let wanted = 0;
  for (const { metadata, spec, status } of deployments) {
    const replicas = spec.replicas ?? 1;
    wanted += replicas;
    expect([
      metadata.name,
      status?.replicas ?? 0,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
    ]).toEqual([metadata.name, replicas, replicas, replicas]);
    const images = alive(lab)
      .filter((pod) => pod.metadata.name.startsWith(`${metadata.name}-`))
      .map((pod) => pod.spec.containers[0]?.image);
    expect(new Set(images).size).toBe(replicas > 0 ? 1 : 0);
  }
  expect(lab.store.list('pods', 'default')).toHaveLength(wanted);
  const owners = new Set(deployments.map(({ metadata }) => metadata.uid));
  for (const { metadata } of lab.store.list('replicasets.apps', 'default')) {
    expect(owners.has(metadata.ownerReferences?.[0]?.uid ?? '')).toBe(true);
  }
  const subsets = lab.store.get('endpoints', { namespace: 'default', name: 'frontend' })?.subsets ?? [];
  const ready = alive(lab).filter((pod) => pod.metadata.labels?.tier === 'frontend');
  expect(subsets.flatMap(({ addresses = [] }) => addresses)).toHaveLength(ready.length);
}

/** What takes back what keeps a cluster from its rest: a pause, a lost node, a node that takes nothing, a broken image. */
const REPAIRS = ['node2-back', 'uncordon-node1', 'resume', 'roll-out-v2'];

describe('a presenter who presses anything at any time', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[M84] always ends with a cluster at rest that holds what was wished (seed %i)',
    async (seed) => {
      const lab = startLab({}, seed);
      const presenter = createPresenter(guestbook, lab);
      const random = seededRandom(seed);
      for (let round = 0; round < 6; round++) {
        for (let press = 0; press < 8; press++) {
          const id = STEPS[Math.floor(random() * STEPS.length)] ?? '';
          const before = presenter.describe().steps.find((step) => step.id === id);
          const refused = await presenter.run(id).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (refused) expect(refused).toBeInstanceOf(StepError);
          if (before?.enabled) expect([id, refused]).toEqual([id, undefined]);
          if (random() < 0.2 && lab.store.get('deployments.apps', { namespace: 'default', name: 'frontend' })) {
            lab.store.update('deployments.apps', { namespace: 'default', name: 'frontend' }, (draft) => {
              draft.spec.replicas = Math.floor(random() * 12);
              return draft;
            });
          }
          for (let moment = Math.floor(random() * 8); moment > 0; moment--) {
            lab.seconds(random() * 3);
            checkAlways(lab);
          }
        }
        for (const id of REPAIRS) {
          const enabled = presenter.describe().steps.find((step) => step.id === id)?.enabled;
          if (enabled) await presenter.run(id);
        }
        lab.seconds(400);
        checkSettled(lab);
      }
    },
  );
});
