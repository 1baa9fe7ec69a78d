import { describe, expect, test } from 'vitest';
import type { FleetGroup } from '../../layout/fleet/plan.ts';
import { sampleFleet } from '../../testing/sample-plan.ts';
import { groupTitle, headingLabels, type LabelContext, tileLabels } from './fleet-labels.ts';
import { fleetTextsEn, fleetTextsZh } from './fleet-texts.ts';

const { plan } = sampleFleet(8, {}, { 1: 'named' });
const wide = {
  ...plan.tiles[1],
  box: { x: 0, y: 0, width: 77, height: 26 },
  left: 3,
  top: 5,
} as (typeof plan.tiles)[number];
const context = (scale: number): LabelContext => ({
  plan,
  camera: { x: 10, y: 0, scale },
  texts: fleetTextsEn,
  measure: (text) => text.length * 7,
  nodeWords: () => ({ state: 'MemoryPressure', age: '12m' }),
  nodeLoads: () => [
    { requested: 0.5, limited: 1.2, used: null },
    { requested: 0.7, limited: 0, used: 0.3 },
  ],
});

describe('P49: words on the picture', () => {
  test('a heading says what its group holds, and is cut or left out where it has no room', () => {
    const [group] = plan.groups;
    if (!group) throw new Error('the sample has a group');
    const narrow = { ...group, nodes: 1668, troubled: 12, box: { ...group.box, width: 100 } };
    expect(headingLabels(narrow, context(2)).map(({ text }) => text)).toEqual(['a', '1,668 nodes']);
    expect(headingLabels({ ...narrow, box: { ...group.box, width: 30 } }, context(2)).map(({ text }) => text)).toEqual([
      'a',
      '1,668',
    ]);
    expect(headingLabels({ ...narrow, box: { ...group.box, width: 10 } }, context(2)).map(({ text }) => text)).toEqual([
      'a',
    ]);
    expect(headingLabels(narrow, context(1)).map(({ font }) => font)).toEqual(['small', 'small']);
    expect(headingLabels(narrow, context(0.7))).toEqual([]);
  });

  test('a title leaves out its namespace, then its end, then itself', () => {
    const [group] = plan.groups;
    if (!group) throw new Error('the sample has a group');
    const titled = (width: number) =>
      headingLabels({ ...group, title: 'shop/checkout', box: { ...group.box, width } }, context(2))[0]?.text;
    expect([70, 50, 40, 25, 12].map(titled)).toEqual(['shop/checkout', 'checkout', 'checkout', undefined, undefined]);
    const long = headingLabels({ ...group, title: 'checkout-consumer', box: { ...group.box, width: 40 } }, context(2));
    expect(long[0]?.text).toBe('checkout-…');
  });

  test('a heading stays at the top while pods of its group are below it', () => {
    const [group] = plan.groups;
    if (!group) throw new Error('the sample has a group');
    const above = { ...context(20), camera: { x: -300, y: -400, scale: 20 } };
    expect(headingLabels(group, above)[0]).toMatchObject({ text: 'a', x: 8, y: 17, backed: true });
    const past = { ...above, camera: { ...above.camera, y: -group.box.height * 20 + 60 } };
    expect(headingLabels(group, past)[0]).toMatchObject({ backed: false });
  });

  test('a named tile says its node, its age and its state beside the pods', () => {
    const { labels, sign } = tileLabels(wide, context(2));
    expect(labels.map(({ text, x, y }) => [text, x, y])).toEqual([
      ['n1', 60, 17],
      ['12m', 160, 17],
      ['MemoryPress…', 75, 35],
    ]);
    expect(sign).toMatchObject({ x: 59, y: 25, size: 12, mark: 'ok' });
  });

  test('a named tile says the whole of the name before it says an age', () => {
    const named = (name: string) =>
      tileLabels({ ...wide, node: { ...wide.node, name } } as typeof wide, context(2)).labels.map(({ text }) => text);
    expect(named('node-02417')[1]).toBe('12m');
    expect(named('node-eu-1-0241')[0]).toBe('node-eu-1-0241');
    expect(named('node-eu-1-0241')).not.toContain('12m');
  });

  test('the name of any other node stands above its tile, once there is room', () => {
    const [block] = plan.tiles;
    if (!block) throw new Error('the sample has tiles');
    expect(tileLabels(block, context(13)).labels).toEqual([]);
    expect(tileLabels(block, context(14)).labels).toMatchObject([{ text: 'n0', x: 10, y: 11 * 14 - 3 }]);
  });

  test('a node has bars of its load where there is room: beside its name above its tile, below its words in a named one', () => {
    const [block] = plan.tiles;
    if (!block) throw new Error('the sample has tiles');
    expect(tileLabels(block, context(13)).bars).toEqual([]);
    const above = tileLabels(block, context(20)).bars;
    expect(above).toMatchObject([
      { requested: 0.5, limited: 1.2, x: 34 },
      { requested: 0.7, used: 0.3, x: 34 },
    ]);
    expect(above.map(({ y, height }) => [y + height <= 220, height])).toEqual([
      [true, 3],
      [true, 3],
    ]);
    expect(tileLabels(wide, context(2)).bars).toEqual([]);
    const high = { ...wide, box: { ...wide.box, height: 30 } };
    const within = tileLabels(high, context(2)).bars;
    expect(within.map(({ x, y }) => [x, y])).toEqual([
      [60, 42],
      [60, 47],
    ]);
    expect(tileLabels(high, { ...context(2), nodeLoads: () => null }).bars).toEqual([]);
  });

  test('a group without a title says of what it is without', () => {
    const untitled: FleetGroup = { ...(plan.groups[0] as FleetGroup), title: null };
    expect(groupTitle(untitled, plan, fleetTextsEn)).toBe('No zone');
    expect(groupTitle({ ...untitled, nodes: 0 }, plan, fleetTextsEn)).toBe('No zone');
    expect(groupTitle({ ...untitled, key: 'unplaced' }, plan, fleetTextsEn)).toBe('On no node');
    expect(groupTitle({ ...untitled, key: 'unplaced' }, plan, fleetTextsZh)).toBe('不在任何节点上');
    const byLabel = { ...plan, grouping: { by: 'label', key: 'app' } } as const;
    expect(groupTitle({ ...untitled, nodes: 0 }, byLabel, fleetTextsEn)).toBe('No label app');
    expect(groupTitle({ ...untitled, nodes: 0 }, byLabel, fleetTextsZh)).toBe('无标签 app');
  });
});

test('P49: a tile is called by its name, its state and how many pods it holds', () => {
  expect(fleetTextsEn.tile('n1', 'NotReady', 1)).toBe('n1, NotReady, 1 pod');
  expect(fleetTextsZh.tile('n1', null, 1200)).toBe('n1，1,200 个 Pod');
});
