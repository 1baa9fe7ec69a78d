import type { PodSpot } from '../layout/box.ts';
import type { Density } from '../layout/density.ts';
import type { Context } from './context.ts';
import { type PodFacts, podFacts } from './pod-facts.ts';
import type { MarkShape, Part } from './shape.ts';

const TILE_GLYPH = 28;
const LABEL_GLYPH = 18;
/** A problem among cells is never only brighter: it is drawn at this size. */
const PROMOTED = 8;

/** The mark of a pod in its lane; null when the graph no longer holds the pod. */
export function drawPod(spot: PodSpot, density: Density, quiet: boolean, context: Context): MarkShape | null {
  const entity = context.graph.get(spot.uid);
  if (entity?.kind !== 'Pod') return null;
  const facts = podFacts(entity);
  const parts: Part[] = density === 'tile' ? tileTexts(facts, spot.size, context) : [];
  return {
    ...commonOf(spot, facts, context),
    key: entity.uid,
    density,
    glyphSize: glyphSize(density, spot.size, facts),
    quiet: quiet && facts.mark === 'ready',
    label: context.texts.pod(facts.suffix, entity.status, entity.node),
    parts,
  };
}

/** The same pod on its node's card, where `owner` says what it belongs to. */
export function drawSlot(
  spot: PodSpot,
  density: MarkShape['density'],
  node: string,
  owner: string,
  context: Context,
): MarkShape | null {
  const entity = context.graph.get(spot.uid);
  if (entity?.kind !== 'Pod') return null;
  const facts = podFacts(entity);
  const x = spot.size + 8;
  const room = 132 - x - 8;
  const parts: Part[] =
    density === 'label'
      ? [
          context.text('name', facts.suffix, { x, y: owner === '' ? 18 : 11, font: 'mono', room }),
          context.text('owner', owner, { x, y: 25, font: 'small', ink: 't2', room }),
        ]
      : [];
  return {
    ...commonOf(spot, facts, context),
    key: `slot ${entity.uid}`,
    density,
    glyphSize: density === 'label' ? LABEL_GLYPH : glyphSize(density, spot.size, facts),
    quiet: false,
    label: context.texts.podOnNode(facts.suffix, entity.status, node),
    parts,
  };
}

function commonOf({ x, y, size, uid }: PodSpot, { pod, mark, tone }: PodFacts, { selected }: Context) {
  return {
    uid,
    name: pod.name,
    x,
    y,
    size,
    glyph: mark,
    tone,
    starting: mark === 'creating',
    selected: selected === uid,
  };
}

function glyphSize(density: Density, size: number, { mark }: PodFacts): number {
  if (density === 'tile') return TILE_GLYPH;
  if (density === 'cell' && mark !== 'ready' && mark !== 'creating') return PROMOTED;
  return size;
}

function tileTexts({ pod, suffix }: PodFacts, size: number, { text }: Context): Part[] {
  const middle = { x: size / 2, anchor: 'middle', room: 50 } as const;
  return [
    text('name', suffix, { ...middle, y: size + 17, font: 'mono' }),
    text('node', pod.node ?? '', { ...middle, y: size + 31, font: 'small', ink: 't3' }),
  ];
}
