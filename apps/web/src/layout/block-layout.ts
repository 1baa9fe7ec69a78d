import { type Application, isEntry } from './applications.ts';
import type { BlockBox, SelectsRoute } from './box.ts';
import { socketOf } from './lane-layout.ts';
import { BLOCK_WIDTH, METRICS, type Measure } from './metrics.ts';
import { layoutService } from './service-layout.ts';
import { type Stackable, stack } from './stack.ts';
import { layoutWorkload, moveWorkload, reserveOf } from './workload-layout.ts';

/** How far apart the ends of two services at one lane stand, and the trunks of two services in one gutter. */
const SOCKET_STEP = 12;
const TRUNK_STEP = 6;

/** The nearest that lines may leave a service to its card's corners. */
const DOT_INSET = 24;

/** What is kept of a block while its place is being found: everything stands relative to its top. */
export interface DraftBlock {
  application: Application;
  block: BlockBox;
  reserve: number;
}

/**
 * An application laid out at its previous place, or at the origin. Cards keep their place within the block; new ones
 * come below.
 */
export function draftBlock(application: Application, previous: BlockBox | undefined, measure: Measure): DraftBlock {
  const x = previous?.x ?? 0;
  const y = previous?.y ?? 0;
  const before = {
    services: new Map(previous?.services.map((box) => [box.uid, box])),
    workloads: new Map(previous?.workloads.map((box) => [box.key, box])),
  };
  const services = arrange(
    application.services.map((service) => {
      const box = layoutService(service, measure, x, y);
      return { box, height: box.height, reserve: box.height, previousY: before.services.get(service.uid)?.y ?? null };
    }),
    y,
    (box, top) => moveService(box, top),
  );
  const workloads = arrange(
    application.workloads.map((model) => {
      const known = before.workloads.get(model.key);
      const box = layoutWorkload(model, known, x + METRICS.serviceWidth + METRICS.gutter, y);
      return { box, height: box.height, reserve: reserveOf(box), previousY: known?.y ?? null };
    }),
    y,
    (box, top) => moveWorkload(box, top),
  );
  const bottoms = [...services, ...workloads].map((box) => box.y + box.height - y);
  const height = Math.max(0, ...bottoms);
  const last = workloads.at(-1);
  const foot = application.services.every((service) => !service.selector) && application.workloads.length === 0;
  const entry = application.services.some((service) => isEntry(service) && service.selector !== null);
  const width = foot ? METRICS.serviceWidth : BLOCK_WIDTH;
  return {
    application,
    block: { column: previous?.column ?? 0, foot, entry, services, workloads, x, y, width, height },
    reserve: last ? Math.max(height, last.y - y + reserveOf(last)) : height,
  };
}

/** The block with its top left corner elsewhere. */
export function moveBlock(block: BlockBox, column: number, x: number, y: number): BlockBox {
  const [dx, dy] = [x - block.x, y - block.y];
  if (dx === 0 && dy === 0) return { ...block, column };
  const shift = <S extends { x: number; y: number }>(box: S): S => ({ ...box, x: box.x + dx, y: box.y + dy });
  return {
    ...shift(block),
    column,
    services: block.services.map((box) => ({ ...shift(box), chips: box.chips.map(shift) })),
    workloads: block.workloads.map((box) => ({
      ...shift(box),
      lanes: box.lanes.map((lane) => ({ ...shift(lane), pods: lane.pods.map(shift), toCome: lane.toCome.map(shift) })),
    })),
  };
}

/**
 * The lines of a block, from the right side of a service to the left side of a lane. They leave a service together, at
 * the height of its highest lane so far as the card reaches, so that the line to that one is straight.
 */
export function routesOf(block: BlockBox, application: Application): SelectsRoute[] {
  const lanes = new Map(block.workloads.flatMap((box) => box.lanes.map((lane) => [lane.key, lane] as const)));
  const spread = (index: number, of: number, step: number) => (index - (of - 1) / 2) * step;
  const order = new Map(block.services.map(({ uid }, index) => [uid, index]));
  // Lines that end at one lane end in the order of their services, so that they do not cross.
  const selects = application.selects.toSorted((a, b) => (order.get(a.service) ?? 0) - (order.get(b.service) ?? 0));
  return block.services.flatMap((service, index) => {
    const ends = selects
      .filter((link) => link.service === service.uid)
      .flatMap((link) => {
        const lane = lanes.get(link.lane);
        if (!lane) return [];
        const rivals = selects.filter((other) => other.lane === link.lane);
        const socket = socketOf(lane);
        return [
          { lane: link.lane, x: socket.x, y: socket.y + spread(rivals.indexOf(link), rivals.length, SOCKET_STEP) },
        ];
      });
    const highest = Math.min(...ends.map((end) => end.y));
    const from = {
      x: service.x + service.width,
      y: within(highest, service.y + DOT_INSET, service.y + service.height - DOT_INSET),
    };
    const trunk = from.x + METRICS.gutter / 2 + spread(index, Math.min(block.services.length, 5), TRUNK_STEP);
    return ends.map(
      ({ lane, x, y }): SelectsRoute => ({
        service: service.uid,
        lane,
        points: [from, { x: trunk, y: from.y }, { x: trunk, y }, { x, y }],
      }),
    );
  });
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Stacks boxes: those that had a place in the order of their places, then the new ones in the order given. */
function arrange<B>(items: (Stackable & { box: B })[], start: number, move: (box: B, y: number) => B): B[] {
  const ordered = items.toSorted((a, b) => (a.previousY ?? Infinity) - (b.previousY ?? Infinity) || 0);
  const tops = stack(ordered, start, METRICS.gap);
  return ordered.map((item, index) => move(item.box, tops[index] ?? start));
}

function moveService<S extends { y: number; chips: { y: number }[] }>(box: S, y: number): S {
  const dy = y - box.y;
  return dy === 0 ? box : { ...box, y, chips: box.chips.map((chip) => ({ ...chip, y: chip.y + dy })) };
}
