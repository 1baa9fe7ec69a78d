import { type Entity, encodeColumns, type Kind } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { LiveStore } from '../../store/live-store.ts';
import { atOnce } from '../../stream/pace.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { BY_ZONE } from '../../testing/sample-fleet.ts';
import { FleetDriver } from './fleet-driver.ts';

const pod = (name: string, changes: Parameters<typeof sampleLoosePod>[1] = {}) =>
  sampleLoosePod(name, { node: 'n1', ...changes });

/** A driver of a store whose frames are drawn at once. */
function setUp(namespace: string | null = null) {
  const clock = new FakeClock();
  const store = new LiveStore({
    now: clock.now,
    frame: (run) => {
      run();
      return () => undefined;
    },
  });
  const driver = new FleetDriver({ store, pace: atOnce, clock, namespace });
  const seen = { versions: [] as number[], figures: 0 };
  driver.onPlan(() => seen.versions.push(driver.plan?.version ?? 0));
  driver.onFigures(() => {
    seen.figures += 1;
  });
  const snapshot = (...entities: Entity[]) => {
    store.restart();
    for (const kind of new Set(entities.map((one) => one.kind))) {
      const rows = entities.filter((one) => one.kind === kind);
      const count = rows.length;
      const data = { kind: kind as Kind, count, columns: encodeColumns(rows), part: 1, parts: 1, total: count };
      expect([...store.part(data)].length).toBeGreaterThan(0);
    }
    store.commit();
  };
  const change = (...upserts: Entity[]) => store.change({ seq: 1, upserts, removes: [] });
  return { clock, driver, snapshot, change, seen };
}

describe('the driver of the fleet', () => {
  it('[P72] shows nothing before there is a graph and a picture was asked for', () => {
    const { driver, snapshot, seen } = setUp();
    driver.arrange(BY_ZONE);
    expect(driver.plan).toBeNull();
    snapshot(sampleNode('n1'), pod('a'));
    expect(driver.plan?.tiles.length).toBe(1);
    expect(seen.versions).toEqual([1]);
  });

  it('[P72] tells of every plan in order, in the frame of the change', () => {
    const { driver, snapshot, change, seen } = setUp();
    snapshot(sampleNode('n1'), pod('a'));
    driver.arrange(BY_ZONE);
    change(pod('b'));
    change(pod('c'));
    expect(seen.versions).toEqual([1, 2, 3]);
    expect(driver.model.slotOf('pod/c')).toBeDefined();
  });

  it('[P73] tells figures at once the first time, then four times a second at most', () => {
    const { clock, driver, snapshot, change, seen } = setUp();
    snapshot(sampleNode('n1'), pod('a'));
    driver.arrange(BY_ZONE);
    clock.advance(0);
    expect(driver.figures).toMatchObject({ drawn: true, counts: { pods: 1, nodes: 1 } });
    const first = seen.figures;
    for (let at = 0; at < 100; at += 1) change(pod(`more-${at}`));
    clock.advance(249);
    expect(seen.figures).toBe(first);
    clock.advance(1);
    expect(seen.figures).toBe(first + 1);
    expect(driver.figures.counts.pods).toBe(101);
  });

  it('[P81] closes up what nodes left, when a person asks for the whole picture and not before', () => {
    const { driver, snapshot, change } = setUp();
    const nodes = Array.from({ length: 60 }, (_, at) => sampleNode(`n${at}`, { status: 'NotReady' }));
    snapshot(...nodes, pod('a'));
    driver.arrange(BY_ZONE);
    const grown = driver.plan?.height ?? 0;
    change(...nodes.map(({ name }) => sampleNode(name)));
    expect(driver.plan?.height).toBe(grown);
    driver.tidy();
    expect(driver.plan?.height).toBeLessThan(grown);
  });

  it('[P74] holds the pods of one namespace alone when it is asked to, and all nodes', () => {
    const { clock, driver, snapshot, change } = setUp('shop');
    snapshot(sampleNode('n1'), pod('a'), pod('b', { namespace: 'shop' }));
    driver.arrange(BY_ZONE);
    change(pod('c'), pod('d', { namespace: 'shop' }));
    clock.advance(250);
    expect(driver.figures.counts).toMatchObject({ pods: 2, nodes: 1 });
  });

  it('[P72] follows another snapshot, and nothing once it is closed', () => {
    const { driver, snapshot, change, seen } = setUp();
    snapshot(sampleNode('n1'), pod('a'));
    driver.arrange(BY_ZONE);
    snapshot(sampleNode('n1'), pod('z'));
    expect(driver.model.slotOf('pod/a')).toBeUndefined();
    expect(driver.model.slotOf('pod/z')).toBeDefined();
    driver.close();
    const told = seen.versions.length;
    change(pod('y'));
    expect(seen.versions.length).toBe(told);
  });
});
