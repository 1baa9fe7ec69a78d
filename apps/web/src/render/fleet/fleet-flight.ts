import type { Camera } from '../../scene/camera.ts';
import { mix } from '../../scene/fleet/colours.ts';
import { FLIGHT, FLIGHT_FRAME, paintFlight } from '../../scene/fleet/flight.ts';
import { deviceCamera, type PaintScene, paintGrounds } from '../../scene/fleet/paint-fleet.ts';
import type { PodPlaces } from '../../scene/fleet/pod-places.ts';
import type { Raster } from '../../scene/fleet/raster.ts';
import { easeMove } from '../ease.ts';
import type { Ground } from './ground.ts';

/** Where pods stood when they left, and how that was looked at. */
export interface FlightStart {
  places: PodPlaces;
  camera: Camera;
}

/** Flies pods from where they stood to where they stand. */
export interface FleetFlight {
  /** Begins a flight to the scene, unless its frames cannot be had in time: then it answers false and shows nothing. */
  begin(from: FlightStart, scene: PaintScene): boolean;
  /** Whether pods are flying. */
  flying(): boolean;
  /** Paints the frame at `now` of the flight to the scene; false once it is over. */
  frame(scene: PaintScene, now: number): boolean;
  /** Ends the flight where it is. */
  end(): void;
}

/** Paints flights on the ground. */
export function createFlight(ground: Ground): FleetFlight {
  let flight: { from: FlightStart; began: number | null } | null = null;

  function paint(raster: Raster, { places, camera }: FlightStart, scene: PaintScene, share: number): void {
    const { canvas, ground: tile } = scene.colours;
    raster.fill(0, 0, raster.width, raster.height, canvas);
    paintGrounds(raster, scene, mix(canvas, tile, share));
    const from = { places, camera: deviceCamera(camera, scene.ratio) };
    paintFlight(raster, from, { places: scene.places, camera: scene.camera }, share, scene.looks(1), scene.ratio);
  }

  function tryFrame(from: FlightStart, scene: PaintScene): number {
    const before = performance.now();
    ground.drawn((raster) => {
      paint(raster, from, scene, 0.5);
      return false;
    });
    return performance.now() - before;
  }

  return {
    begin(from, scene) {
      // The first trial may only be slow because nothing like it was run before.
      const fast = tryFrame(from, scene) <= FLIGHT_FRAME || tryFrame(from, scene) <= FLIGHT_FRAME;
      flight = fast ? { from, began: null } : null;
      return fast;
    },
    flying: () => flight !== null,
    frame(scene, now) {
      if (!flight) return false;
      flight.began ??= now;
      const done = (now - flight.began) / FLIGHT;
      const { from } = flight;
      if (done >= 1) flight = null;
      else
        ground.drawn((raster) => {
          paint(raster, from, scene, easeMove(done));
          return true;
        });
      return flight !== null;
    },
    end: () => {
      flight = null;
    },
  };
}
