import type { Box, Layout, WorkloadBox } from './box.ts';

/** Every card of a layout with its key. */
export function cardsOf(layout: Layout): (Box & { key: string })[] {
  return [
    ...layout.blocks.flatMap((block) => block.services.map((box) => ({ ...box, key: box.uid }))),
    ...layout.blocks.flatMap((block) => block.workloads),
    ...(layout.shelf?.nodes ?? []),
  ];
}

/** Every workload of a layout. */
export function workloadsOf(layout: Layout): WorkloadBox[] {
  return layout.blocks.flatMap((block) => block.workloads);
}

/** The workload with that name. */
export function workloadNamed(layout: Layout, name: string): WorkloadBox {
  const found = workloadsOf(layout).find((card) => card.name === name);
  if (!found) throw new Error(`no workload ${name} is drawn`);
  return found;
}

/** Where every pod stands in its lane, by uid. */
export function podPlaces(layout: Layout): Map<string, { x: number; y: number }> {
  const spots = workloadsOf(layout).flatMap((card) => card.lanes.flatMap((lane) => lane.pods));
  return new Map(spots.map(({ uid, x, y }) => [uid, { x, y }]));
}

/** What is wrong with a picture: cards that overlap, lanes and marks out of their card, pods drawn twice. */
export function faultsOf(layout: Layout): string[] {
  const faults: string[] = [];
  const cards = cardsOf(layout);
  for (const [index, card] of cards.entries()) {
    for (const other of cards.slice(index + 1))
      if (overlap(card, other)) faults.push(`${card.key} is over ${other.key}`);
  }
  const drawn = new Set<string>();
  for (const card of workloadsOf(layout)) {
    for (const lane of card.lanes) {
      if (!within(lane, card)) faults.push(`lane ${lane.key} leaves its card`);
      const spots = [...lane.pods.map((pod) => pod), ...lane.toCome.map((spot) => ({ ...spot, uid: '' }))];
      if (new Set(spots.map((spot) => spot.slot)).size < spots.length) faults.push(`lane ${lane.key} has a slot twice`);
      for (const { uid, x, y, size } of spots) {
        if (!within({ x, y, width: size, height: size }, lane))
          faults.push(`${uid || 'a pod to come'} leaves its lane`);
        if (uid !== '' && drawn.has(uid)) faults.push(`${uid} is drawn twice`);
        drawn.add(uid);
      }
    }
  }
  for (const node of layout.shelf?.nodes ?? []) {
    for (const { uid, x, y, size } of node.pods) {
      if (!within({ x, y, width: size, height: size }, node)) faults.push(`${uid} leaves its node ${node.name}`);
    }
  }
  return faults;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
