import { dotSide, type MarkLooks } from './mark-looks.ts';
import type { DeviceCamera } from './paint-fleet.ts';
import type { PodPlaces } from './pod-places.ts';
import { PROMOTED } from './promotion.ts';
import type { Raster } from './raster.ts';

/** Where pods stand at one end of a flight, and how that is looked at. */
export interface FlightEnd {
  places: PodPlaces;
  camera: DeviceCamera;
}

/** How long a flight takes, in milliseconds. */
export const FLIGHT = 500;
/** A flight whose first frame takes longer than this, in milliseconds, is not flown: the picture fades over instead. */
export const FLIGHT_FRAME = 16;
/** What a promoted pod measures at least while it flies, in CSS pixels. */
const PROMOTED_SIDE = 4;

/**
 * Paints all pods on their way between two ends, as plain squares: `share` of it, from 0 to 1, is done (already eased). Who
 * comes or goes meanwhile stands where it will be or was.
 */
export function paintFlight(
  raster: Raster,
  { places: a, camera: p }: FlightEnd,
  { places: b, camera: q }: FlightEnd,
  share: number,
  looks: MarkLooks,
  ratio: number,
): void {
  const length = Math.max(a.length, b.length);
  const least = Math.round(PROMOTED_SIDE * ratio);
  const colours = PROMOTED.map((_, code) => looks.at(code).colour);
  for (const promoted of [false, true]) {
    for (let slot = 0; slot < length; slot += 1) {
      const code = b.codes[slot] ?? 0;
      if (PROMOTED[code] !== promoted) continue;
      const before = slot < a.length ? (a.size[slot] ?? 0) : 0;
      const after = slot < b.length ? (b.size[slot] ?? 0) : 0;
      if (before === 0 && after === 0) continue;
      const x0 = before === 0 ? (b.x[slot] ?? 0) * q.scale + q.x : (a.x[slot] ?? 0) * p.scale + p.x;
      const y0 = before === 0 ? (b.y[slot] ?? 0) * q.scale + q.y : (a.y[slot] ?? 0) * p.scale + p.y;
      const x1 = after === 0 ? x0 : (b.x[slot] ?? 0) * q.scale + q.x;
      const y1 = after === 0 ? y0 : (b.y[slot] ?? 0) * q.scale + q.y;
      const side = dotSide(before * p.scale + (after * q.scale - before * p.scale) * share);
      const x = Math.round(x0 + (x1 - x0) * share);
      const y = Math.round(y0 + (y1 - y0) * share);
      const wide = promoted && side < least ? least : side;
      raster.fill(x, y, wide, wide, colours[code] ?? 0);
    }
  }
}
