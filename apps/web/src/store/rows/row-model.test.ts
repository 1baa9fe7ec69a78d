import {
  type Change,
  columnsOf,
  type Entity,
  Graph,
  type PodEntity,
  pick,
  type Random,
  seededRandom,
  type TableOrder,
} from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { RowModel, type RowQuery } from './row-model.ts';

const BY_NAME: TableOrder = { column: 'NAME', descending: false };

const query = (more: Partial<RowQuery> = {}): RowQuery => ({
  kind: 'Pod',
  namespace: null,
  order: BY_NAME,
  filter: null,
  ...more,
});

function filled(graph: Graph, asked: RowQuery): RowModel {
  const model = new RowModel(asked);
  expect([...model.fill(graph)].every((step) => step === undefined)).toBe(true);
  return model;
}

const names = (model: RowModel) =>
  model.slice(0, model.count).map(({ entity }) => `${entity.namespace}/${entity.name}`);

const graphOf = (...upserts: Entity[]) => {
  const graph = new Graph();
  graph.apply({ upserts, removes: [] });
  return graph;
};

const pod = (name: string, more: Partial<PodEntity> = {}) => sampleLoosePod(name, more);

describe('the rows of a table', () => {
  it('[K39] [V52] are sorted by column, then by namespace and name, whichever way', () => {
    const graph = graphOf(
      pod('b', { restarts: 2, namespace: 'x', uid: '1' }),
      pod('a', { restarts: 10, namespace: 'y', uid: '2' }),
      pod('a', { restarts: 2, namespace: 'x', uid: '3' }),
      pod('a', { restarts: 2, namespace: 'w', uid: '4' }),
      sampleNode('node1'),
    );
    const by = (column: string, descending: boolean) => names(filled(graph, query({ order: { column, descending } })));
    expect(by('RESTARTS', false)).toEqual(['w/a', 'x/a', 'x/b', 'y/a']);
    expect(by('RESTARTS', true)).toEqual(['y/a', 'w/a', 'x/a', 'x/b']);
    expect(by('NAMESPACE', true)).toEqual(['y/a', 'x/a', 'x/b', 'w/a']);
    expect(by('NO SUCH COLUMN', true)).toEqual(['w/a', 'x/a', 'x/b', 'y/a']);
  });

  it('[K44] are those of the namespace that the filter lets through', () => {
    const graph = graphOf(pod('a'), pod('b', { status: 'Error' }), pod('c', { namespace: 'other', status: 'Error' }));
    const ill = (entity: Entity) => entity.kind === 'Pod' && entity.status === 'Error';
    expect(names(filled(graph, query({ namespace: 'default' })))).toEqual(['default/a', 'default/b']);
    expect(names(filled(graph, query({ filter: ill })))).toEqual(['default/b', 'other/c']);
    expect(names(filled(graph, query({ namespace: 'default', filter: ill })))).toEqual(['default/b']);
  });

  it('[K44] are taken in 64 at a step', () => {
    const graph = graphOf(...Array.from({ length: 130 }, (_, n) => pod(`p${n}`)));
    expect([...new RowModel(query()).fill(graph)]).toHaveLength(2);
  });

  it('[K44] say whether a change was theirs', () => {
    const graph = graphOf(pod('a'), pod('b', { namespace: 'other' }), sampleNode('node1'));
    const model = filled(graph, query({ namespace: 'default' }));
    const changes = (...upserts: Entity[]) => model.apply(graph.apply({ upserts, removes: [] }));
    expect(changes(sampleNode('node1'), pod('b', { namespace: 'other' }))).toBe(false);
    expect(changes(pod('a'))).toBe(true);
    expect(changes(pod('c'))).toBe(true);
    expect(model.apply(graph.apply({ upserts: [], removes: [{ kind: 'Pod', uid: 'pod/b' }] }))).toBe(false);
    expect(model.apply(graph.apply({ upserts: [], removes: [{ kind: 'Pod', uid: 'pod/a' }] }))).toBe(true);
    expect(names(model)).toEqual(['default/c']);
  });

  it('[K45] know the place of one that has gone, and where an entity now stands', () => {
    const graph = graphOf(pod('a'), pod('b'), pod('c'));
    const model = filled(graph, query());
    const [, b] = model.slice(0, 2);
    if (b === undefined) throw new Error('no second row');
    model.apply(graph.apply({ upserts: [], removes: [b.entity] }));
    expect([model.rank(b), model.indexOf(b.entity)]).toEqual([1, -1]);
    model.apply(graph.apply({ upserts: [pod('aa')], removes: [] }));
    expect(model.rank(b)).toBe(2);
    expect(model.indexOf(graph.get('pod/c') as Entity)).toBe(2);
  });
});

let version = 0;

function randomPod(chance: Random): PodEntity {
  version += 1;
  const number = Math.floor(chance() * 300);
  return pod(`p${number}`, {
    uid: `pod-${number}`,
    version: `r${version}`,
    namespace: number % 3 === 0 ? 'one' : 'two',
    restarts: Math.floor(chance() * 4),
    status: pick(chance, ['Running', 'Error', 'Pending']),
    created: Math.floor(chance() * 5) * 1_000,
  });
}

function randomChange(chance: Random): Change {
  const pods = new Map(Array.from({ length: 12 }, () => randomPod(chance)).map((one) => [one.uid, one]));
  const change: Change = { upserts: [], removes: [] };
  for (const one of pods.values()) {
    if (chance() < 0.4) change.removes.push(one);
    else change.upserts.push(one);
  }
  return change;
}

describe('rows change by change', () => {
  const orders = columnsOf('Pod').flatMap(({ title }) => [
    { column: title, descending: false },
    { column: title, descending: true },
  ]);

  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    '[K44] are those of a table that is sorted at once, though the graph changes while they are taken in (seed %d)',
    (seed) => {
      const chance = seededRandom(seed);
      const graph = new Graph();
      const follow = (...models: RowModel[]) => {
        const delta = graph.apply(randomChange(chance));
        for (const model of models) model.apply(delta);
      };
      for (let n = 0; n < 40; n++) follow();
      const asked = query({
        namespace: pick(chance, [null, 'one', 'two']),
        order: pick(chance, orders),
        filter: pick(chance, [null, ({ created }) => created > 1_000]),
      });
      const model = new RowModel(asked);
      const steps = model.fill(graph);
      while (!steps.next().done) follow(model);
      for (let n = 0; n < 40; n++) {
        follow(model);
        const atOnce = filled(graph, asked);
        expect(model.slice(0, model.count)).toEqual(atOnce.slice(0, atOnce.count));
      }
      for (const { entity } of model.slice(0, model.count)) {
        expect(graph.get(entity.uid)).toBe(entity);
        expect(model.slice(model.indexOf(entity), model.indexOf(entity) + 1)[0]?.entity).toBe(entity);
      }
    },
  );
});
