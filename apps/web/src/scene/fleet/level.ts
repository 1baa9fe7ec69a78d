/**
 * How near the fleet is looked at: `far` is one dot a pod, `middle` a silhouette, `near` a labelled button with its name,
 * `close` one with all that is told of a pod.
 */
export type FleetLevel = 'far' | 'middle' | 'near' | 'close';

/** The levels from afar to close, each with the CSS pixels a cell from which on it is shown. */
const LEVELS: readonly (readonly [FleetLevel, number])[] = [
  ['far', 0],
  ['middle', 10],
  ['near', 40],
  ['close', 160],
];

/** From this pitch on (CSS pixels) a pod is a button with text, whatever the level. */
export const BUTTON_PITCH = 40;

/** A level is left only when the scale is this far beyond its limit, so that a hand that trembles there changes nothing. */
const SLACK = 1.08;

/** The level at `scale` CSS pixels a cell, given the one that is shown (null before the first). */
export function fleetLevel(scale: number, shown: FleetLevel | null): FleetLevel {
  const plain = levelAt(scale);
  if (shown === null || plain === shown) return plain;
  const nearer = rank(plain) > rank(shown);
  const settled = levelAt(nearer ? scale / SLACK : scale * SLACK);
  return settled === shown ? shown : plain;
}

function levelAt(scale: number): FleetLevel {
  let level: FleetLevel = 'far';
  for (const [name, from] of LEVELS) if (scale >= from) level = name;
  return level;
}

function rank(level: FleetLevel): number {
  return LEVELS.findIndex(([name]) => name === level);
}
