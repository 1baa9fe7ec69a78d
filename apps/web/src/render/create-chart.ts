import { select } from 'd3-selection';
import type { Scene } from '../scene/shape.ts';
import { countChanges, LIMITS } from './count-changes.ts';
import { createView } from './create-view.ts';
import { cardDrawing, laneDrawing } from './draw-cards.ts';
import { drawEdges } from './draw-edges.ts';
import { hollowDrawing, markDrawing } from './draw-marks.ts';
import { drawParts } from './draw-parts.ts';
import { drawRings, flashRings, framedShapes, type Ring, ringAround } from './draw-rings.ts';
import { defineGlyphs } from './glyph-symbols.ts';
import { joinShapes } from './join-shapes.ts';
import { createKeyboard } from './keyboard.ts';
import { type MotionMode, TIMES } from './motion.ts';

/** What the chart tells of what a person does. */
export interface ChartHandlers {
  /** A card or a mark was chosen by click, Enter or Space; null when the choice was cleared. */
  onSelect(uid: string | null): void;
  /** A card or a mark got the keyboard's focus. */
  onFocus?(uid: string): void;
}

/** How a scene is shown. */
export interface ChartOptions {
  /** True when nothing may move: what changed wears a ring for two seconds. */
  reducedMotion: boolean;
}

/** A drawing of scenes in an `svg` element. */
export interface Chart {
  /** Shows a scene, moving from the one before. It never pans or zooms. */
  update(scene: Scene, options: ChartOptions): void;
  /** Shows the picture from its corner, as much of it as can be read. */
  open(): void;
  /** Shows the whole picture. */
  fit(): void;
  /** Zooms by a factor about the middle of the view. */
  zoomBy(factor: number): void;
  /** Takes every listener and everything drawn away. */
  destroy(): void;
}

/** Above so many pods being created none of them breathes. */
const BREATHING = 24;

/** Makes a chart in an empty `svg` element, whose size its stylesheet gives. */
export function createChart(svg: SVGSVGElement, handlers: ChartHandlers): Chart {
  const root = select(svg).classed('chart', true).attr('role', 'group').attr('tabindex', -1);
  defineGlyphs(root.append('defs'));
  const picture = root.append('g').attr('class', 'picture');
  const layer = (name: string) => picture.append('g').attr('class', `layer ${name}`);
  const layers = {
    cards: layer('cards'),
    lanes: layer('lanes'),
    edges: layer('edges'),
    hollows: layer('hollows'),
    pods: layer('pods'),
    nodes: layer('nodes'),
    slots: layer('slots'),
    path: layer('path'),
    heading: layer('heading'),
    rings: layer('rings'),
  };
  const laneMark = markDrawing('lane');
  const shelfMark = markDrawing('shelf');
  let shown: Scene | null = null;
  let reduced = false;

  const view = createView(svg, picture);
  const keyboard = createKeyboard(svg, {
    shapes: () => (shown ? framedShapes(shown) : new Map()),
    select: handlers.onSelect,
    focus: (shape) => {
      if (shape?.uid) handlers.onFocus?.(shape.uid);
      if (shape) view.reveal(shape);
      if (shown) drawFrames(shown, 'none');
    },
  });

  function drawFrames(scene: Scene, mode: MotionMode): void {
    const shapes = framedShapes(scene);
    const rings: Ring[] = [];
    for (const shape of shapes.values()) if (shape.selected) rings.push(ringAround(shape, 'selected', 3));
    const focused = shapes.get(keyboard.focused() ?? '');
    if (focused) rings.push(ringAround(focused, 'focus', 5));
    drawRings(layers.rings, rings, mode);
  }

  function draw(scene: Scene, mode: MotionMode): void {
    joinShapes(layers.cards, scene.cards, mode, cardDrawing);
    joinShapes(layers.lanes, scene.lanes, mode, laneDrawing);
    drawEdges(layers.edges, scene.edges, mode);
    joinShapes(layers.hollows, scene.hollows, mode, hollowDrawing);
    joinShapes(layers.pods, scene.pods, mode, laneMark);
    joinShapes(layers.nodes, scene.nodes, mode, cardDrawing);
    joinShapes(layers.slots, scene.slots, mode, shelfMark);
    const heading = layers.heading.node();
    if (heading) drawParts(heading, scene.heading);
    const dotted = layers.path
      .selectAll<SVGPathElement, string>('path')
      .data(scene.runsOn === null ? [] : [scene.runsOn]);
    dotted
      .join('path')
      .attr('class', 'runs-on')
      .attr('data-testid', 'runs-on')
      .attr('d', (path) => path);
  }

  return {
    update(scene, { reducedMotion }) {
      const before = shown?.namespace === scene.namespace ? shown : null;
      const changes = before ? countChanges(before, scene) : Number.POSITIVE_INFINITY;
      // In a hidden page no frame is drawn, so a transition begun there would pile up until it is looked at again.
      const still = reducedMotion || changes > LIMITS.move || svg.ownerDocument.hidden;
      const mode: MotionMode = still ? 'none' : 'full';
      const starting = scene.pods.filter((pod) => pod.starting).length;
      reduced = reducedMotion;
      shown = scene;
      root.attr('aria-label', scene.label).classed('breathing', !reduced && starting <= BREATHING);
      draw(scene, mode);
      drawFrames(scene, mode);
      keyboard.refresh();
      if (before && reduced) flashRings(layers.rings, changedRings(before, scene));
      if (before && !reduced && changes > LIMITS.move && changes <= LIMITS.fade) {
        picture.attr('opacity', 0).transition('fade').duration(TIMES.state).attr('opacity', 1);
      }
    },
    open() {
      if (shown) view.open(shown.bounds);
    },
    fit() {
      if (shown) view.fit(shown.bounds, !reduced);
    },
    zoomBy(factor) {
      view.zoomBy(factor, !reduced);
    },
    destroy() {
      view.destroy();
      keyboard.destroy();
      root.selectAll('*').interrupt().remove();
    },
  };
}

/** Frames for the pods that came or changed their silhouette. */
function changedRings(before: Scene, after: Scene): Ring[] {
  const known = new Map(before.pods.map((pod) => [pod.key, pod.glyph]));
  return after.pods
    .filter((pod) => known.get(pod.key) !== pod.glyph)
    .map((pod) => ringAround({ ...pod, width: pod.size, height: pod.size, radius: 6 }, 'flash', 3));
}
