/** Where so many cells stand in an area: squares of `size` every `pitch`, `across` in a row, in pixels of the area. */
export interface CellGrid {
  pitch: number;
  size: number;
  across: number;
}

/** The largest distance from a cell to the next, in pixels. */
const PITCH = 56;

/** The largest cells that fit, in whole pixels as long as they are 4 px apart or more; below that they fill the area as they can. */
export function cellGrid(cells: number, width: number, height: number): CellGrid {
  if (cells === 0 || width <= 0 || height <= 0) return { pitch: PITCH, size: PITCH * 0.75, across: 1 };
  const fits = (pitch: number) => Math.floor(width / pitch) * Math.floor(height / pitch) >= cells;
  let pitch = Math.min(PITCH, Math.floor(Math.sqrt((width * height) / cells)));
  while (pitch > 4 && !fits(pitch)) pitch -= 1;
  if (pitch < 4 || !fits(pitch)) pitch = Math.min(4, Math.sqrt((width * height) / cells) * 0.95);
  while (!fits(pitch)) pitch *= 0.95;
  const size = pitch >= 4 ? pitch - Math.max(1, Math.round(pitch / 4)) : pitch * 0.75;
  return { pitch, size, across: Math.max(1, Math.floor(width / pitch)) };
}

/** The cells as one path. */
export function cellPath(cells: number, { pitch, size, across }: CellGrid): string {
  const paths: string[] = [];
  for (let i = 0; i < cells; i += 1) {
    paths.push(`M${(i % across) * pitch} ${Math.floor(i / across) * pitch}h${size}v${size}h-${size}z`);
  }
  return paths.join('');
}
