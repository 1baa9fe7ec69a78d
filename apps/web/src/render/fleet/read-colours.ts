import type { Tone } from '@portolan/shared';
import { type FleetColours, pixelOf } from '../../scene/fleet/colours.ts';
import type { Ink } from '../../scene/shape.ts';

/** The tokens of the theme that is shown, as CSS colours, and those of them that are painted, as pixels. */
export interface ThemeColours {
  painted: FleetColours;
  inks: Record<Ink | Tone, string>;
  ground: string;
  glyphInk: string;
  selected: string;
  /** A bar of a node's load: all there is, and what is asked for. */
  bar: { ground: string; asked: string };
}

const TONES: readonly Tone[] = ['ready', 'start', 'warn', 'fail', 'gone'];

/** Reads the tokens that hold for an element. */
export function readColours(element: Element): ThemeColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const inks: Partial<ThemeColours['inks']> = { t1: token('t1'), t2: token('t2'), t3: token('t3') };
  const tones: Partial<FleetColours['tones']> = {};
  for (const tone of TONES) {
    inks[tone] = token(tone);
    inks[`${tone}-t`] = token(`${tone}-t`);
    tones[tone] = pixelOf(token(tone));
  }
  return {
    painted: {
      canvas: pixelOf(token('canvas')),
      ground: pixelOf(token('s2')),
      line: pixelOf(token('line')),
      quiet: pixelOf(token('ready-q')),
      tones: tones as FleetColours['tones'],
    },
    inks: inks as ThemeColours['inks'],
    ground: token('canvas'),
    glyphInk: token('glyph-ink'),
    selected: token('sel'),
    bar: { ground: token('line2'), asked: token('edge') },
  };
}
