import type { Box, Point } from '../../layout/box.ts';
import type { FleetPlan, FleetTile, PodColumns } from '../../layout/fleet/plan.ts';
import type { Camera } from '../../scene/camera.ts';
import { fitFleet, seeBox, seenBox } from '../../scene/fleet/fleet-camera.ts';
import { groupTitle, type NodeLoads, type NodeWords, screenBox } from '../../scene/fleet/fleet-labels.ts';
import { type FleetChange, FleetState, type Lit, MOST_AREAS } from '../../scene/fleet/fleet-state.ts';
import type { FleetTexts } from '../../scene/fleet/fleet-texts.ts';
import { type FleetHit, hitTest } from '../../scene/fleet/hit.ts';
import { type FleetLevel, fleetLevel } from '../../scene/fleet/level.ts';
import { createLooks } from '../../scene/fleet/mark-looks.ts';
import { type NearPod, nearPods } from '../../scene/fleet/near-pods.ts';
import {
  NAMED_SCALE,
  NO_OVERLAY,
  type OverlayRing,
  overlayLabels,
  ringAround,
} from '../../scene/fleet/overlay-scene.ts';
import { type DeviceCamera, deviceCamera, OVERHANG, type PaintScene } from '../../scene/fleet/paint-fleet.ts';
import type { PixelBox } from '../../scene/fleet/raster.ts';
import { boxOfKey, hitBox, slotBox, tileOfKey } from '../../scene/fleet/where.ts';
import { createMeasure } from '../create-measure.ts';
import { createKeyboard } from '../keyboard.ts';
import { TIMES } from '../motion.ts';
import { createCrossFade } from './cross-fade.ts';
import { createSpriteMaker } from './draw-silhouette.ts';
import { createFlight, type FlightStart } from './fleet-flight.ts';
import { createFleetKeyboard } from './fleet-keyboard.ts';
import { createFleetPointer } from './fleet-pointer.ts';
import { createFleetView } from './fleet-view.ts';
import { followSize } from './follow-size.ts';
import { createFrameLoop } from './frame-loop.ts';
import { createGround } from './ground.ts';
import { createLayers } from './layers.ts';
import { createNearLayer } from './near-layer.ts';
import { createOverlay } from './overlay.ts';
import { readColours } from './read-colours.ts';

/**
 * What the pointer is over: the pod (by slot) and the tile (by key), of which the pod may be missing; `at` is in CSS pixels
 * of the view.
 */
export interface FleetHover {
  slot: number | null;
  tile: string | null;
  at: Point;
}

/** What the fleet's picture tells of what a person does. */
export interface FleetHandlers {
  /** A pod or a node was chosen by click, Enter or Space; null when the choice was cleared. */
  onSelect(uid: string | null): void;
  /** The pointer came over something else, or over nothing (null). */
  onHover(hover: FleetHover | null): void;
  /** The picture came to another level. */
  onCamera(level: FleetLevel): void;
}

/** How the fleet is shown. */
export interface FleetOptions {
  /** True when nothing may move or fade. */
  reducedMotion: boolean;
  /** The uid of the pod or node that is selected, or null. */
  selected: string | null;
  /** Which pods a filter lets through, by slot: all others are dimmed. Null without a filter; a new function is a new filter. */
  lit: Lit;
  /** What the picture is called. */
  label: string;
  texts: FleetTexts;
  /** A node's condition and age, in words; null when nothing is to be said. */
  nodeWords: (uid: string) => NodeWords | null;
  /** The load of a node by its name; null where it is not known. */
  nodeLoads: (name: string) => NodeLoads | null;
}

/** A drawing of the fleet within an element. */
export interface FleetCanvas {
  /** Shows a state. Pods fly when they are gathered or ordered otherwise; nothing else moves the view. */
  update(plan: FleetPlan, pods: PodColumns, options: FleetOptions): void;
  /** Shows the whole fleet. */
  fit(): void;
  /** Zooms by a factor about the middle of the view. */
  zoomBy(factor: number): void;
  /** Moves the picture by so many CSS pixels. */
  panBy(x: number, y: number): void;
  /** Brings a pod (by slot), or a tile or a group (by key), near and into the middle. */
  flyTo(target: number | string): void;
  /** Takes the colours of the theme that is shown now. */
  theme(): void;
  /** Takes every listener and everything drawn away. */
  destroy(): void;
}

/** CSS pixels a cell up to which `flyTo` comes near: CSS pixels a pod, and pixels a cell of a tile. */
const FLY = { pod: 96, tile: 48 } as const;
/** From so many device pixels a CSS pixel on, the ground is coarser while it moves. */
const FINE = 2;
/** The picture rests when it has not moved for so many milliseconds. */
const SETTLED = 150;

/**
 * Makes a picture of the fleet in an empty element whose size its stylesheet gives; the element is made focusable. It is styled
 * by `fleet.css` and, for the buttons of pods that are near, by `chart.css`. `+`, `-` and
 * `0` are left to the page, as they are for the chart.
 */
export function createFleetCanvas(host: HTMLElement, handlers: FleetHandlers): FleetCanvas {
  const layers = createLayers(host);
  const ground = createGround(layers.ground);
  const overlay = createOverlay(layers.overlay);
  const fade = createCrossFade(layers.fade);
  const near = createNearLayer(layers.near);
  const flight = createFlight(ground);
  const measure = createMeasure(document);
  const drawSprite = createSpriteMaker(() => colours.glyphInk);
  const loop = createFrameLoop(frame);
  const cameras = createFleetView(host, (byHand) => {
    if (byHand) fitted = false;
    if (ratio >= FINE) coarsen();
    paintAll();
  });
  let colours = readColours(host);
  let ratio = 1;
  let view = { width: 0, height: 0 };
  let looks = createLooks({ colours: colours.painted, ratio, drawSprite });
  let state: FleetState | null = null;
  let options: FleetOptions | null = null;
  let level: FleetLevel | null = null;
  /** Whether the view shows the whole fleet because nobody has moved it. */
  let fitted = true;
  let pending: { all: boolean; regions: PixelBox[] } = { all: true, regions: [] };
  /** The camera of what the canvases show; null while they show nothing. */
  let painted: Camera | null = null;
  /** Device pixels of the ground for one of the screen: on a fine screen the ground is coarser while it moves. */
  let fineness = 1;
  let wanted = 1;
  let settling: ReturnType<typeof setTimeout> | null = null;
  let hovered: FleetHit | null = null;
  /** The slot of the selected pod, or the key of the tile of the selected node. */
  let chosen: number | string | null = null;
  /** The key of the tile that the keyboard's cursor is on, and the pod that has the focus. */
  let cursor: string | null = null;
  let focused: NearPod | null = null;
  let buttons: NearPod[] = [];

  function paintAll(): void {
    pending.all = true;
    loop.request();
  }

  /** Paints at half the fineness until the picture rests: of four pixels of a fine screen, one is quick enough to move. */
  function coarsen(): void {
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(() => {
      wanted = 1;
      paintAll();
    }, SETTLED);
    if (painted !== null) wanted = 0.5;
  }

  /** Empties the ground, so it comes after what it shows was kept to fade. */
  function applyFineness(): void {
    if (wanted === fineness) return;
    fineness = wanted;
    prepareGround();
  }

  function prepareGround(): void {
    const scale = ratio * fineness;
    const size = { width: Math.round(view.width * scale), height: Math.round(view.height * scale) };
    ground.resize(size, colours.ground);
    looks = createLooks({ colours: colours.painted, ratio: scale, drawSprite });
    pending.all = true;
  }

  const mayMove = () => options?.reducedMotion === false && !document.hidden;

  function paintScene({ plan, tiles: index, places }: FleetState): PaintScene {
    const { covered } = near;
    const shared = { tiles: plan.tiles, index, places, covered, looks };
    return { ...shared, camera: device(), colours: colours.painted, ratio: ratio * fineness };
  }

  const device = (): DeviceCamera => deviceCamera(cameras.camera(), ratio * fineness);

  function frame(now: number): boolean {
    if (!state || !options || view.width === 0 || view.height === 0) return false;
    if (flight.flying()) {
      if (flight.frame(paintScene(state), now)) return true;
      pending.all = true;
      layers.overlay.animate({ opacity: [0, 1] }, TIMES.enter);
    }
    const camera = cameras.camera();
    turnLevel(camera.scale);
    applyFineness();
    const whole = drawNear(state, options, camera);
    if (pending.all) ground.paint(paintScene(state), null);
    else for (const region of pending.regions) ground.paint(paintScene(state), region);
    const repainted = pending.all || pending.regions.length > 0;
    pending = { all: false, regions: [] };
    fade.follow(camera);
    const { texts, nodeWords, nodeLoads } = options;
    const context = { plan: state.plan, camera, measure, texts, nodeWords, nodeLoads };
    overlay.draw({ ...overlayLabels(state, context, view), rings: rings(state.plan, camera) }, colours);
    painted = camera;
    if (repainted) pointer.refresh();
    return !whole;
  }

  /** Crosses to another level; the picture of the one before is what the canvases still show. */
  function turnLevel(scale: number): void {
    const next = fleetLevel(scale, level);
    if (next === level) return;
    if (level !== null && painted !== null && mayMove()) {
      fade.start([layers.ground, layers.overlay], painted);
      if (next === 'far' || next === 'middle') near.fade(painted);
    }
    level = next;
    handlers.onCamera(next);
  }

  /** Draws buttons for the pods that are near; false while there are more to draw. */
  function drawNear(shown: FleetState, { texts, selected }: FleetOptions, camera: Camera): boolean {
    const area = seenBox(camera, view);
    // One pod more on every side, so that the arrow keys find it beyond the edge.
    const beyond = { x: area.x - 1, y: area.y - 1, width: area.width + 2, height: area.height + 2 };
    const focus = near.holdsFocus();
    const count = near.covered.size;
    buttons = nearPods(shown, beyond, camera.scale);
    const zooming = painted !== null && painted.scale !== camera.scale;
    const whole = near.draw(buttons, { camera, selected, texts, measure, zooming });
    if (focus && !near.holdsFocus()) host.focus({ preventScroll: true });
    if (buttons.length > 0) podKeys.refresh();
    // What is a button now is no longer painted, and the other way round.
    if (near.covered.size !== count) pending.all = true;
    return whole;
  }

  function rings(plan: FleetPlan, camera: Camera): OverlayRing[] {
    const found: OverlayRing[] = [];
    const ring = (kind: OverlayRing['kind'], box: Box | null | undefined) => {
      if (box) found.push(ringAround(screenBox(box, camera), kind));
    };
    if (hovered) ring('hover', hitBox(plan, hovered));
    if (chosen !== null) ring('selected', boxOf(plan, chosen));
    ring('focus', focused?.box ?? (cursor === null ? null : tileOfKey(plan, cursor)?.box));
    return found;
  }

  function boxOf(plan: FleetPlan, target: number | string): Box | null {
    return typeof target === 'number' ? slotBox(plan, target) : boxOfKey(plan, target);
  }

  function choose(shown: FleetState, selected: string | null): void {
    const tile = selected === null ? null : shown.plan.tiles.find(({ node }) => node?.uid === selected);
    chosen = selected === null ? null : (tile?.key ?? shown.slotOf(selected));
  }

  function update(plan: FleetPlan, pods: PodColumns, next: FleetOptions): void {
    const before = options;
    options = { ...next };
    if (before?.label !== next.label) host.setAttribute('aria-label', next.label);
    if (!state) {
      state = new FleetState(plan, pods, next.lit);
      limit();
      fitAt(false);
      choose(state, next.selected);
      paintAll();
      return;
    }
    const shown = state.plan;
    const regroups = plan.grouping !== shown.grouping || plan.order !== shown.order;
    const from: FlightStart | null = regroups ? { places: state.places.copy(), camera: cameras.camera() } : null;
    const change = state.take(plan, pods, next.lit);
    if (plan !== shown || before?.selected !== next.selected) choose(state, next.selected);
    const resized = plan.width !== shown.width || plan.height !== shown.height;
    if (resized) limit();
    // The snapshot that fades is of the camera before, so it is taken before that moves.
    const snapshot = change.anew && painted !== null && mayMove() ? painted : null;
    if (snapshot) fade.start([layers.ground, layers.overlay], snapshot, TIMES.state);
    if (change.regrouped || (resized && fitted)) fitAt(false);
    if (snapshot && from && change.regrouped) takeOff(state, from, snapshot);
    repaint(change);
  }

  /** Lets pods fly to where they stand now, if they can; else the picture fades over, as it has begun to. */
  function takeOff(shown: FleetState, from: FlightStart, snapshot: Camera): void {
    near.fade(snapshot);
    applyFineness();
    if (!flight.begin(from, paintScene(shown))) return;
    fade.start([layers.overlay], snapshot, TIMES.state);
    overlay.draw(NO_OVERLAY, colours);
  }

  function repaint({ areas }: FleetChange): void {
    if (areas === null) pending.all = true;
    else if (!pending.all) pending.regions.push(...areas.map(regionOf));
    pending.all ||= pending.regions.length > MOST_AREAS;
    loop.request();
  }

  /** What a box takes on the ground together with marks that reach out of it, in device pixels. */
  function regionOf(box: Box): PixelBox {
    const { x, y, scale } = device();
    const out = OVERHANG * ratio * fineness;
    return {
      left: Math.floor(box.x * scale + x - out),
      top: Math.floor(box.y * scale + y - out),
      right: Math.ceil((box.x + box.width) * scale + x + out),
      bottom: Math.ceil((box.y + box.height) * scale + y + out),
    };
  }

  function limit(): void {
    if (state) cameras.limit(state.plan, view);
  }

  function fitAt(glide: boolean): void {
    fitted = true;
    if (state && view.width > 0 && view.height > 0) {
      cameras.look(fitFleet(state.plan, view, ratio), glide && mayMove() ? TIMES.enter : 0);
    }
  }

  const sizes = followSize(host, (size, nextRatio) => {
    view = size;
    ratio = nextRatio;
    const pixels = { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) };
    flight.end();
    fineness = wanted = 1;
    prepareGround();
    overlay.resize(pixels, ratio);
    fade.resize(pixels);
    painted = null;
    limit();
    if (fitted) fitAt(false);
    // A canvas that was resized is empty until it is painted, so the next frame is not waited for.
    if (frame(performance.now())) loop.request();
  });

  const pointer = createFleetPointer(host, {
    hit: (at) => {
      if (!state) return null;
      const { x, y, scale } = cameras.camera();
      const { plan, tiles, groups, codes } = state;
      const point = { x: (at.x - x) / scale, y: (at.y - y) / scale };
      return hitTest({ plan, tiles, groups, marks: codes }, point, scale);
    },
    hover: (hit, at) => {
      hovered = hit;
      loop.request();
      const known = hit === null || hit.kind === 'group' ? null : hit;
      const tile = known ? (state?.plan.tiles[known.tile]?.key ?? null) : null;
      handlers.onHover(known ? { slot: known.kind === 'pod' ? known.slot : null, tile, at } : null);
    },
    click: (hit) => {
      const pod = hit?.kind === 'pod' ? state?.pods.entities[hit.slot] : null;
      const node = hit?.kind === 'tile' ? state?.plan.tiles[hit.tile]?.node : null;
      handlers.onSelect(pod?.uid ?? node?.uid ?? null);
    },
    owns: (target) => layers.near.contains(target),
  });

  const podKeys = createKeyboard(layers.near, {
    shapes: () => new Map(buttons.map((button) => [button.key, { ...button, ...button.box }])),
    select: handlers.onSelect,
    focus: (shape) => {
      focused = shape ? (buttons.find(({ key }) => key === shape.key) ?? null) : null;
      if (shape) cameras.reveal(shape);
      loop.request();
    },
  });

  const tileKeys = createFleetKeyboard(host, {
    targets: () => {
      const all = cameras.camera().scale >= NAMED_SCALE;
      const tiles = state?.plan.tiles.filter(({ tier }) => all || tier !== 'block') ?? [];
      return tiles.map(({ key, box }) => ({ key, ...box }));
    },
    seen: () => seenBox(cameras.camera(), view),
    move: (target) => {
      if (cursor === null && target === null) return;
      cursor = target?.key ?? null;
      if (target) cameras.reveal(target);
      const tile = state && cursor !== null ? tileOfKey(state.plan, cursor) : null;
      layers.said.textContent = tile ? tileWords(tile) : '';
      loop.request();
    },
    choose: (key) => {
      const tile = state ? tileOfKey(state.plan, key) : null;
      if (tile?.node) handlers.onSelect(tile.node.uid);
      else flyTo(key);
    },
    clear: () => handlers.onSelect(null),
    pan: panBy,
  });

  function tileWords({ node, group, pods }: FleetTile): string {
    if (!state || !options) return '';
    const gathered = state.plan.groups[group];
    const name = node?.name ?? (gathered ? groupTitle(gathered, state.plan, options.texts) : '');
    const words = node ? options.nodeWords(node.uid) : null;
    let count = 0;
    for (let place = 0; place < pods.length; place += 1) if ((pods[place] ?? -1) >= 0) count += 1;
    return options.texts.tile(name, words?.state ?? null, count);
  }

  function panBy(x: number, y: number): void {
    fitted = false;
    cameras.panBy(x, y, mayMove());
  }

  function flyTo(target: number | string): void {
    const box = state ? boxOf(state.plan, target) : null;
    if (!box) return;
    fitted = false;
    const most = typeof target === 'number' ? FLY.pod / box.width : FLY.tile;
    cameras.look(seeBox(box, view, most), mayMove() ? TIMES.move : 0);
  }

  return {
    update,
    fit: () => fitAt(true),
    zoomBy: (factor) => {
      fitted = false;
      cameras.zoomBy(factor, mayMove());
    },
    panBy,
    flyTo,
    theme: () => {
      colours = readColours(host);
      looks = createLooks({ colours: colours.painted, ratio: ratio * fineness, drawSprite });
      if (!state) prepareGround();
      paintAll();
    },
    destroy: () => {
      if (settling !== null) clearTimeout(settling);
      for (const part of [pointer, sizes, loop, cameras, podKeys, tileKeys, fade, near, layers]) part.destroy();
    },
  };
}
