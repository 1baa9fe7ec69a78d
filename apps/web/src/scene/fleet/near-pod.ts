import { type PodEntity, type PodMark, podTone, printCpu, printMemory } from '@portolan/shared';
import type { Font, Measure } from '../../layout/metrics.ts';
import { fitText, textMaker } from '../fit-text.ts';
import { podSuffix } from '../pod-facts.ts';
import type { Part } from '../shape.ts';
import { wrapText } from '../wrap-text.ts';
import type { FleetTexts } from './fleet-texts.ts';

/** From this side on, in CSS pixels, a pod says its status; from the larger one on, all that is told of it. */
const STATUS_SIDE = 72;
const FACTS_SIDE = 128;
/** From this side on facts stand beside what they are of, in the type of a page's text. */
const WIDE_SIDE = 216;
const PAD = 8;
const GLYPH = 16;
/** A name may take so many lines, and what the cluster says of a pod that is not well so many. */
const NAME_LINES = 2;
const REASON_LINES = 3;

/** One line of facts: what it is of, and what it is. */
interface Fact {
  key: string;
  name: string;
  value: string;
  /** What stands for both where there is no room beside. */
  short?: string;
  /** Set in the type of identifiers. */
  mono?: boolean;
}

/** What is drawn on the tile of a pod whose side is `side` CSS pixels, relative to its corner. */
export function nearPodParts(pod: PodEntity, mark: PodMark, side: number, texts: FleetTexts, measure: Measure): Part[] {
  return side < FACTS_SIDE ? smallParts(pod, mark, side, measure) : factParts(pod, mark, side, texts, measure);
}

function smallParts(pod: PodEntity, mark: PodMark, side: number, measure: Measure): Part[] {
  const text = textMaker(measure);
  const tone = podTone(mark);
  const glyph = Math.min(24, Math.max(GLYPH, Math.round(side * 0.4)));
  const lines = side < STATUS_SIDE ? 1 : 2;
  const top = Math.round((side - glyph - lines * 14 - 2) / 2);
  const middle = { x: side / 2, anchor: 'middle', room: side - 4 } as const;
  const ink = `${tone}-t` as const;
  const parts: Part[] = [
    { type: 'glyph', key: 'mark', x: Math.round((side - glyph) / 2), y: top, size: glyph, glyph: mark, ink: tone },
    text('name', podSuffix(pod), { ...middle, y: top + glyph + 13, font: 'chip' }),
  ];
  if (lines === 2) parts.push(text('status', pod.status, { ...middle, y: top + glyph + 27, font: 'small', ink }));
  return parts;
}

function factParts(pod: PodEntity, mark: PodMark, side: number, texts: FleetTexts, measure: Measure): Part[] {
  const text = textMaker(measure);
  const tone = podTone(mark);
  const wide = side >= WIDE_SIDE;
  const [font, line]: [Font, number] = wide ? ['body', 18] : ['meta', 16];
  const room = side - 2 * PAD;
  const beside = GLYPH + 6;
  const parts: Part[] = [{ type: 'glyph', key: 'mark', x: PAD, y: PAD, size: GLYPH, glyph: mark, ink: tone }];
  let y = PAD + 13;
  const put = (key: string, words: string, more: Parameters<typeof text>[2] | object = {}) => {
    parts.push(text(key, words, { x: PAD, y, font, ink: 't2', room, ...more }));
    y += line;
  };
  const full = wrapText(pod.name, 'strong', room - beside, measure, '-');
  const name = full.length <= NAME_LINES ? full : [podSuffix(pod)];
  for (const [at, words] of name.entries()) {
    put(`name ${at}`, words, { x: PAD + beside, font: 'strong', ink: 't1', room: room - beside });
  }
  put('status', `${pod.status}, ${texts.readyOf(...pod.ready)}`, { ink: `${tone}-t` });
  const last = side - PAD;
  if (pod.reason !== null) {
    const lines = wrapText(pod.reason, font, room, measure, ' ');
    for (const [at, words] of lines.slice(0, REASON_LINES).entries()) {
      if (y > last) break;
      put(`reason ${at}`, at === REASON_LINES - 1 && lines.length > REASON_LINES ? `${words}…` : words, { ink: 't1' });
    }
  }
  const facts = factsOf(pod, texts);
  const column = wide ? Math.max(...facts.map((fact) => measure(fact.name, 'meta'))) + 10 : 0;
  for (const { key, name: of, value, short = value, mono } of facts) {
    if (y > last) break;
    if (wide) parts.push(text(`${key} of`, of, { x: PAD, y, font: 'meta', ink: 't3' }));
    const own = mono ? (wide ? 'mono' : 'chip') : font;
    const words = wide ? value : short;
    put(key, mono ? fitImage(words, own, room - column, measure) : words, {
      x: PAD + column,
      font: own,
      ink: wide ? 't1' : 't2',
      room: room - column,
    });
  }
  return parts;
}

/** All that is told of a pod, the most telling first; its containers' images one a line. */
function factsOf(pod: PodEntity, texts: FleetTexts): Fact[] {
  const { facts } = texts;
  return [
    ...pod.images.map((image, at) => ({
      key: `image ${at}`,
      name: at === 0 ? facts.image : '',
      value: image,
      mono: true,
    })),
    { key: 'restarts', name: facts.restarts, value: String(pod.restarts), short: texts.restarts(pod.restarts) },
    { key: 'node', name: facts.node, value: pod.node ?? texts.noNode },
    { key: 'namespace', name: facts.namespace, value: pod.namespace },
    ...resourceFact('requests', facts.requests, pod.requests),
    ...resourceFact('limits', facts.limits, pod.limits),
  ];
}

function resourceFact(key: string, name: string, amounts: PodEntity['requests']): Fact[] {
  if (amounts === null) return [];
  const { cpu, memory } = amounts;
  const amounted = [
    ...(cpu === null ? [] : [['cpu', printCpu({ cpu })] as const]),
    ...(memory === null ? [] : [['memory', printMemory({ memory })] as const]),
  ];
  const value = amounted.map((parts) => parts.join(' ')).join(', ');
  return [{ key, name, value, short: `${name} ${amounted.map(([, amount]) => amount).join(', ')}` }];
}

/** An image, without its registry and path where it has no room for them. */
function fitImage(image: string, font: Font, room: number, measure: Measure): string {
  return measure(image, font) <= room ? image : fitText(image.slice(image.lastIndexOf('/') + 1), font, room, measure);
}
