import type { BlockBox, Layout, NodeBox } from '../layout/box.ts';
import type { GraphReader } from '../layout/graph-reader.ts';
import { METRICS, type Measure } from '../layout/metrics.ts';
import type { ChartTexts } from './chart-texts.ts';
import { type Context, createContext } from './context.ts';
import { roundedPath } from './edge-path.ts';
import { drawLane } from './lane-shape.ts';
import { drawNode } from './node-card.ts';
import { drawPod, drawSlot } from './pod-shape.ts';
import { type ClearSpan, runsOnPath } from './runs-on.ts';
import { drawService } from './service-card.ts';
import type { CardShape, EdgeShape, HollowShape, MarkShape, Part, Scene } from './shape.ts';
import { drawWorkload } from './workload-card.ts';

/** What a scene is made with, beside the graph and the layout made of it. */
export interface SceneOptions {
  texts: ChartTexts;
  measure: Measure;
  /** The uid of what is selected, or null. */
  selected: string | null;
}

/** Everything to be drawn of a layout, made of the same moment of the graph as that. Pure. */
export function scene(graph: GraphReader, layout: Layout, { texts, measure, selected }: SceneOptions): Scene {
  const context = createContext({ graph, texts, measure, selected });
  const owners = ownersOf(layout, context);
  const nodes = (layout.shelf?.nodes ?? []).map((box) => drawNode(box, context));
  const clearOf = (key: string) =>
    clearSpan(
      nodes.find((card) => card.key === key),
      measure,
    );
  return {
    namespace: layout.namespace,
    bounds: layout.bounds,
    cards: layout.blocks.flatMap((block) => drawCards(block, context)),
    lanes: lanesOf(layout).map(({ lane, card }) => drawLane(lane, card, context)),
    edges: drawEdges(layout, context),
    hollows: drawHollows(layout, context),
    pods: drawPods(layout, context),
    nodes,
    slots: (layout.shelf?.nodes ?? []).flatMap((box) => drawSlots(box, owners, context)),
    heading: drawHeading(layout, context),
    runsOn: selected === null ? null : runsOnPath(layout, selected, clearOf),
    selected,
    label: texts.chart(layout.namespace),
  };
}

/** What lies between the texts at the left and at the right of a node's head, with some air. */
function clearSpan(card: CardShape | undefined, measure: Measure): ClearSpan | null {
  if (!card) return null;
  const head = card.parts.flatMap((part) => (part.type === 'text' && part.y < METRICS.nodeHead ? [part] : []));
  const ends = head.filter((part) => part.anchor === 'start').map((part) => part.x + measure(part.text, part.font));
  const starts = head.filter((part) => part.anchor === 'end').map((part) => part.x - measure(part.text, part.font));
  return { from: card.x + Math.max(0, ...ends) + 6, to: card.x + Math.min(card.width, ...starts) - 6 };
}

function lanesOf(layout: Layout) {
  return layout.blocks.flatMap((block) =>
    block.workloads.flatMap((card) => card.lanes.map((lane, age) => ({ lane, card, age }))),
  );
}

function drawCards(block: BlockBox, context: Context): CardShape[] {
  const services = block.services.flatMap((box) => {
    const service = context.graph.get(box.uid);
    return service?.kind === 'Service' ? [drawService(box, service, context)] : [];
  });
  const workloads = block.workloads.map((box) =>
    drawWorkload(box, box.uid === null ? null : (context.graph.get(box.uid) ?? null), context),
  );
  return [...services, ...workloads];
}

function drawEdges(layout: Layout, { graph, selected }: Context): EdgeShape[] {
  const members = new Map(lanesOf(layout).map(({ lane }) => [lane.key, new Set(lane.members)]));
  const edges = layout.routes.map(({ service, lane, points }): EdgeShape => {
    const inLane = [...graph.edgesFrom(service, 'selection')].filter((edge) => members.get(lane)?.has(edge.to));
    return {
      key: `${service} ${lane}`,
      path: roundedPath(points),
      from: points[0],
      to: points[3],
      ready: inLane.some((edge) => edge.ready === true),
      selected: selected !== null && (service === selected || inLane.some((edge) => edge.to === selected)),
    };
  });
  // Where lines share a trunk, the selected one is on top.
  return edges.sort((a, b) => Number(a.selected) - Number(b.selected));
}

function drawHollows(layout: Layout, { texts }: Context): HollowShape[] {
  return lanesOf(layout).flatMap(({ lane }) =>
    lane.toCome.map(({ slot, x, y, size }) => ({
      key: `${lane.key} ${slot}`,
      x,
      y,
      size,
      text: lane.density === 'tile' ? texts.toCome : null,
    })),
  );
}

function drawPods(layout: Layout, context: Context): MarkShape[] {
  return lanesOf(layout).flatMap(({ lane, age }) =>
    lane.pods.flatMap((spot) => drawPod(spot, lane.density, age > 0 || lane.density === 'cell', context) ?? []),
  );
}

function drawSlots(box: NodeBox, owners: ReadonlyMap<string, string>, context: Context): MarkShape[] {
  return box.pods.flatMap((spot) => drawSlot(spot, box.density, box.name, owners.get(spot.uid) ?? '', context) ?? []);
}

/** What each pod belongs to: "frontend v2" while the workload has two revisions, else "frontend". */
function ownersOf(layout: Layout, { graph, texts }: Context): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { lane, card } of lanesOf(layout)) {
    const set = lane.replicaSet === null ? undefined : graph.get(lane.replicaSet);
    const revision = set?.kind === 'ReplicaSet' && card.lanes.length > 1 ? set.revision : null;
    const words = revision === null ? card.name : `${card.name} ${texts.version(revision)}`;
    for (const uid of lane.members) owners.set(uid, words);
  }
  return owners;
}

function drawHeading({ shelf }: Layout, { text, texts, measure }: Context): Part[] {
  if (!shelf) return [];
  const y = shelf.y + 12;
  const heading: Part[] = [text('heading', texts.whereRun, { x: METRICS.margin, y, font: 'strong' })];
  if (shelf.rest > 0) {
    const x = METRICS.margin + measure(texts.whereRun, 'strong') + 8;
    heading.push(text('rest', texts.moreNodes(shelf.rest, shelf.restPods), { x, y, ink: 't2' }));
  }
  return heading;
}
