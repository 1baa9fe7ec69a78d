import { type Graph, seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { faultsOfFleet } from '../../testing/check-fleet.ts';
import {
  BY_ZONE,
  fleetChange,
  fleetEntities,
  fleetOf,
  graphInOrder,
  planOf,
  podPlacesOf,
} from '../../testing/sample-fleet.ts';
import type { FleetOptions } from './arrangement.ts';
import type { Fleet } from './fleet.ts';
import { gathersNodes } from './grouping.ts';
import type { FleetPlan, Grouping } from './plan.ts';

const GROUPINGS: Grouping[] = [
  { by: 'zone' },
  { by: 'pool' },
  { by: 'namespace' },
  { by: 'workload' },
  { by: 'owner' },
  { by: 'image' },
  { by: 'phase' },
  { by: 'label', key: 'app' },
];
const CASES = GROUPINGS.flatMap((grouping, at) => [
  { name: JSON.stringify(grouping), seed: 2 * at + 1, options: { ...BY_ZONE, grouping } satisfies FleetOptions },
  {
    name: `${JSON.stringify(grouping)} in place`,
    seed: 2 * at + 2,
    options: { ...BY_ZONE, grouping, order: 'place' } satisfies FleetOptions,
  },
]);

/** A fleet that lived through so many changes, each told to `each`. */
function churn(
  seed: number,
  options: FleetOptions,
  steps: number,
  each: (fleet: Fleet, step: () => void, graph: Graph) => void,
) {
  const random = seededRandom(seed);
  const graph = graphInOrder(fleetEntities(seed % 4 === 0 ? 20 : 300, 4));
  const fleet = fleetOf(graph, options);
  for (let step = 0; step < steps; step += 1)
    each(fleet, () => fleet.apply(graph.apply(fleetChange(random, graph))), graph);
  return { fleet, graph };
}

/** The names of the nodes that have tiles, and of those that are there or that pods name. */
const nodesOf = ({ tiles }: FleetPlan) => tiles.flatMap(({ node }) => node?.name ?? []).sort();
function nodesIn(graph: Graph): string[] {
  const names = new Set(Array.from(graph.all('Node'), ({ name }) => name));
  for (const { node } of graph.all('Pod')) if (node !== null) names.add(node);
  return [...names].sort();
}

/** What a painter keeps. */
function seen({ model }: Fleet, { x, y, size }: FleetPlan): string[] {
  return Array.from(
    { length: model.length },
    (_, slot) => `${size[slot] ? `${x[slot]},${y[slot]},${size[slot]},${model.marks[slot]}` : ''}`,
  );
}

describe.each(CASES)('the fleet by $name, seed $seed', ({ seed, options }) => {
  it('[P2] [P3] draws every pod once, nothing overlapping, whatever comes', () => {
    churn(seed, options, 60, (fleet, step, graph) => {
      step();
      expect(faultsOfFleet(fleet)).toEqual([]);
      if (gathersNodes(options.grouping)) expect(nodesOf(planOf(fleet))).toEqual(nodesIn(graph));
    });
  });

  it('[P4] counts what counting from scratch gives', () => {
    const { fleet, graph } = churn(seed, options, 60, (_, step) => step());
    const again = fleetOf(graph, options);
    expect(fleet.counts).toEqual(again.counts);
    const totals = (of: Fleet) =>
      planOf(of)
        .groups.filter(({ pods, nodes }) => pods + nodes > 0)
        .map(({ key, title, nodes, pods, troubled }) => ({ key, title, nodes, pods, troubled }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    if (options.grouping.by !== 'zone' && options.grouping.by !== 'pool') expect(totals(fleet)).toEqual(totals(again));
    expect(fleet.counts.pods).toBe(planOf(fleet).groups.reduce((sum, { pods }) => sum + pods, 0));
  });

  it('[P4] sums what the pods of a node ask for as summing from scratch does', () => {
    const { fleet, graph } = churn(seed, options, 60, (_, step) => step());
    const again = fleetOf(graph, options);
    const sums = ({ model }: Fleet) =>
      Object.fromEntries(model.nodes.flatMap((row) => (row === null ? [] : [[row.name, row.asked]])));
    expect(sums(fleet)).toEqual(sums(again));
    const asking = Object.entries(sums(fleet)).flatMap(([name, { requests }]) => (requests.cpu > 0 ? [name] : []));
    expect(asking.length).toBeGreaterThan(0);
  });

  it('[P5] says all that differs, and keeps the rest as it was', () => {
    churn(seed, options, 60, (fleet, step) => {
      const before = planOf(fleet);
      const was = seen(fleet, before);
      step();
      const after = planOf(fleet);
      if (after === before) return;
      expect(after.version).toBe(before.version + 1);
      const { changed } = after;
      if (changed === 'all') throw new Error('all was laid out anew');
      const said = new Set(changed.pods);
      expect(changed.pods).toHaveLength(said.size);
      const differing = seen(fleet, after).flatMap((now, slot) => (now === (was[slot] ?? '') ? [] : [slot]));
      expect(differing.filter((slot) => !said.has(slot))).toEqual([]);
      const kept = new Set(before.tiles);
      const news = after.tiles.filter((tile) => !kept.has(tile));
      expect(new Set(changed.tiles)).toEqual(new Set(news));
      const boxes = new Map(after.tiles.map(({ key, box }) => [key, JSON.stringify(box)]));
      const left = before.tiles.filter(({ key, box }) => boxes.get(key) !== JSON.stringify(box));
      expect(new Set(changed.gone)).toEqual(new Set(left));
      if (!changed.groups) expect(after.groups).toBe(before.groups);
    });
  });

  it('[P6] is the same from scratch, in whatever order all came', () => {
    const { graph } = churn(seed, options, 20, (_, step) => step());
    expect([...podPlacesOf(fleetOf(shuffled(graph, seed), options))].sort()).toEqual(
      [...podPlacesOf(fleetOf(graph, options))].sort(),
    );
  });
});

function shuffled(graph: Graph, seed: number): Graph {
  const random = seededRandom(seed);
  const kinds = ['Pod', 'ReplicaSet', 'Node'] as const;
  const entities = kinds.flatMap((kind) => [...graph.all(kind)].map((entity) => ({ entity, at: random() })));
  return graphInOrder(entities.sort((a, b) => a.at - b.at).map(({ entity }) => entity));
}

describe.each([1, 2, 3, 5, 6, 7])('the fleet in zones, seed %i', (seed) => {
  it('[P7] moves a tile only with its own node, or down with all below a row that was added', () => {
    churn(seed, BY_ZONE, 80, (fleet, step) => {
      const before = planOf(fleet);
      step();
      const after = planOf(fleet);
      const was = new Map(before.tiles.map((tile) => [tile.key, tile]));
      const downs = new Map<string, number>();
      for (const tile of after.tiles) {
        const old = was.get(tile.key);
        if (old === undefined || old.tier !== tile.tier || old.group !== tile.group || tile.node === null) continue;
        expect(tile.box.x).toBe(old.box.x);
        const down = tile.box.y - old.box.y;
        const block = `${tile.group} ${tile.tier}`;
        expect(down).toBeGreaterThanOrEqual(0);
        expect(downs.get(block) ?? down).toBe(down);
        downs.set(block, down);
      }
    });
  });
});

describe.each([1, 2, 3])('the fleet in areas, seed %i', (seed) => {
  it('[P8] moves no area but one that outgrew its place, and no pod within one that stands', () => {
    const options: FleetOptions = { ...BY_ZONE, grouping: { by: 'workload' } };
    churn(seed, options, 80, (fleet, step) => {
      const before = planOf(fleet);
      const rooms = new Map(before.tiles.map(({ key, box }) => [key, { box, room: box.width * box.height }]));
      const sitting = new Map(before.tiles.map(({ key, pods }) => [key, Array.from(pods)]));
      step();
      for (const { key, box, pods } of planOf(fleet).tiles) {
        const old = rooms.get(key);
        if (old === undefined) continue;
        const taken = Array.from(pods).filter((slot) => slot !== -1).length;
        if (taken <= old.room) expect(box).toEqual(old.box);
        const stayed = (sitting.get(key) ?? []).filter((slot, place) => slot !== -1 && pods[place] === slot);
        const still = new Set(Array.from(pods));
        const living = (sitting.get(key) ?? []).filter((slot) => slot !== -1 && still.has(slot));
        expect(living.length - stayed.length).toBeLessThanOrEqual(taken > old.room ? living.length : 8);
      }
    });
  });
});
