import { describe, expect, it } from 'vitest';
import { chartTextsEn } from '../scene/chart-texts-en.ts';
import { scene } from '../scene/scene.ts';
import { graphOf, sampleGuestbook, samplePod } from '../testing/sample-cluster.ts';
import { layoutOf, measure } from '../testing/sample-layout.ts';
import { countChanges } from './count-changes.ts';
import { sameShape } from './same-shape.ts';

function twoScenes(change: Parameters<ReturnType<typeof graphOf>['apply']>[0]) {
  const graph = graphOf(sampleGuestbook());
  const options = { texts: chartTextsEn, measure, selected: null };
  const first = layoutOf(graph);
  const before = scene(graph, first, options);
  graph.apply(change);
  const second = layoutOf(graph, first);
  return { before, after: scene(graph, second, options) };
}

describe('[V27] what a frame has to show', () => {
  it('is nothing where nothing changed', () => {
    const { before, after } = twoScenes({ upserts: [], removes: [] });
    expect(countChanges(before, after)).toBe(0);
    expect(sameShape(before, after)).toBe(true);
  });

  it('is one for a pod that changes its mark, and only what speaks of it is drawn anew', () => {
    const crashed = samplePod('frontend', 1, 'p1', 'node2', { status: 'CrashLoopBackOff', isReady: false });
    const { before, after } = twoScenes({ upserts: [crashed], removes: [] });
    expect(countChanges(before, after)).toBe(1);
    const redrawn = (list: 'cards' | 'lanes' | 'pods' | 'nodes' | 'slots') =>
      after[list].filter((shape, index) => !sameShape(before[list][index], shape)).map((shape) => shape.key);
    expect(redrawn('pods')).toEqual(['pod/frontend-1-p1']);
    expect(redrawn('slots')).toEqual(['slot pod/frontend-1-p1']);
    expect(redrawn('lanes')).toEqual(['replicaset/frontend-1']);
    expect(redrawn('cards')).toEqual(['service/frontend']);
    expect(redrawn('nodes')).toEqual([]);
  });
});
