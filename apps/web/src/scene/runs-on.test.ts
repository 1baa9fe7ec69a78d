import { expect, it } from 'vitest';
import type { Box } from '../layout/box.ts';
import { workloadsOf } from '../layout/check-layout.ts';
import { graphOf, sampleGuestbook, samplePod, sampleReplicaSet } from '../testing/sample-cluster.ts';
import { layoutOf } from '../testing/sample-layout.ts';
import { runsOnPath } from './runs-on.ts';

/** The ends of the straight pieces of a path. */
function pointsOf(path: string): { x: number; y: number }[] {
  const numbers = [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)];
  return numbers.map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

function crosses(from: { x: number; y: number }, to: { x: number; y: number }, box: Box): boolean {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
}

it('[V20] the line to a node crosses no card and no lane but the pod’s own', () => {
  const second = [sampleReplicaSet('redis-master', 2, 1), samplePod('redis-master', 2, 'new', 'node2')];
  const made = layoutOf(graphOf([...sampleGuestbook(), ...second]));
  const lanes = workloadsOf(made).flatMap((card) => card.lanes.map((lane) => ({ lane, card })));
  for (const { lane, card } of lanes) {
    for (const { uid } of lane.pods) {
      const points = pointsOf(runsOnPath(made, uid) ?? '');
      expect(points.length).toBeGreaterThan(4);
      const others = [
        ...workloadsOf(made).filter((other) => other !== card),
        ...made.blocks.flatMap((block) => block.services),
        ...card.lanes.filter((other) => other !== lane),
      ];
      const crossed = points.slice(1).flatMap((to, index) => {
        const from = points[index];
        return from ? others.filter((box) => crosses(from, to, box)) : [];
      });
      expect(crossed, uid).toEqual([]);
    }
  }
});

it('[V20] a pod that is bound to no node has no such line', () => {
  const waiting = samplePod('frontend', 1, 'waiting', null, { status: 'Pending', isReady: false });
  const made = layoutOf(graphOf([...sampleGuestbook(), waiting]));
  expect(runsOnPath(made, waiting.uid)).toBeNull();
});
