import type { Box, Point } from '../../layout/box.ts';
import type { FleetPlan, FleetTile, PodColumns } from '../../layout/fleet/plan.ts';
import type { Camera } from '../../scene/camera.ts';
import { fitFleet, seeBox, seenBox } from '../../scene/fleet/fleet-camera.ts';
import { headingLabels, type NodeWords, screenBox, tileLabels } from '../../scene/fleet/fleet-labels.ts';
import { FleetState, type Lit } from '../../scene/fleet/fleet-state.ts';
import type { FleetTexts } from '../../scene/fleet/fleet-texts.ts';
import { FLIGHT, FLIGHT_FRAME, type FlightEnd, paintFlight } from '../../scene/fleet/flight.ts';
import { type FleetHit, hitTest } from '../../scene/fleet/hit.ts';
import { type FleetLevel, fleetLevel } from '../../scene/fleet/level.ts';
import { createLooks } from '../../scene/fleet/mark-looks.ts';
import { type NearPod, nearPods } from '../../scene/fleet/near-pods.ts';
import { type DeviceCamera, OVERHANG, type PaintScene } from '../../scene/fleet/paint-fleet.ts';
import type { PixelBox } from '../../scene/fleet/raster.ts';
import { boxOfKey, hitBox, slotBox, tileOfKey } from '../../scene/fleet/where.ts';
import { createMeasure } from '../create-measure.ts';
import { easeMove } from '../ease.ts';
import { createKeyboard } from '../keyboard.ts';
import { TIMES } from '../motion.ts';
import { createCrossFade } from './cross-fade.ts';
import { createSpriteMaker } from './draw-silhouette.ts';
import { createFleetKeyboard } from './fleet-keyboard.ts';
import { createFleetView } from './fleet-view.ts';
import { createFrameLoop } from './frame-loop.ts';
import { createGround } from './ground.ts';
import { createLayers } from './layers.ts';
import { createNearLayer } from './near-layer.ts';
import { createOverlay, type OverlayRing } from './overlay.ts';
import { readColours } from './read-colours.ts';

/** What the pointer is over: the pod (by slot) and the tile (by key), of which either may be missing; `at` is in CSS pixels of the view. */
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

/** CSS pixels a cell up to which `flyTo` comes near: to a pod, and to a tile. */
const FLY = { pod: 96, tile: 48 } as const;
/** Below this scale (CSS pixels a cell) only tiles drawn larger are reached by the arrow keys. */
const ALL_TILES = 10;

/**
 * Makes a picture of the fleet in an empty element whose size its stylesheet gives; the element is made focusable. `+`, `-` and
 * `0` are left to the page, as they are for the chart.
 */
export function createFleetCanvas(host: HTMLElement, handlers: FleetHandlers): FleetCanvas {
  const layers = createLayers(host);
  const ground = createGround(layers.ground);
  const overlay = createOverlay(layers.overlay);
  const fade = createCrossFade(layers.fade);
  const near = createNearLayer(layers.near);
  const measure = createMeasure(document);
  const listening = new AbortController();
  let colours = readColours(host);
  const drawSprite = createSpriteMaker(() => colours.glyphInk);
  let ratio = 1;
  let view = { width: 0, height: 0 };
  let looks = createLooks({ colours: colours.painted, ratio, drawSprite });
  let state: FleetState | null = null;
  let options: FleetOptions | null = null;
  let level: FleetLevel | null = null;
  /** Whether the view shows the whole fleet because nobody has moved it. */
  let fitted = true;
  let pending: { all: boolean; regions: PixelBox[] } = { all: true, regions: [] };
  let flight: { from: FlightEnd; began: number | null } | null = null;
  let hovered: FleetHit | null = null;
  let cursor: string | null = null;
  let buttons: NearPod[] = [];
  /** The camera of what the canvases show; null while they show nothing. */
  let painted: Camera | null = null;

  const loop = createFrameLoop(frame);
  const cameras = createFleetView(host, (byHand) => {
    if (byHand) fitted = false;
    paintAll();
  });

  function paintAll(): void {
    pending.all = true;
    loop.request();
  }

  function deviceCamera(): DeviceCamera {
    const { x, y, scale } = cameras.camera();
    return { x: Math.round(x * ratio), y: Math.round(y * ratio), scale: scale * ratio };
  }

  function paintScene({ plan, tiles, places }: FleetState): PaintScene {
    const camera = deviceCamera();
    const { covered } = near;
    return { tiles: plan.tiles, index: tiles, places, camera, colours: colours.painted, ratio, covered, looks };
  }

  function frame(now: number): boolean {
    if (!state || !options || view.width === 0) return false;
    if (flight) {
      if (fly(state, flight, now)) return true;
      flight = null;
      pending.all = true;
    }
    const camera = cameras.camera();
    turnLevel(camera.scale);
    const whole = drawNear(state, options);
    if (pending.all) ground.paint(paintScene(state), null);
    else for (const region of pending.regions) ground.paint(paintScene(state), region);
    pending = { all: !whole, regions: [] };
    fade.follow(camera);
    painted = camera;
    drawOverlay(state, options);
    return !whole;
  }

  /** Crosses to another level; the picture of the one before is what the canvases still show. */
  function turnLevel(scale: number): void {
    const next = fleetLevel(scale, level);
    if (next === level) return;
    if (level !== null && painted !== null && !options?.reducedMotion) {
      fade.start([layers.ground, layers.overlay], painted);
      if (next === 'far' || next === 'middle') near.fade(painted);
    }
    level = next;
    handlers.onCamera(next);
  }

  function drawOverlay(shown: FleetState, { texts, nodeWords, selected }: FleetOptions): void {
    const camera = cameras.camera();
    const area = seenBox(camera, view);
    const context = { plan: shown.plan, camera, texts, measure, nodeWords };
    const labels = shown.groups.within(area).flatMap((number) => {
      const group = shown.plan.groups[number];
      return group ? headingLabels(group, context) : [];
    });
    const signs = [];
    for (const number of shown.tiles.within(area)) {
      const tile = shown.plan.tiles[number];
      if (!tile || (tile.tier !== 'named' && camera.scale < ALL_TILES)) continue;
      const drawn = tileLabels(tile, context);
      for (const label of drawn.labels) labels.push(label);
      if (drawn.sign) signs.push(drawn.sign);
    }
    overlay.draw({ labels, signs, rings: rings(shown, selected) }, colours);
  }

  function rings(shown: FleetState, selected: string | null): OverlayRing[] {
    const found: OverlayRing[] = [];
    const camera = cameras.camera();
    const ring = (kind: OverlayRing['kind'], box: OverlayRing['box'] | null) => {
      if (box) found.push({ kind, box: screenBox(box, camera) });
    };
    if (hovered) ring('hover', hitBox(shown.plan, hovered));
    if (selected !== null) ring('selected', boxOfUid(shown, selected));
    if (cursor !== null) ring('focus', tileOfKey(shown.plan, cursor)?.box ?? null);
    return found;
  }

  function boxOfUid(shown: FleetState, uid: string): Box | null {
    const node = shown.plan.tiles.find((tile) => tile.node?.uid === uid);
    const slot = node ? null : shown.slotOf(uid);
    return node?.box ?? (slot === null ? null : slotBox(shown.plan, slot));
  }

  /** Draws buttons for the pods that are near; false while there are more to draw. */
  function drawNear(shown: FleetState, { texts, selected }: FleetOptions): boolean {
    const camera = cameras.camera();
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

  function fly(shown: FleetState, { from, began }: NonNullable<typeof flight>, now: number): boolean {
    if (flight && began === null) flight.began = now;
    const done = (now - (began ?? now)) / FLIGHT;
    if (done >= 1) return false;
    ground.drawn((raster) => {
      raster.fill(0, 0, raster.width, raster.height, colours.painted.canvas);
      const to = { places: shown.places, camera: deviceCamera() };
      paintFlight(raster, from, to, easeMove(done), looks(1), ratio);
      return true;
    });
    return true;
  }

  /** Begins a flight, if a frame on trial shows that its frames can be had in time. */
  function takeOff(shown: FleetState, from: FlightEnd): void {
    // The first one may only be slow because nothing like it was run before.
    if (tryFrame(shown, from) > FLIGHT_FRAME && tryFrame(shown, from) > FLIGHT_FRAME) return;
    if (painted !== null) {
      fade.start([layers.overlay], painted, TIMES.state);
      near.fade(painted);
    }
    overlay.draw({ labels: [], signs: [], rings: [] }, colours);
    flight = { from, began: null };
  }

  /** How long a frame of a flight takes, in milliseconds; it is not shown. */
  function tryFrame(shown: FleetState, from: FlightEnd): number {
    const before = performance.now();
    ground.drawn((raster) => {
      paintFlight(raster, from, { ...from, places: shown.places }, 0.5, looks(1), ratio);
      return false;
    });
    return performance.now() - before;
  }

  function show(plan: FleetPlan, pods: PodColumns, next: FleetOptions): void {
    options = next;
    if (host.getAttribute('aria-label') !== next.label) host.setAttribute('aria-label', next.label);
    if (!state) {
      state = new FleetState(plan, pods, next.lit);
      limit();
      look(fitFleet(plan, view, ratio), false);
      paintAll();
      return;
    }
    const before = state.plan;
    const regroups = plan.grouping !== before.grouping || plan.order !== before.order;
    const from = { places: regroups ? state.places.copy() : state.places, camera: deviceCamera() };
    const change = state.take(plan, pods, next.lit);
    if (change.anew && !next.reducedMotion && painted !== null && !document.hidden) {
      if (change.regrouped && !flight) takeOff(state, from);
      if (!flight) fade.start([layers.ground, layers.overlay], painted, change.regrouped ? TIMES.enter : TIMES.state);
    }
    const sizeDiffers = plan.width !== before.width || plan.height !== before.height;
    if (sizeDiffers) limit();
    if (change.regrouped || (sizeDiffers && fitted)) {
      fitted = true;
      look(fitFleet(plan, view, ratio), false);
    }
    if (change.areas === null) pending.all = true;
    else if (!pending.all) pending.regions.push(...change.areas.map(regionOf));
    loop.request();
  }

  /** What a box takes on the ground together with marks that reach out of it, in device pixels. */
  function regionOf(box: Box): PixelBox {
    const { x, y, scale } = deviceCamera();
    const out = OVERHANG * ratio;
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

  function look(camera: Camera, glide: boolean): void {
    cameras.look(camera, glide && !options?.reducedMotion && !document.hidden);
  }

  function resize(): void {
    ratio = window.devicePixelRatio || 1;
    view = { width: host.clientWidth, height: host.clientHeight };
    const pixels = { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) };
    ground.resize(pixels);
    overlay.resize(pixels, ratio);
    fade.resize(pixels);
    looks = createLooks({ colours: colours.painted, ratio, drawSprite });
    limit();
    if (state && fitted) look(fitFleet(state.plan, view, ratio), false);
    painted = null;
    pending.all = true;
    // A canvas that was resized is empty until it is painted, so this frame is not waited for.
    frame(performance.now());
    if (flight) loop.request();
  }

  function hitAt(event: MouseEvent): FleetHit | null {
    if (!state) return null;
    const { x, y, scale } = cameras.camera();
    const corner = host.getBoundingClientRect();
    const point = { x: (event.clientX - corner.left - x) / scale, y: (event.clientY - corner.top - y) / scale };
    return hitTest({ ...state, marks: state.codes }, point, scale);
  }

  function onPointer(event: PointerEvent): void {
    if (!state || event.buttons !== 0) return;
    const hit = hitAt(event);
    const same = JSON.stringify(hit) === JSON.stringify(hovered);
    hovered = hit;
    if (same) return;
    const corner = host.getBoundingClientRect();
    const at = { x: event.clientX - corner.left, y: event.clientY - corner.top };
    const known = hit && hit.kind !== 'group' ? hit : null;
    const tile = known ? (state.plan.tiles[known.tile]?.key ?? null) : null;
    handlers.onHover(known ? { slot: known.kind === 'pod' ? known.slot : null, tile, at } : null);
    loop.request();
  }

  function onLeave(): void {
    if (!hovered) return;
    hovered = null;
    handlers.onHover(null);
    loop.request();
  }

  function onClick(event: MouseEvent): void {
    if (!state || (event.target instanceof Element && layers.near.contains(event.target))) return;
    const hit = hitAt(event);
    const pod = hit?.kind === 'pod' ? state.pods.entities[hit.slot] : null;
    const node = hit?.kind === 'tile' ? state.plan.tiles[hit.tile]?.node : null;
    handlers.onSelect(pod?.uid ?? node?.uid ?? null);
  }

  const { signal } = listening;
  host.addEventListener('pointermove', onPointer, { signal });
  host.addEventListener('pointerleave', onLeave, { signal });
  host.addEventListener('click', onClick, { signal });

  const podKeys = createKeyboard(layers.near, {
    shapes: () => new Map(buttons.map(({ key, uid, box }) => [key, { key, uid, ...box }])),
    select: handlers.onSelect,
    focus: (shape) => {
      if (shape) cameras.reveal(shape);
    },
  });

  const tileKeys = createFleetKeyboard(host, {
    targets: () => {
      if (!state) return [];
      const all = cameras.camera().scale >= ALL_TILES;
      return state.plan.tiles.filter(({ tier }) => all || tier !== 'block').map(({ key, box }) => ({ key, ...box }));
    },
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
      else if (tile) canvas.flyTo(key);
    },
    clear: () => handlers.onSelect(null),
    pan: (x, y) => canvas.panBy(x, y),
  });

  function tileWords(tile: FleetTile): string {
    const name = tile.node?.name ?? state?.plan.groups[tile.group]?.title;
    const words = tile.node ? (options?.nodeWords(tile.node.uid) ?? null) : null;
    const grouping = state?.plan.grouping;
    const title = name ?? (grouping ? (options?.texts.untitled(grouping) ?? '') : '');
    return options?.texts.tile(title, words?.state ?? null, tile.pods.length) ?? '';
  }

  const observer = new ResizeObserver(resize);
  observer.observe(host);
  resize();

  const canvas: FleetCanvas = {
    update: show,
    fit() {
      fitted = true;
      if (state) look(fitFleet(state.plan, view, ratio), true);
    },
    zoomBy(factor) {
      fitted = false;
      cameras.zoomBy(factor, !options?.reducedMotion && !document.hidden);
    },
    panBy(x, y) {
      fitted = false;
      cameras.panBy(x, y, !options?.reducedMotion && !document.hidden);
    },
    flyTo(target) {
      if (!state) return;
      const pod = typeof target === 'number';
      const box = pod ? slotBox(state.plan, target) : boxOfKey(state.plan, target);
      if (!box) return;
      fitted = false;
      look(seeBox(box, view, pod ? FLY.pod / box.width : FLY.tile), true);
    },
    theme() {
      colours = readColours(host);
      looks = createLooks({ colours: colours.painted, ratio, drawSprite });
      paintAll();
    },
    destroy() {
      listening.abort();
      observer.disconnect();
      loop.destroy();
      cameras.destroy();
      podKeys.destroy();
      tileKeys.destroy();
      fade.destroy();
      near.destroy();
      layers.destroy();
    },
  };
  return canvas;
}
