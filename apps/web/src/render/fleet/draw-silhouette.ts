import type { Stroke } from '../../scene/drawing.ts';
import type { Pixel } from '../../scene/fleet/colours.ts';
import type { DrawSprite } from '../../scene/fleet/mark-looks.ts';
import type { Glyph } from '../../scene/glyph.ts';
import { SILHOUETTES } from '../../scene/silhouettes.ts';

/** A 2D drawing surface, on the page or off it. */
export type Surface = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Below this side, in pixels, what is written on a filled shape would only blur it. */
const INKED = 12;

/** Draws a silhouette with its top left corner at (x, y). */
export function drawSilhouette(
  surface: Surface,
  glyph: Glyph,
  { x, y, size }: { x: number; y: number; size: number },
  colour: string,
  glyphInk: string,
): void {
  const drawing = SILHOUETTES[glyph];
  surface.save();
  surface.translate(x, y);
  surface.scale(size / drawing.size, size / drawing.size);
  for (const stroke of drawing.strokes) drawStroke(surface, stroke, colour, size < INKED ? null : glyphInk);
  surface.restore();
}

function drawStroke(surface: Surface, { tag, attributes: a }: Stroke, colour: string, glyphInk: string | null): void {
  const number = (name: string) => Number(a[name] ?? 0);
  const path = tag === 'path' ? new Path2D(String(a.d)) : new Path2D();
  if (tag === 'rect') path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  if (tag === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  surface.globalAlpha = Number(a.opacity ?? 1);
  if (a.fill === 'currentColor') {
    surface.fillStyle = colour;
    surface.fill(path);
  }
  const stroke = a.stroke === 'currentColor' ? colour : a.stroke === undefined ? null : glyphInk;
  if (stroke === null) return;
  surface.strokeStyle = stroke;
  surface.lineWidth = number('strokeWidth');
  surface.lineCap = a.strokeLinecap === 'round' ? 'round' : 'butt';
  surface.lineJoin = a.strokeLinejoin === 'round' ? 'round' : 'miter';
  surface.setLineDash(
    String(a.strokeDasharray ?? '')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  surface.stroke(path);
}

/** Makes sprites of silhouettes; `glyphInk` answers the colour that is written with on filled shapes. */
export function createSpriteMaker(glyphInk: () => string): DrawSprite {
  let surface: OffscreenCanvasRenderingContext2D | null = null;
  return (mark, side, colour) => {
    if (!surface || surface.canvas.width < side) {
      const room = Math.max(side, 64);
      surface = new OffscreenCanvas(room, room).getContext('2d', { willReadFrequently: true });
    }
    if (!surface) return { width: 0, height: 0, pixels: new Uint32Array(0) };
    surface.clearRect(0, 0, side, side);
    drawSilhouette(surface, mark, { x: 0, y: 0, size: side }, cssOf(colour), glyphInk());
    const { data } = surface.getImageData(0, 0, side, side);
    return { width: side, height: side, pixels: new Uint32Array(data.buffer) };
  };
}

function cssOf(colour: Pixel): string {
  return `rgb(${colour & 255} ${(colour >>> 8) & 255} ${(colour >>> 16) & 255})`;
}
