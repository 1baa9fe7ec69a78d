import { describe, expect, it } from 'vitest';
import { countedOtherwise, legendCounts, printedCounts, stoodStill } from './counts.ts';

const pods = `team-0   web-1   1/1   Running            0             3m
team-0   web-2   0/1   CrashLoopBackOff   4 (3m ago)    3m
team-1   web-3   0/1   Pending            0             3m
team-1   web-4   0/1   Running            0             3m
`;
const nodes = `node1   Ready                         <none>   3m   v1.20.2
node2   NotReady,SchedulingDisabled   <none>   3m   v1.20.2
`;
const legend: [string, number][] = [
  ['pod/ready', 1],
  ['pod/CrashLoopBackOff', 1],
  ['pod/notready', 1],
  ['pod/pending', 1],
  ['node/Ready', 1],
  ['node/NotReady', 1],
  ['node/SchedulingDisabled', 1],
];

describe('counts of a fleet', () => {
  it('are the same in the words of kubectl and of the legend', () => {
    expect(countedOtherwise(printedCounts(pods, nodes), [legendCounts(legend)])).toEqual([]);
  });

  it('that differ are told with both numbers', () => {
    const [, ...rest] = legend;
    expect(countedOtherwise(printedCounts(pods, nodes), [legendCounts(rest)])).toEqual([
      'pod/Running: kubectl prints 2, the legend says 1',
    ]);
  });

  it('of none are no difference', () => {
    expect(countedOtherwise(printedCounts('', ''), [legendCounts([['pod/ready', 0]])])).toEqual([]);
  });

  it('may lie between what the legend said while kubectl was at it, and not beyond', () => {
    const said = (ready: number) => legendCounts([['pod/ready', ready]]);
    const printed = new Map([['pod/Running', 5]]);
    expect(countedOtherwise(printed, [said(3), said(7)])).toEqual([]);
    expect(countedOtherwise(printed, [said(6), said(7)])).toEqual([
      'pod/Running: kubectl prints 5, the legend says 6 to 7',
    ]);
    expect(stoodStill([said(3), said(7)])).toBe(false);
    expect(stoodStill([said(3), said(3)])).toBe(true);
  });
});
