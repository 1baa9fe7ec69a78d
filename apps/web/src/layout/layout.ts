import { type Application, applications } from './applications.ts';
import { draftBlock, routesOf } from './block-layout.ts';
import type { BlockBox, Box, Layout } from './box.ts';
import type { GraphReader } from './graph-reader.ts';
import { BLOCK_WIDTH, METRICS, type Measure } from './metrics.ts';
import { placeBlocks } from './place-blocks.ts';
import { layoutShelf, shelfAt, shelfHeight } from './shelf-layout.ts';

/** What a layout is made for: the size of the view in CSS pixels, and how wide texts are. */
export interface LayoutOptions {
  width: number;
  height: number;
  measure: Measure;
}

/**
 * Where everything of a namespace stands. Pure: the same graph without a previous layout gives the same picture. With
 * `previous`, of an earlier state of the same namespace, whatever still exists keeps its place, and only what must move
 * moves: growth pushes what stands below it in its column. Another namespace or another number of columns starts anew.
 */
export function layout(
  graph: GraphReader,
  namespace: string,
  previous: Layout | null,
  { width, height, measure }: LayoutOptions,
): Layout {
  const columns = columnsIn(width);
  const before = previous?.namespace === namespace && previous.columns === columns ? previous : null;
  const limit = height - shelfHeight(1) - METRICS.shelfGap;
  const found = applications(graph, namespace);
  const claim = claims(before?.blocks ?? []);
  const placings = found.map((application) => {
    const kept = claim(application);
    return { draft: draftBlock(application, kept ?? undefined, measure), previous: kept };
  });
  // An application that now leads to pods no longer belongs at the foot.
  for (const placing of placings) if (placing.previous?.foot && !placing.draft.block.foot) placing.previous = null;
  const placed = placeBlocks(placings, columns, limit);
  const blocks = placed.map(({ block }) => block);
  const bottom = Math.max(METRICS.top, ...blocks.map((block) => block.y + block.height));
  const blocksWidth = columns * BLOCK_WIDTH + (columns - 1) * METRICS.columnGap;
  const shelfFrame = { x: METRICS.margin, width: Math.max(blocksWidth, Math.floor(width) - 2 * METRICS.margin) };
  const draft = layoutShelf(graph, namespace, before?.shelf ?? null, { ...shelfFrame, y: 0 });
  const lowest = before?.view.height === height ? (before.shelf?.y ?? 0) : 0;
  const shelfY = Math.max(bottom + METRICS.shelfGap, height - (draft?.height ?? 0) - METRICS.margin, lowest);
  const shelf = draft && shelfAt(draft, shelfY);
  const bounds: Box = {
    x: 0,
    y: 0,
    width: shelfFrame.width + 2 * METRICS.margin,
    height: shelf ? shelf.y + shelf.height + METRICS.top : bottom + METRICS.top,
  };
  const routes = placed.flatMap(({ draft: { application }, block }) => routesOf(block, application));
  return { namespace, view: { width, height }, columns, blocks, routes, shelf, bounds };
}

/** How many columns of blocks a view of that width holds; at least one. */
export function columnsIn(width: number): number {
  const room = width - 2 * METRICS.margin + METRICS.columnGap;
  return Math.max(1, Math.floor(room / (BLOCK_WIDTH + METRICS.columnGap)));
}

/** Answers the previous block of an application: the first one, not yet claimed, that shares a workload, else a service. */
function claims(blocks: readonly BlockBox[]): (application: Application) => BlockBox | null {
  const homes = new Map<string, BlockBox>();
  for (const block of blocks) {
    for (const workload of block.workloads) homes.set(workload.key, block);
    for (const service of block.services) homes.set(service.uid, block);
  }
  const claimed = new Set<BlockBox>();
  return ({ workloads, services }) => {
    const keys = [...workloads.map((workload) => workload.key), ...services.map((service) => service.uid)];
    for (const key of keys) {
      const home = homes.get(key);
      if (!home || claimed.has(home)) continue;
      claimed.add(home);
      return home;
    }
    return null;
  };
}
