import type { NodeMark, Tone } from '@portolan/shared';
import type { Box } from '../../layout/box.ts';
import type { FleetTile } from '../../layout/fleet/plan.ts';
import type { Camera } from '../camera.ts';
import type { BoxIndex } from './box-index.ts';
import type { FleetColours, Pixel } from './colours.ts';
import type { MarkLook, MarkLooks } from './mark-looks.ts';
import type { PodPlaces } from './pod-places.ts';
import { placesWithin } from './pods-within.ts';
import { isDimmed, PROMOTED, SEVERITY } from './promotion.ts';
import type { PixelBox, Raster } from './raster.ts';

/** Where the picture stands on the raster: cell c is at `c * scale + x`, in device pixels; `x` and `y` are whole. */
export interface DeviceCamera {
  scale: number;
  x: number;
  y: number;
}

/** The camera that sees on the raster what `camera` sees in CSS pixels, where one of those is so many pixels. */
export function deviceCamera({ x, y, scale }: Camera, pixels: number): DeviceCamera {
  return { x: Math.round(x * pixels), y: Math.round(y * pixels), scale: scale * pixels };
}

/** What is painted, and how. */
export interface PaintScene {
  readonly tiles: readonly FleetTile[];
  /** Finds tiles by their numbers in `tiles`. */
  readonly index: BoxIndex;
  readonly places: PodPlaces;
  readonly camera: DeviceCamera;
  readonly colours: FleetColours;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** Slots of pods that are left out, because something else draws them. */
  readonly covered: ReadonlySet<number>;
  /** The looks for places of so many device pixels. */
  readonly looks: (pitch: number) => MarkLooks;
}

/** Above so many of them in the view, promoted marks would only cover one another: they keep their own place. */
export const MOST_PROMOTED = 12_000;
/** How far a promoted mark reaches out of its place, in CSS pixels. */
export const OVERHANG = 5;

const waiting = {
  slots: new Int32Array(MOST_PROMOTED),
  looks: new Array<MarkLook | undefined>(MOST_PROMOTED),
  count: 0,
};
const TONES: readonly Tone[] = ['gone', 'gone', 'warn', 'fail'];
const NODE_TONES: Record<NodeMark, Tone | null> = {
  ok: null,
  cordon: 'gone',
  unknown: 'gone',
  warn: 'warn',
  fail: 'fail',
};

/**
 * Paints all that is seen through `region` of the raster (null for all of it): the grounds and borders of tiles, their pods,
 * and over them those that are promoted. Answers the part that was painted.
 */
export function paintFleet(raster: Raster, scene: PaintScene, region: PixelBox | null): PixelBox {
  const painted = raster.clip(region);
  const { left, top, right, bottom } = painted;
  raster.fill(left, top, right - left, bottom - top, scene.colours.canvas);
  const { camera } = scene;
  const reach = OVERHANG * scene.ratio;
  const area: Box = {
    x: (left - reach - camera.x) / camera.scale,
    y: (top - reach - camera.y) / camera.scale,
    width: (right - left + 2 * reach) / camera.scale,
    height: (bottom - top + 2 * reach) / camera.scale,
  };
  waiting.count = 0;
  for (const number of scene.index.within(area)) {
    const tile = scene.tiles[number];
    if (!tile) continue;
    paintGround(raster, scene, tile);
    paintPods(raster, scene, tile, area);
  }
  for (let at = 0; at < waiting.count; at += 1) {
    const look = waiting.looks[at];
    if (look) paintSprite(raster, scene, waiting.slots[at] ?? 0, look);
  }
  raster.clip(null);
  return painted;
}

/** Fills the grounds of all tiles that are seen, without borders, in that colour. */
export function paintGrounds(raster: Raster, { tiles, index, camera }: PaintScene, colour: Pixel): void {
  const { scale, x, y } = camera;
  const area = { x: -x / scale, y: -y / scale, width: raster.width / scale, height: raster.height / scale };
  for (const number of index.within(area)) {
    const tile = tiles[number];
    if (!tile) continue;
    const { left, top, right, bottom } = tilePixels(tile.box, camera);
    raster.fill(left, top, right - left, bottom - top, colour);
  }
}

/**
 * The whole pixels that a tile takes: all up to where the next one would begin, less a gap that is as wide between all tiles
 * and of one pixel at least. Tiles, not gaps, share what a scale leaves over.
 */
export function tilePixels({ x, y, width, height }: Box, camera: DeviceCamera): PixelBox {
  const gap = Math.max(1, Math.floor(camera.scale));
  const { left, top, right, bottom } = pixelBox({ x, y, width: width + 1, height: height + 1 }, camera);
  return { left, top, right: Math.max(left + 1, right - gap), bottom: Math.max(top + 1, bottom - gap) };
}

/** The whole pixels that a box (in cells) takes. */
export function pixelBox(box: Box, { scale, x, y }: DeviceCamera): PixelBox {
  return {
    left: Math.round(box.x * scale) + x,
    top: Math.round(box.y * scale) + y,
    right: Math.round((box.x + box.width) * scale) + x,
    bottom: Math.round((box.y + box.height) * scale) + y,
  };
}

function paintGround(raster: Raster, { places, camera, colours, ratio }: PaintScene, tile: FleetTile): void {
  const { left: x, top: y, right, bottom } = tilePixels(tile.box, camera);
  const [width, height] = [right - x, bottom - y];
  raster.fill(x, y, width, height, colours.ground);
  if (tile.tier === 'block') return;
  const tone = tileTone(tile, places.codes);
  const colour: Pixel = tone === null ? colours.line : colours.tones[tone];
  raster.frame(x, y, width, height, Math.max(1, Math.round(ratio)), colour, tile.node?.mark === 'cordon');
}

/** The tone of a tile's border: that of its node, else of the worst of its pods; null where all is well, or all is dimmed. */
export function tileTone(tile: FleetTile, codes: Uint8Array): Tone | null {
  if (isAllDimmed(tile, codes)) return null;
  const own = tile.node ? NODE_TONES[tile.node.mark] : null;
  if (own === 'fail' || own === 'warn') return own;
  let worst = 0;
  for (let place = 0; place < tile.pods.length; place += 1) {
    const severity = SEVERITY[codes[tile.pods[place] ?? -1] ?? 0] ?? 0;
    if (severity > worst) worst = severity;
  }
  return worst === 0 ? own : (TONES[worst] ?? own);
}

function isAllDimmed({ pods }: FleetTile, codes: Uint8Array): boolean {
  let some = false;
  for (let place = 0; place < pods.length; place += 1) {
    const slot = pods[place] ?? -1;
    if (slot < 0) continue;
    if (!isDimmed(codes[slot] ?? 0)) return false;
    some = true;
  }
  return some;
}

function paintPods(raster: Raster, scene: PaintScene, tile: FleetTile, area: Box): void {
  const { places, camera, covered } = scene;
  const { x, y, size: sizes, codes } = places;
  const range = placesWithin(tile, area);
  const hides = covered.size > 0;
  if (!range) return;
  const { scale } = camera;
  const ground = tilePixels(tile.box, camera);
  const [right, bottom] = [ground.right - camera.x, ground.bottom - camera.y];
  const [edgeX, edgeY] = [tile.box.x + tile.box.width, tile.box.y + tile.box.height];
  let [size, gap] = [-1, 0];
  let looks = scene.looks(camera.scale);
  for (let row = range.top; row < range.bottom; row += 1) {
    const end = Math.min(tile.pods.length, row * tile.columns + range.right);
    for (let place = row * tile.columns + range.left; place < end; place += 1) {
      const slot = tile.pods[place] ?? -1;
      const own = slot < 0 ? 0 : (sizes[slot] ?? 0);
      if (own === 0 || (hides && covered.has(slot))) continue;
      if (own !== size) {
        size = own;
        looks = scene.looks(own * scale);
        gap = own * scale < 2 ? 0 : 1;
      }
      const code = codes[slot] ?? 0;
      const look = looks.at(code);
      if (look.over && PROMOTED[code] && waiting.count < MOST_PROMOTED) {
        waiting.slots[waiting.count] = slot;
        waiting.looks[waiting.count] = look;
        waiting.count += 1;
      } else if (look.sprite && !look.over && look.sprite.width !== look.side) {
        paintSprite(raster, scene, slot, look);
      } else {
        // As with tiles, it is the marks that share what the scale leaves over.
        const cellX = x[slot] ?? 0;
        const cellY = y[slot] ?? 0;
        const left = Math.round(cellX * scale);
        const top = Math.round(cellY * scale);
        if (look.sprite && !look.over) {
          raster.blit(look.sprite, left + camera.x, top + camera.y);
          continue;
        }
        const endX = cellX + own;
        const endY = cellY + own;
        // Where marks touch, the last ones reach the end of the tile: what showed of its ground would read as a wider gap.
        const toX = gap === 0 && endX === edgeX ? right : Math.min(right, Math.round(endX * scale) - gap);
        const toY = gap === 0 && endY === edgeY ? bottom : Math.min(bottom, Math.round(endY * scale) - gap);
        const width = Math.max(1, toX - left);
        const height = Math.max(1, toY - top);
        raster.fill(left + camera.x, top + camera.y, width, height, look.colour);
      }
    }
  }
}

function paintSprite(raster: Raster, { places, camera }: PaintScene, slot: number, { sprite }: MarkLook): void {
  if (!sprite) return;
  const half = ((places.size[slot] ?? 0) * camera.scale) / 2;
  const x = Math.round((places.x[slot] ?? 0) * camera.scale + half - sprite.width / 2) + camera.x;
  const y = Math.round((places.y[slot] ?? 0) * camera.scale + half - sprite.height / 2) + camera.y;
  raster.blit(sprite, x, y);
}
