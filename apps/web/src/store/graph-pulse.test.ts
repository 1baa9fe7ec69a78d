import { Graph, type GraphDelta } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { sampleLoosePod, sampleNode } from '../testing/sample-cluster.ts';
import { ofKind } from './concern.ts';
import { GraphPulse } from './graph-pulse.ts';

describe('the pulse of a graph', () => {
  it('[V89] beats at once for what concerns, four times a second at most, and for nothing else', () => {
    const clock = new FakeClock();
    let heard: (delta: GraphDelta | 'renewed') => void = () => undefined;
    const followed = {
      snapshot: { graph: new Graph(), synced: true },
      watch: (listener: typeof heard) => {
        heard = listener;
        return () => undefined;
      },
    };
    const pulse = new GraphPulse({ followed, clock, concern: ofKind('Pod') });
    const close = pulse.open();
    let beats = 0;
    pulse.subscribe(() => {
      beats += 1;
    });
    const change = (entity: Parameters<Graph['apply']>[0]['upserts'][number]) =>
      heard(followed.snapshot.graph.apply({ upserts: [entity], removes: [] }));
    change(sampleNode('n'));
    expect(beats).toBe(0);
    for (let ms = 0; ms < 1000; ms += 10) {
      change(sampleLoosePod('p'));
      clock.advance(10);
    }
    expect(beats).toBe(5);
    const before = pulse.snapshot;
    clock.advance(1000);
    followed.snapshot = { graph: new Graph(), synced: true };
    heard('renewed');
    expect(pulse.snapshot).not.toBe(before);
    expect(pulse.snapshot.graph).toBe(followed.snapshot.graph);
    close();
  });
});
