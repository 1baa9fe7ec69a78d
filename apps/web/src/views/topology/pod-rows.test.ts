import { describe, expect, it } from 'vitest';
import { graphOf, sampleLoosePod } from '../../testing/sample-cluster.ts';
import { podRows } from './pod-rows.ts';

const NOW = 600_000;
const graph = graphOf([
  sampleLoosePod('b', { ip: '10.0.0.9', node: 'n2', created: 300_000, restarts: 3, lastRestart: 540_000 }),
  sampleLoosePod('a', { ip: '10.0.0.10', node: 'n1', created: 590_000, status: 'ContainerCreating', ready: [0, 1] }),
  sampleLoosePod('c', { namespace: 'other' }),
]);
const names = (column: Parameters<typeof podRows>[2]['column'], descending = false) =>
  podRows(graph, 'default', { column, descending }, NOW).map(({ pod }) => pod.name);

describe('the table', () => {
  it('[V52] prints the pods of the namespace as kubectl get pods -o wide does', () => {
    const rows = podRows(graph, 'default', { column: 'NAME', descending: false }, NOW);
    expect(rows.map(({ cells }) => Object.values(cells))).toEqual([
      ['a', '0/1', 'ContainerCreating', '0', '10s', '10.0.0.10', 'n1'],
      ['b', '1/1', 'Running', '3 (60s ago)', '5m', '10.0.0.9', 'n2'],
    ]);
  });

  it('[V52] sorts by any column, addresses by their numbers, the youngest first by age', () => {
    expect(names('NAME', true)).toEqual(['b', 'a']);
    expect(names('IP')).toEqual(['b', 'a']);
    expect(names('AGE')).toEqual(['a', 'b']);
    expect(names('RESTARTS', true)).toEqual(['b', 'a']);
  });
});
