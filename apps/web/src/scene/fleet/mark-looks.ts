import { POD_MARKS, type PodMark } from '@portolan/shared';
import { POD_MARK_CODES } from '../../layout/fleet/plan.ts';
import { type FleetColours, mix, type Pixel } from './colours.ts';
import { DIMMED, isDimmed, PROMOTED } from './promotion.ts';
import type { Sprite } from './raster.ts';
import { smallSprite } from './small-sprite.ts';

/** How a pod is drawn within its place: a plain square of `side` pixels from its corner, or a sprite in its middle. */
export interface MarkLook {
  readonly side: number;
  readonly colour: Pixel;
  readonly sprite: Sprite | null;
  /** Reaches beyond its place, so it is drawn after all others. */
  readonly over: boolean;
}

/** The silhouette of a mark in a square of so many device pixels, in that colour. */
export type DrawSprite = (mark: PodMark, side: number, colour: Pixel) => Sprite;

/** What decides how marks look: colours, device pixels a CSS pixel, and who draws silhouettes. */
export interface LookSettings {
  colours: FleetColours;
  ratio: number;
  drawSprite: DrawSprite;
}

/** From this pitch on, in CSS pixels, every pod is drawn as its silhouette; from the smaller one on, as its outline. */
const SILHOUETTE = 10;
const OUTLINE = 5;
/** The square in which a promoted mark is drawn, in CSS pixels: its diamond is 8 wide. */
const PROMOTED_SIDE = 9;
/** The side of a promoted mark that is a square itself. */
const PROMOTED_SQUARE = 8;
/** How much a filter leaves of what it does not let through. */
const LEFT = 0.2;
/** No silhouette is drawn larger, in CSS pixels: larger places become buttons. */
const LARGEST = 40;
const MOST_PITCHES = 64;

/** The side of a plain mark in a place of `pitch` device pixels: a gap of one pixel from a pitch of two on. */
export function dotSide(pitch: number): number {
  return pitch < 2 ? Math.max(1, Math.ceil(pitch)) : Math.floor(pitch) - 1;
}

/** The looks of all marks at one pitch, each made when it is first asked for. */
export class MarkLooks {
  readonly #looks: (MarkLook | undefined)[] = [];
  readonly #pitch: number;
  readonly #settings: LookSettings;

  /** Looks for places `pitch` device pixels wide. */
  constructor(pitch: number, settings: LookSettings) {
    this.#pitch = pitch;
    this.#settings = settings;
  }

  /** The look of a mark by its code: as it is, dimmed or sought. */
  at(code: number): MarkLook {
    return this.#looks[code] ?? this.#make(code);
  }

  #make(code: number): MarkLook {
    const { colours } = this.#settings;
    const mark = POD_MARK_CODES[code % DIMMED] ?? 'unknown';
    const ink = mark === 'ready' ? colours.quiet : colours.tones[POD_MARKS[mark].tone];
    const colour = isDimmed(code) ? mix(colours.ground, ink, LEFT) : ink;
    const made = look(mark, PROMOTED[code] === true, colour, this.#pitch, this.#settings);
    this.#looks[code] = made;
    return made;
  }
}

function look(
  mark: PodMark,
  promoted: boolean,
  colour: Pixel,
  pitch: number,
  { colours, ratio, drawSprite }: LookSettings,
): MarkLook {
  const wide = pitch / ratio;
  const side = dotSide(pitch);
  if (wide >= SILHOUETTE) {
    const size = Math.min(Math.round(pitch), Math.round(LARGEST * ratio));
    return { side, colour, sprite: drawSprite(mark, size, colour), over: false };
  }
  if (mark === 'fail' || mark === 'pull') {
    return { side, colour, sprite: drawSprite(mark, Math.round(PROMOTED_SIDE * ratio), colour), over: true };
  }
  if (wide >= OUTLINE && mark !== 'ready') {
    return { side, colour, sprite: smallSprite(mark, side, colour, colours.ground), over: false };
  }
  if (!promoted) return { side, colour, sprite: null, over: false };
  const sprite = smallSprite(mark, Math.round(PROMOTED_SQUARE * ratio), colour, colours.ground);
  return { side, colour, sprite, over: true };
}

/** Remembers looks by pitch: those of all pitches of one whole device pixel are the same. */
export function createLooks(settings: LookSettings): (pitch: number) => MarkLooks {
  const known = new Map<number, MarkLooks>();
  return (pitch) => {
    const key = pitch < 2 ? Math.max(1, Math.ceil(pitch * 2) / 2) : Math.floor(pitch);
    let looks = known.get(key);
    if (!looks) {
      // A long zoom goes through every pitch; keeping them all would keep thousands of sprites.
      if (known.size >= MOST_PITCHES) known.clear();
      looks = new MarkLooks(key, settings);
      known.set(key, looks);
    }
    return looks;
  };
}
