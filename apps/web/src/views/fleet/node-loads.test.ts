import { expect, test } from 'vitest';
import { nodeLoads } from './node-loads.ts';

const asked = { requests: { cpu: 2_000, memory: 2 ** 30 }, limits: { cpu: 6_000, memory: 0 } };

test('[P82] the load of a node is told as shares of what it can give', () => {
  const allocatable = { cpu: '4', memory: '4Gi', pods: '110' };
  expect(nodeLoads({ allocatable }, asked, null)).toEqual([
    { resource: 'cpu', requested: 0.5, limited: 1.5, used: null },
    { resource: 'memory', requested: 0.25, limited: 0, used: null },
  ]);
  expect(nodeLoads({ allocatable }, asked, { cpu: 1_000, memory: 2 ** 31 }).map(({ used }) => used)).toEqual([
    0.25, 0.5,
  ]);
});

test('[P82] a resource that a node does not give is not told of', () => {
  expect(nodeLoads({ allocatable: { cpu: null, memory: '0', pods: null } }, asked, null)).toEqual([]);
});
