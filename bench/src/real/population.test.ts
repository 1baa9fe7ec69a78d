import { type KubeObject, project } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { MARK, populationOf } from './population.ts';

const size = { nodes: 100, pods: 1000 };

describe('populationOf', () => {
  it('has as many as are asked for, all marked, and nothing that only an apiserver may say', () => {
    const { namespaces, nodes, pods } = populationOf(size);
    const made = [...namespaces, ...nodes, ...[...pods].map(({ pod }) => pod)] as KubeObject[];
    expect(made.length - namespaces.length).toBe(1100);
    for (const { metadata } of made) {
      expect(metadata.labels).toMatchObject({ [MARK.key]: MARK.value });
      expect(Object.keys(metadata)).not.toEqual(expect.arrayContaining(['uid']));
      expect(metadata).not.toHaveProperty('resourceVersion');
      expect(metadata).not.toHaveProperty('ownerReferences');
    }
  });

  it('has pods of every status, by the words of kubectl', () => {
    const words = [...populationOf(size).pods].map(({ pod, status }) => {
      const metadata = { ...pod.metadata, uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
      const entity = project('Pod', { ...pod, metadata, status: status ?? { phase: 'Pending' } } as KubeObject);
      return entity.kind === 'Pod' ? entity.status : '';
    });
    const seen = [...new Set(words)].sort();
    expect(seen).toEqual([
      'Completed',
      'ContainerCreating',
      'CrashLoopBackOff',
      'ImagePullBackOff',
      'Pending',
      'Running',
    ]);
  });

  it('cordons some nodes, and some are not ready', () => {
    const nodes = [...populationOf(size).nodes];
    expect(nodes.filter(({ spec }) => 'unschedulable' in spec).length).toBe(2);
    const ready = nodes.map(({ status }) => status.conditions.find(({ type }) => type === 'Ready'));
    expect(ready.filter((one) => one && 'status' in one && one.status === 'False').length).toBe(1);
  });
});
