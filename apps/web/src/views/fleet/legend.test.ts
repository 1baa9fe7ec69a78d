import { describe, expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { fleetOf } from '../../testing/sample-fleet.ts';
import { parseOnly } from '../only.ts';
import { legendOf } from './legend.ts';

const entities = [
  sampleNode('n1'),
  sampleNode('n2', { status: 'NotReady' }),
  sampleNode('n3', { status: 'Ready,SchedulingDisabled', unschedulable: true }),
  sampleLoosePod('a'),
  sampleLoosePod('b'),
  sampleLoosePod('c', { status: 'CrashLoopBackOff', isReady: false }),
  sampleLoosePod('d', { status: 'Running', isReady: false }),
  sampleLoosePod('e', { status: 'Pending', isReady: false, node: null }),
  sampleLoosePod('f', { status: 'ImagePullBackOff', isReady: false }),
  sampleLoosePod('g', { status: 'CrashLoopBackOff', isReady: false }),
  sampleLoosePod('h', { status: 'Running', deleting: 1 }),
];
const legend = legendOf(fleetOf(graphOf(entities)).counts);
const all = [...legend.pods, ...legend.nodes];

describe('the legend of the fleet', () => {
  it('[P75] counts what is well first, then the worst', () => {
    expect(legend.pods.map(({ key, count }) => [key, count])).toEqual([
      ['pod/ready', 2],
      ['pod/CrashLoopBackOff', 2],
      ['pod/ImagePullBackOff', 1],
      ['pod/notready', 1],
      ['pod/pending', 1],
      ['pod/Running', 1],
    ]);
    expect(legend.nodes.map(({ key, count }) => [key, count])).toEqual([
      ['node/Ready', 2],
      ['node/NotReady', 1],
      ['node/SchedulingDisabled', 1],
    ]);
  });

  it('[P76] each count lights exactly what it counts', () => {
    for (const { key, count } of all) {
      const only = parseOnly(key);
      expect(only, key).not.toBeNull();
      expect(entities.filter((one) => one.kind === only?.kind && only.matches(one)).length, key).toBe(count);
    }
  });

  it('[P76] what the address does not say, or says of nothing known, lights all', () => {
    expect([parseOnly(null), parseOnly(''), parseOnly('colour/red')]).toEqual([null, null, null]);
  });
});
