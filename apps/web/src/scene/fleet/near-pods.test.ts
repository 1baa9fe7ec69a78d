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
  expect(words(160)).toEqual(['web-1', 'Running, 1 of 2 ready', 'web:v14', '8 restarts', 'n1', 'default']);
  expect(words(260)).toEqual(
    ['web-1', 'Running, 1 of 2 ready', 'Image', 'registry.k8s.io/team/web:v14', 'Restarts', '8'].concat([
      ...['Node', 'n1', 'Namespace', 'default'],
    ]),
  );
});

test('P40: a button that has room says the whole name, why its pod is not well, and what it asks for; nothing is cut off below', () => {
  const pod = sampleLoosePod('checkout-api-7d9f8b6c5-x2x4z', {
    owner: { kind: 'ReplicaSet', uid: 'r', name: 'checkout-api-7d9f8b6c5' },
    status: 'CrashLoopBackOff',
    reason: 'back-off 5m0s restarting failed container=api pod=checkout-api-7d9f8b6c5-x2x4z_payments',
    images: ['a:1', 'b:2', 'c:3', 'd:4', 'e:5', 'f:6'],
    requests: { cpu: 250, memory: 134_217_728 },
    limits: { cpu: null, memory: 268_435_456 },
  });
  const texts = (side: number) =>
    nearPodParts(pod, 'fail', side, fleetTextsEn, (text) => text.length * 6.5).filter((part) => part.type === 'text');
  const words = (side: number) => texts(side).map(({ text }) => text);
  expect(words(128)).toContain('x2x4z');
  expect(words(150).slice(0, 2)).toEqual(['checkout-api-', '7d9f8b6c5-x2x4z']);
  expect(words(360)).toContain('checkout-api-7d9f8b6c5-x2x4z');
  expect(words(360)).toContain('cpu 250m, memory 128Mi');
  expect(words(360)).toContain('memory 256Mi');
  for (const side of [128, 150, 200, 260, 360]) {
    for (const { y, x, text } of texts(side)) {
      expect(y).toBeLessThanOrEqual(side - 8);
      expect(x + text.length * 6.5).toBeLessThanOrEqual(side - 8);
    }
  }
});
