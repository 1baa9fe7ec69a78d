import { describe, expect, test } from 'vitest';
import type { FleetDifference, FleetPlan } from '../../layout/fleet/plan.ts';
import { codeOf, sampleFleet } from '../../testing/sample-plan.ts';
import { FleetState } from './fleet-state.ts';

const next = (plan: FleetPlan, changed: Partial<FleetDifference>): FleetPlan => ({
  ...plan,
  version: plan.version + 1,
  changed: { pods: [], tiles: [], gone: [], groups: false, ...changed },
});

describe('P47: the state that is shown', () => {
  test('takes the slots that a plan names, and answers where they are and were', () => {
    const { plan, pods } = sampleFleet(8);
    const state = new FleetState(plan, pods, null);
    pods.marks[3] = codeOf('fail');
    plan.x[4] = 99;
    expect(state.take(next(plan, { pods: [3, 4, 5] }), pods, null)).toEqual({
      regrouped: false,
      anew: false,
      areas: [
        { x: 3, y: 11, width: 1, height: 1 },
        { x: 4, y: 11, width: 1, height: 1 },
        { x: 99, y: 11, width: 1, height: 1 },
      ],
    });
    expect(state.places.x[4]).toBe(99);
    expect(state.codes[3]).toBe(codeOf('fail'));
  });

  test('knows a pod that went, and one in a slot beyond all others', () => {
    const { plan, pods } = sampleFleet(8);
    const state = new FleetState(plan, pods, null);
    plan.size[7] = 0;
    const grown = {
      ...plan,
      x: Int32Array.of(...plan.x, 40),
      y: Int32Array.of(...plan.y, 12),
      size: Uint8Array.of(...plan.size, 1),
    };
    const { areas } = state.take(
      next(grown, { pods: [7, 240] }),
      { ...pods, length: 241, marks: Uint8Array.of(...pods.marks, 4) },
      null,
    );
    expect(areas).toEqual([
      { x: 1, y: 12, width: 1, height: 1 },
      { x: 40, y: 12, width: 1, height: 1 },
    ]);
    expect(state.codes[240]).toBe(4);
  });

  test('is painted anew where tiles changed, all of it where there is too much, another filter, or a gap in the versions', () => {
    const { plan, pods } = sampleFleet(16);
    const state = new FleetState(plan, pods, null);
    const [first, second] = plan.tiles;
    if (!first || !second) throw new Error('the sample has tiles');
    const step = next(plan, { tiles: [first], gone: [second] });
    expect(state.take(step, pods, null).areas).toEqual([second.box, first.box]);
    const lit = () => true;
    expect(state.take(step, pods, lit).areas).toBeNull();
    expect(state.take(step, pods, lit).areas).toEqual([]);
    expect(state.take({ ...step, version: step.version + 2 }, pods, lit)).toEqual({
      regrouped: false,
      anew: true,
      areas: null,
    });
    expect(state.take({ ...step, version: 9, grouping: { by: 'label', key: 'app' } }, pods, lit).regrouped).toBe(true);
    for (const slot of pods.entities.keys()) pods.marks[slot] = codeOf('pull');
    expect(
      state.take(
        { ...next(plan, { pods: [...pods.entities.keys()] }), version: 10, grouping: { by: 'label', key: 'app' } },
        pods,
        lit,
      ).areas,
    ).toBeNull();
  });

  test('knows where a pod is by its uid', () => {
    const { plan, pods } = sampleFleet(2);
    const state = new FleetState(plan, pods, null);
    const uid = pods.entities[31]?.uid ?? '';
    expect([state.slotOf(uid), state.slotOf(uid), state.slotOf('nobody')]).toEqual([31, 31, null]);
  });
});
