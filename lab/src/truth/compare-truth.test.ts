import type { Entity, KubeObject } from '@portolan/shared';
import { project } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { compareTruth, inWords } from './compare-truth.ts';
import { type GetJson, readTruth } from './read-truth.ts';

const CREATED = '2026-01-01T00:00:00Z';

const pod = (name: string, labels: Record<string, string> = {}, version = '7'): KubeObject =>
  ({
    metadata: {
      name,
      namespace: 'a',
      uid: `uid-${name}`,
      resourceVersion: version,
      labels,
      creationTimestamp: CREATED,
    },
    spec: { containers: [] },
  }) as unknown as KubeObject;

const get =
  (pods: readonly KubeObject[]): GetJson =>
  async (path) => {
    if (path === '/api/v1') return { resources: [{ name: 'pods' }] };
    return path === '/api/v1/pods' ? { items: pods } : null;
  };

const shown = (...pods: KubeObject[]): Entity[] => pods.map((one) => project('Pod', one));

describe('the comparison with the truth', () => {
  it('[F5] finds nothing where the picture is what the apiserver lists', async () => {
    expect(compareTruth(await readTruth(get([pod('x')])), shown(pod('x')))).toEqual([]);
  });

  it('[F5] finds what is missing, what is invented, and what differs at the same version', async () => {
    const truth = await readTruth(get([pod('x'), pod('y', { tier: 'a' })]));
    const found = compareTruth(truth, shown(pod('y', { tier: 'b' }), pod('z')));
    expect(found.map(inWords)).toEqual([
      'Pod a/x (uid-x) is missing',
      'Pod a/y (uid-y): labels is {"tier":"a"}, shown as {"tier":"b"}',
      'Pod a/z (uid-z) is invented',
    ]);
  });

  it('[F5] a kind that is not served must show nothing', async () => {
    const [node] = [
      project('Node', {
        metadata: { name: 'n', uid: 'n', resourceVersion: '1', creationTimestamp: CREATED },
      } as unknown as KubeObject),
    ];
    expect(compareTruth(await readTruth(get([])), [node]).map(inWords)).toEqual(['Node n (n) is invented']);
  });

  it('[F5] a scope is held to its own part alone', async () => {
    const truth = await readTruth(get([pod('x')]));
    expect(compareTruth(truth, [], { kinds: ['Node'], namespaces: [] })).toEqual([]);
    expect(compareTruth(truth, [], { kinds: [], namespaces: ['b'] })).toEqual([]);
    expect(compareTruth(truth, [], { kinds: ['Pod'], namespaces: ['a'] })).toHaveLength(1);
  });
});
