import type { Box } from '../layout/box.ts';
import type { Fleet } from '../layout/fleet/fleet.ts';
import type { FleetPlan, FleetTile } from '../layout/fleet/plan.ts';
import { planOf } from './sample-fleet.ts';

/** What is wrong with the plan of a fleet, in words; nothing when it keeps its promises. `left` says who is left out. */
export function faultsOfFleet(fleet: Fleet, left: (uid: string) => boolean = () => false): string[] {
  const plan = planOf(fleet);
  const boxes = plan.tiles.map(({ key, box }) => ({ name: key, box }));
  const groups = plan.groups.filter(({ box }) => box.height > 0).map(({ key, box }) => ({ name: key, box }));
  return [
    ...overlaps(boxes),
    ...overlaps(groups),
    ...plan.tiles.flatMap((tile) => faultsOfTile(plan, tile)),
    ...faultsOfPods(fleet, plan, left),
    ...faultsOfTotals(plan),
  ];
}

function faultsOfTile({ groups, width, height }: FleetPlan, tile: FleetTile): string[] {
  const { key, box, left, top, columns, pitch, pods, group } = tile;
  const rows = Math.ceil(pods.length / columns);
  const sitting = { x: left, y: top, width: columns * pitch, height: rows * pitch };
  const around = groups[group]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  const faults: string[] = [];
  if (!within(sitting, box)) faults.push(`pods stand outside of ${key}`);
  if (!within(box, around)) faults.push(`${key} stands outside of its group`);
  if (!within(around, { x: 0, y: 0, width, height })) faults.push(`the group of ${key} stands outside of the picture`);
  return faults;
}

function faultsOfPods({ model }: Fleet, { tiles, x, y, size }: FleetPlan, left: (uid: string) => boolean): string[] {
  const faults: string[] = [];
  const drawn = new Map<number, number>();
  for (const tile of tiles) {
    for (let place = 0; place < tile.pods.length; place += 1) {
      const slot = tile.pods[place] ?? -1;
      if (slot === -1) continue;
      drawn.set(slot, (drawn.get(slot) ?? 0) + 1);
      const at = [
        tile.left + (place % tile.columns) * tile.pitch,
        tile.top + Math.floor(place / tile.columns) * tile.pitch,
      ];
      const is = [x[slot], y[slot], size[slot]];
      if (is.join() !== [...at, tile.pitch].join()) faults.push(`slot ${slot} is not where ${tile.key} has it`);
      const node = model.entities[slot]?.node ?? null;
      if (tile.node !== null && tile.node.name !== node) faults.push(`slot ${slot} is not on ${tile.node.name}`);
    }
  }
  for (let slot = 0; slot < model.length; slot += 1) {
    const pod = model.entities[slot];
    const times = pod && !left(pod.uid) ? 1 : 0;
    if ((drawn.get(slot) ?? 0) !== times) faults.push(`slot ${slot} is drawn ${drawn.get(slot) ?? 0} times`);
    if (times === 0 && size[slot] !== 0) faults.push(`nobody is drawn at slot ${slot}`);
  }
  return faults;
}

function faultsOfTotals({ groups, tiles }: FleetPlan): string[] {
  return groups.flatMap(({ key, pods, nodes }, at) => {
    const own = tiles.filter(({ group }) => group === at);
    const counted = own.reduce((sum, tile) => sum + Array.from(tile.pods).filter((slot) => slot !== -1).length, 0);
    const tilesOfNodes = own.filter(({ node }) => node !== null).length;
    return counted === pods && tilesOfNodes === nodes ? [] : [`${key} counts ${nodes} nodes, ${pods} pods`];
  });
}

function within(inner: Box, outer: Box): boolean {
  const right = inner.x + inner.width <= outer.x + outer.width;
  const bottom = inner.y + inner.height <= outer.y + outer.height;
  return inner.x >= outer.x && inner.y >= outer.y && right && bottom;
}

function overlaps(boxes: readonly { name: string; box: Box }[]): string[] {
  const byRow = boxes.toSorted((a, b) => a.box.y - b.box.y);
  return byRow.flatMap((one, at) => {
    const faults: string[] = [];
    for (const other of byRow.slice(at + 1)) {
      if (other.box.y >= one.box.y + one.box.height) break;
      const aside = other.box.x >= one.box.x + one.box.width || one.box.x >= other.box.x + other.box.width;
      if (!aside) faults.push(`${one.name} overlaps ${other.name}`);
    }
    return faults;
  });
}
