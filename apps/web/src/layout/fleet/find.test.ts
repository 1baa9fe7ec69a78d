import { expect, it } from 'vitest';
import { graphOf, sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { fleetOf } from '../../testing/sample-fleet.ts';
import { findInFleet } from './find.ts';

const { model } = fleetOf(
  graphOf([
    ...['web', 'db-1', 'web-2', 'my-web', 'web-10'].map((name) => sampleLoosePod(name)),
    { ...sampleLoosePod('twin', { namespace: 'b' }), uid: 'b' },
    { ...sampleLoosePod('twin', { namespace: 'a' }), uid: 'a' },
    sampleNode('web-node'),
  ]),
);
const names = (text: string, limit?: number) =>
  findInFleet(model, text, limit).found.map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name));

it('[P14] finds pods and nodes by a part of the name: the name itself, then its beginning, then the rest', () => {
  expect(names(' WEB ')).toEqual(['default/web', 'web-node', 'default/web-10', 'default/web-2', 'default/my-web']);
  expect(names('twin')).toEqual(['a/twin', 'b/twin']);
  expect(names('b/tw')).toEqual(['b/twin']);
  expect(names('')).toEqual([]);
  expect(names('zzz')).toEqual([]);
});

it('[P14] gives no more than asked for and says how many there are', () => {
  expect(names('web', 2)).toEqual(['default/web', 'web-node']);
  expect(findInFleet(model, 'web', 2).total).toBe(5);
});

it('[P14] says where who was found is', () => {
  const [found] = findInFleet(model, 'my-web').found;
  expect(model.entities[found?.at ?? -1]?.name).toBe('my-web');
  expect(model.nodes[findInFleet(model, 'web-node').found[0]?.at ?? -1]?.name).toBe('web-node');
});
