import { type NodeMark, nodeTone, type Tone } from '@portolan/shared';
import type { Box } from '../../layout/box.ts';
import { UNPLACED } from '../../layout/fleet/grouping.ts';
import type { FleetGroup, FleetPlan, FleetTile } from '../../layout/fleet/plan.ts';
import type { Font, Measure } from '../../layout/metrics.ts';
import type { Camera } from '../camera.ts';
import { fitText } from '../fit-text.ts';
import type { Ink } from '../shape.ts';
import type { FleetTexts } from './fleet-texts.ts';

/** What is said of a node beside its name: its condition in the cluster's word, and for how long, in words. */
export interface NodeWords {
  state: string;
  age: string;
}

/** Of what a node can give, as shares: what its pods ask for, may take at most, and what is used; null where not measured. */
export interface NodeLoad {
  requested: number;
  limited: number;
  used: number | null;
}

/** The load of a node by resource, from the top bar to the lowest. */
export type NodeLoads = readonly NodeLoad[];

/** A bar that shows the load of a node, in CSS pixels of the view. */
export interface FleetBar extends Box, NodeLoad {}

/** What is said of one tile. */
export interface TileWords {
  labels: FleetLabel[];
  sign: FleetSign | null;
  bars: FleetBar[];
}

/** A line of text on the picture, in CSS pixels of the view; (x, y) is its baseline. */
export interface FleetLabel {
  x: number;
  y: number;
  text: string;
  font: Font;
  ink: Ink;
  anchor: 'start' | 'end';
  /** True for what stands on a ground of its own, since pods may be below it. */
  backed?: boolean;
}

/** The silhouette of a node's state, its top left corner in CSS pixels of the view. */
export interface FleetSign {
  x: number;
  y: number;
  size: number;
  mark: NodeMark;
  tone: Tone;
}

/** What labels are made from. */
export interface LabelContext {
  plan: FleetPlan;
  camera: Camera;
  texts: FleetTexts;
  measure: Measure;
  nodeWords: (uid: string) => NodeWords | null;
  /** The load of a node by its name; null where it is not known. */
  nodeLoads: (name: string) => NodeLoads | null;
}

const GAP = 8;
/** The height of a heading that stays at the top of the view, and what is left of it. */
const HEAD = 24;
const EDGE = 8;
/** What a heading leaves free before the one beside it may begin. */
const BETWEEN = 6;
/** A heading has left the view once this much of its strip is left, in CSS pixels. */
const LEAVING = 16;
/** A title that is cut shorter than this says nothing. */
const LEAST_LETTERS = 8;
const SMALL = { title: 'small', detail: 'small' } as const;
/** The lowest strip that has room for the smallest type, in CSS pixels. */
const LOWEST = 8;
/** From this many CSS pixels a cell on, a node's name has room above its tile. */
const ABOVE = 14;
/** A bar of a node's load, in CSS pixels: its width at least and at most, its height, and from one to the next. */
const BAR = { least: 20, most: 96, height: 3, stride: 5 } as const;

/** The title of a group, in words where it has none of its own. */
export function groupTitle({ key, title }: FleetGroup, { grouping }: FleetPlan, texts: FleetTexts): string {
  if (title !== null) return title;
  return key === UNPLACED ? texts.unplaced : texts.untitled(grouping);
}

/**
 * The heading of a group, in smaller type where its strip is low; nothing while that is too low for text. Once the strip has
 * left the view at the top, the heading stays there, on a ground of its own, for as long as pods of the group are below it.
 */
export function headingLabels(group: FleetGroup, { plan, camera, texts, measure }: LabelContext): FleetLabel[] {
  const strip = screenBox({ ...group.box, height: group.heading }, camera);
  if (strip.height < LOWEST) return [];
  const low = strip.height < 14;
  const fonts: { title: Font; detail: Font } = low ? SMALL : { title: 'strong', detail: 'meta' };
  const foot = group.box.height * camera.scale + strip.y;
  const backed = strip.y + strip.height < LEAVING && foot > 3 * HEAD;
  const y = backed ? HEAD - 7 : Math.round(strip.y + strip.height - (low ? 1 : Math.min(7, (strip.height - 11) / 2)));
  const x = backed ? Math.max(strip.x, EDGE) : strip.x;
  const shared = { y, backed, anchor: 'start' } as const;
  const least = measure(texts.amount(group), fonts.detail) + GAP;
  const end = strip.x + strip.width - BETWEEN;
  const title = fitTitle(groupTitle(group, plan, texts), fonts.title, end - x, least, measure);
  if (title === null) return [];
  const wide = measure(title, fonts.title);
  const labels: FleetLabel[] = [{ ...shared, x, text: title, font: fonts.title, ink: 't1' }];
  const room = end - x - wide - GAP;
  const detail = headingDetail(group, fonts.detail, room, texts, measure);
  if (detail !== null) labels.push({ ...shared, x: x + wide + GAP, text: detail, font: fonts.detail, ink: 't2' });
  return labels;
}

/** The most that is said beside a title and fits: all, how much the group holds, or the number alone. */
function headingDetail(
  group: FleetGroup,
  font: Font,
  room: number,
  texts: FleetTexts,
  measure: Measure,
): string | null {
  const ways = [texts.heading(group), texts.heading({ ...group, troubled: 0 }), texts.amount(group)];
  return ways.find((words) => measure(words, font) <= room) ?? null;
}

/**
 * As much of a title as fits, with `beside` pixels for what is said beside it if it can be: the end of its path where it has
 * one, and nothing where too little would be left.
 */
function fitTitle(title: string, font: Font, room: number, beside: number, measure: Measure): string | null {
  const ways = [title, title.slice(title.indexOf('/') + 1), title.slice(title.lastIndexOf('/') + 1)];
  const whole =
    ways.find((way) => measure(way, font) + beside <= room) ?? ways.find((way) => measure(way, font) <= room);
  if (whole !== undefined) return whole;
  const fitted = fitText(ways[2] ?? title, font, room, measure);
  return fitted.length < LEAST_LETTERS ? null : fitted;
}

/** The name of a tile's node, with its state where the tile has room for that. */
export function tileLabels(tile: FleetTile, context: LabelContext): TileWords {
  const { camera, measure } = context;
  const none = { labels: [], sign: null, bars: [] };
  if (!tile.node) return none;
  const box = screenBox(tile.box, camera);
  if (tile.tier === 'named') return namedLabels(tile, tile.node, box, context);
  if (camera.scale < ABOVE) return none;
  const text = fitText(tile.node.name, 'small', box.width, measure);
  const bars = barsIn(tile.node.name, barsAbove(box, measure(text, 'small')), context);
  return { labels: [{ x: box.x, y: box.y - 3, text, font: 'small', ink: 't2', anchor: 'start' }], sign: null, bars };
}

/** Where bars stand above a tile, beside the name of its node. */
function barsAbove({ x, y, width }: Box, taken: number): Box {
  const wide = Math.min(BAR.most, width - taken - GAP);
  return { x: Math.round(x + width - wide), y: Math.round(y) - 11, width: Math.floor(wide), height: 8 };
}

/** The bars of a node in a room, one below the other; none where they are not known or would say nothing. */
function barsIn(name: string, room: Box, { nodeLoads }: LabelContext): FleetBar[] {
  const loads = room.width < BAR.least || room.height < BAR.stride + BAR.height ? null : nodeLoads(name);
  return (loads ?? []).map((load, at) => ({
    ...load,
    x: room.x,
    y: room.y + at * BAR.stride,
    width: room.width,
    height: BAR.height,
  }));
}

function namedLabels(
  tile: FleetTile,
  node: NonNullable<FleetTile['node']>,
  box: Box,
  context: LabelContext,
): TileWords {
  const { camera, measure, nodeWords } = context;
  const from = tile.left + tile.columns * tile.pitch;
  const x = Math.round(from * camera.scale + camera.x) + GAP;
  const right = Math.round(box.x + box.width) - GAP / 2;
  if (right - x < 24 || box.height < 18) return { labels: [], sign: null, bars: [] };
  const words = nodeWords(node.uid);
  const nameFont: Font = measure(node.name, 'lane') <= right - x ? 'lane' : 'small';
  const name = fitText(node.name, nameFont, right - x, measure);
  const y = Math.round(box.y) + Math.min(17, Math.round(box.height / 2) + 4);
  const labels: FleetLabel[] = [{ x, y, text: name, font: nameFont, ink: 't1', anchor: 'start' }];
  const age = words?.age ?? '';
  if (age !== '' && measure(name, nameFont) + GAP + measure(age, 'small') <= right - x) {
    labels.push({ x: right, y, text: age, font: 'small', ink: 't2', anchor: 'end' });
  }
  const lines = box.height < 40 || words === null ? 1 : 2;
  const barTop = y + (lines === 2 ? 25 : 8);
  const room = { x, y: barTop, width: Math.min(BAR.most, right - x), height: box.y + box.height - 3 - barTop };
  const bars = barsIn(node.name, room, context);
  if (lines === 1 || words === null) return { labels, sign: null, bars };
  const tone = nodeTone(node.mark);
  const wide = right + GAP / 2 - 2 - x - 15;
  const font: Font = measure(words.state, 'meta') <= wide ? 'meta' : 'small';
  const state = fitText(words.state, font, wide, measure);
  labels.push({ x: x + 15, y: y + 18, text: state, font, ink: `${tone}-t`, anchor: 'start' });
  return { labels, sign: { x: x - 1, y: y + 8, size: 12, mark: node.mark, tone }, bars };
}

/** A box of the picture as it stands in the view, in CSS pixels. */
export function screenBox(box: Box, { x, y, scale }: Camera): Box {
  return { x: box.x * scale + x, y: box.y * scale + y, width: box.width * scale, height: box.height * scale };
}
