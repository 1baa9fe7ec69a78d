import type { PodMark } from '@portolan/shared';
import { type FleetPlan, type FleetTile, POD_MARK_CODES, type PodColumns, type Tier } from '../layout/fleet/plan.ts';
import { sampleLoosePod } from './sample-cluster.ts';

/** A plan of nodes in rows of eight, and its pods; marks are given by slot, all others are ready. */
export interface SampleFleet {
  plan: FleetPlan;
  pods: PodColumns & { marks: Uint8Array };
}

/** The code of a mark. */
export function codeOf(mark: PodMark): number {
  return POD_MARK_CODES.indexOf(mark);
}

/** `nodes` tiles of 30 pods, 6 a row, one heading of 11 cells above them; tiers by node, the others are blocks. */
export function sampleFleet(
  nodes: number,
  marks: Readonly<Record<number, PodMark>> = {},
  tiers: Readonly<Record<number, Tier>> = {},
): SampleFleet {
  const length = nodes * 30;
  const [x, y, size] = [new Int32Array(length), new Int32Array(length), new Uint8Array(length)];
  const tiles = Array.from({ length: nodes }, (_, node) => {
    const tier = tiers[node] ?? 'block';
    const pitch = tier === 'block' ? 1 : 3;
    const corner = { x: (node % 8) * 24, y: 11 + Math.floor(node / 8) * 20 };
    const slots = Array.from({ length: 30 }, (_, place) => node * 30 + place);
    for (const [place, slot] of slots.entries()) {
      x[slot] = corner.x + (place % 6) * pitch;
      y[slot] = corner.y + Math.floor(place / 6) * pitch;
      size[slot] = pitch;
    }
    const box = { ...corner, width: 6 * pitch, height: 5 * pitch };
    const entity = { uid: `node/n${node}`, name: `n${node}`, mark: 'ok' } as const;
    return {
      ...{ key: entity.uid, group: 0, box, tier, node: entity },
      ...{ pods: slots, left: corner.x, top: corner.y, columns: 6, pitch },
    } satisfies FleetTile;
  });
  const [width, height] = [8 * 24, 11 + Math.ceil(nodes / 8) * 20];
  const heading = { key: 'a', title: 'a', heading: 11, nodes, pods: length, troubled: 0 };
  const codes = new Uint8Array(length);
  for (const [slot, mark] of Object.entries(marks)) codes[Number(slot)] = codeOf(mark);
  return {
    plan: {
      ...{ version: 1, changed: 'all', grouping: { by: 'zone' }, order: 'problems', width, height, tiles, x, y, size },
      groups: [{ ...heading, box: { x: 0, y: 0, width, height } }],
    },
    pods: {
      length,
      entities: Array.from({ length }, (_, slot) => sampleLoosePod(`pod-${slot}`)),
      marks: codes,
    },
  };
}
