import { describe, expect, it } from 'vitest';
import { sampleNode } from '../../testing/sample-cluster.ts';
import { troubledOf, zonesOf } from './zones.ts';

describe('the zones of a wall', () => {
  it('[V62] stand by name, without one last, and are told apart by the ends of their names', () => {
    const nodes = ['eu-west-1b', null, 'eu-west-1a'].map((zone, i) => sampleNode(`n${i}`, { zone }));
    expect(zonesOf(nodes).map(({ name, brief }) => [name, brief])).toEqual([
      ['eu-west-1a', '…1a'],
      ['eu-west-1b', '…1b'],
      [null, null],
    ]);
    expect(zonesOf([sampleNode('a', { zone: 'eu-west-1a' })])[0]?.brief).toBe('eu-west-1a');
  });

  it('[V62] name the worst of their nodes first, then by name', () => {
    const nodes = [
      sampleNode('n10', { status: 'NotReady' }),
      sampleNode('n1', { status: 'Ready,SchedulingDisabled', unschedulable: true }),
      sampleNode('n2', { status: 'NotReady' }),
      sampleNode('n3'),
    ];
    const [zone] = zonesOf(nodes);
    expect(zone && troubledOf(zone, 2).map(({ name }) => name)).toEqual(['n2', 'n10']);
    expect(zone?.troubled).toBe(3);
  });
});
