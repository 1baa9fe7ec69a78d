import type { Entity } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode } from '../testing/sample-cluster.ts';
import { ofKind, ofNamespace, ofPicture } from './concern.ts';

const here = sampleLoosePod('here', { node: 'far' });
const there = sampleLoosePod('there', { namespace: 'other', node: 'near' });
const nodes = [sampleNode('near'), sampleNode('far')];

/** Whether a change of a small cluster concerns. */
function concerned(concern: ReturnType<typeof ofKind>, change: { upserts?: Entity[]; removes?: Entity[] }): boolean {
  const graph = graphOf([here, there, ...nodes]);
  return concern(graph.apply({ upserts: change.upserts ?? [], removes: change.removes ?? [] }));
}
const next = <E extends Entity>(entity: E, changes: Partial<E> = {}): E => ({ ...entity, ...changes, version: 'next' });

describe('what concerns', () => {
  it('[V89] a view of a kind or of a namespace is nothing else', () => {
    expect(concerned(ofKind('Node'), { upserts: [next(here)] })).toBe(false);
    expect(concerned(ofKind('Node'), { upserts: [next(sampleNode('far'))] })).toBe(true);
    expect(concerned(ofKind('Pod', 'other'), { upserts: [next(here)] })).toBe(false);
    expect(concerned(ofNamespace('default'), { upserts: [next(here)] })).toBe(true);
    expect(concerned(ofNamespace('default'), { upserts: [next(there)] })).toBe(false);
    expect(concerned(ofNamespace('default'), { removes: [here] })).toBe(true);
  });

  it('[V89] the picture of a namespace: what stands in it, and how many pods its drawn nodes run', () => {
    const picture = ofPicture('default', () => new Set(['near']));
    expect(concerned(picture, { upserts: [next(here)] })).toBe(true);
    expect(concerned(picture, { upserts: [next(there)] })).toBe(false);
    expect(concerned(picture, { upserts: [next(there, { phase: 'Succeeded' })] })).toBe(true);
    expect(concerned(picture, { upserts: [next(there, { node: 'far' })] })).toBe(true);
    expect(concerned(picture, { removes: [there] })).toBe(true);
    const unseen = ofPicture('default', () => new Set<string>());
    expect(concerned(unseen, { removes: [there] })).toBe(false);
  });

  it('[V89] the picture of a namespace: nodes that are drawn, that come or go, and that wear another mark', () => {
    const picture = ofPicture('default', () => new Set(['near']));
    const [near, far] = nodes as [Entity & { kind: 'Node' }, Entity & { kind: 'Node' }];
    expect(concerned(picture, { upserts: [next(near)] })).toBe(true);
    expect(concerned(picture, { upserts: [next(far)] })).toBe(false);
    expect(concerned(picture, { upserts: [next(far, { status: 'NotReady' })] })).toBe(true);
    expect(concerned(picture, { upserts: [sampleNode('new')] })).toBe(true);
  });
});
