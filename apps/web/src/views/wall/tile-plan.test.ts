import { describe, expect, it } from 'vitest';
import { tilePlan } from './tile-plan.ts';

describe('tilePlan', () => {
  it('[V62] two nodes stand side by side and name their pods as long as there is room', () => {
    const plan = tilePlan(2, 1, 6);
    expect(plan).toMatchObject({ columns: 2 });
    expect(plan?.named).toBeGreaterThanOrEqual(8);
  });

  it('[V62] more nodes name fewer pods, and narrow tiles name none', () => {
    expect(tilePlan(5, 1, 20)?.named).toBeLessThan(tilePlan(3, 1, 20)?.named ?? 0);
    expect(tilePlan(20, 1, 20)).toMatchObject({ columns: 4, named: 0 });
  });

  it('[V62] marks grow smaller with the pods, and only where the smallest do not fit are pods counted', () => {
    const plans = [10, 60, 130, 250].map((pods) => tilePlan(2, 1, pods));
    expect(plans.map((plan) => plan?.mark)).toEqual(['size-11', 'size-8', 'size-6', 'size-4']);
    expect(plans.every((plan, at) => (plan?.room ?? 0) >= ([10, 60, 130, 250][at] ?? 0))).toBe(true);
    expect(tilePlan(16, 1, 250)?.room).toBeLessThan(250);
  });

  it('[V62] where no tile has room for a name and a row of marks there is no plan', () => {
    expect(tilePlan(21, 1, 4)).toBeNull();
    expect(tilePlan(6, 3, 4)).toBeNull();
    expect(tilePlan(3, 12, 4)).toBeNull();
  });
});
