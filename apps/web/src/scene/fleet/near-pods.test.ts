import { expect, test } from 'vitest';
import { sampleLoosePod } from '../../testing/sample-cluster.ts';
import { sampleFleet } from '../../testing/sample-plan.ts';
import { FleetState } from './fleet-state.ts';
import { fleetTextsEn } from './fleet-texts.ts';
import { nearPodParts } from './near-pod.ts';
import { nearPods } from './near-pods.ts';

const { plan, pods } = sampleFleet(16, { 3: 'fail' }, { 1: 'promoted' });
const state = new FleetState(plan, pods, (slot) => slot !== 3);

test('P40: pods are buttons where they are 40 pixels wide, in a larger tile sooner', () => {
  const row = { x: 0, y: 11, width: 30, height: 1 };
  expect(nearPods(state, row, 13)).toEqual([]);
  expect(nearPods(state, row, 14).map(({ slot }) => slot)).toEqual([30, 31]);
  expect(nearPods(state, row, 40).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 30, 31]);
  expect(nearPods(state, row, 40)[3]).toMatchObject({
    mark: 'fail',
    dimmed: true,
    box: { x: 3, y: 11, width: 1, height: 1 },
  });
});

test('P40: a button says its name, then its status, then all that is told of the pod', () => {
  const pod = sampleLoosePod('web-1', {
    node: 'n1',
    restarts: 8,
    ready: [1, 2],
    images: ['registry.k8s.io/team/web:v14'],
  });
  const words = (side: number) =>
    nearPodParts(pod, 'ready', side, fleetTextsEn, (text) => text.length * 6).flatMap((part) =>
      part.type === 'text' ? [part.text] : [],
    );
  expect(words(40)).toEqual(['web-1']);
  expect(words(80)).toEqual(['web-1', 'Running']);
  expect(words(200)).toEqual(['web-1', 'Running', '1 of 2 ready', '8 restarts', 'n1', 'default', 'web:v14']);
});
