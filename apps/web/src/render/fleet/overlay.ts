import { FONTS } from '../../layout/metrics.ts';
import type { Size } from '../../scene/camera.ts';
import type { FleetBar, FleetLabel } from '../../scene/fleet/fleet-labels.ts';
import type { OverlayScene } from '../../scene/fleet/overlay-scene.ts';
import { drawSilhouette } from './draw-silhouette.ts';
import type { ThemeColours } from './read-colours.ts';

/** The canvas for words, signs and rings. */
export interface Overlay {
  resize(size: Size, ratio: number): void;
  draw(scene: OverlayScene, colours: ThemeColours): void;
}

const OFFSET = { hover: 2, selected: 3, focus: 5 } as const;

/** Draws above the ground, on a canvas of its own. */
export function createOverlay(canvas: HTMLCanvasElement): Overlay {
  const surface = canvas.getContext('2d');
  let ratio = 1;
  return {
    resize: ({ width, height }, nextRatio) => {
      canvas.width = Math.max(1, width);
      canvas.height = Math.max(1, height);
      ratio = nextRatio;
    },
    draw: ({ labels, signs, bars, rings }, colours) => {
      if (!surface) return;
      surface.setTransform(1, 0, 0, 1, 0, 0);
      surface.clearRect(0, 0, canvas.width, canvas.height);
      surface.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawLabels(
        surface,
        labels.filter(({ backed }) => !backed),
        colours,
      );
      for (const bar of bars) drawBar(surface, bar, colours);
      for (const { mark, tone, ...place } of signs) {
        drawSilhouette(surface, mark, place, colours.inks[tone], colours.glyphInk);
      }
      // What stays at the top stands above all words that pass below it.
      drawLabels(
        surface,
        labels.filter(({ backed }) => backed),
        colours,
      );
      for (const { box, kind } of rings) {
        const offset = OFFSET[kind];
        surface.strokeStyle = kind === 'hover' ? colours.inks.t2 : colours.selected;
        surface.lineWidth = kind === 'hover' ? 1 : 2;
        surface.setLineDash([]);
        surface.beginPath();
        surface.roundRect(box.x - offset, box.y - offset, box.width + 2 * offset, box.height + 2 * offset, 4);
        surface.stroke();
      }
    },
  };
}

function drawLabels(
  surface: CanvasRenderingContext2D,
  labels: readonly FleetLabel[],
  { ground, inks }: ThemeColours,
): void {
  for (const { x, y, text, font, ink, anchor, backed } of labels) {
    surface.font = FONTS[font];
    if (backed) {
      surface.fillStyle = ground;
      surface.fillRect(x - 8, 0, surface.measureText(text).width + 16, y + 7);
    }
    surface.fillStyle = inks[ink];
    surface.textAlign = anchor;
    surface.fillText(text, x, y);
  }
}

/**
 * A load as a bar of what there is: what is asked for fills it, a tick stands at what may be taken at most, beyond its end
 * where that is more than there is; what is used is a line along its middle.
 */
function drawBar(surface: CanvasRenderingContext2D, bar: FleetBar, { inks, bar: own }: ThemeColours): void {
  const { x, y, width, height, requested, limited, used } = bar;
  const along = (share: number) => Math.round(Math.min(1, share) * width);
  surface.fillStyle = own.ground;
  surface.fillRect(x, y, width, height);
  surface.fillStyle = own.asked;
  surface.fillRect(x, y, along(requested), height);
  surface.fillStyle = inks.t1;
  if (used !== null) surface.fillRect(x, y + (height - 1) / 2, along(used), 1);
  if (limited > 0)
    surface.fillRect(x + (limited > 1 ? width + 1 : Math.max(0, along(limited) - 1)), y - 1, 1, height + 2);
}
