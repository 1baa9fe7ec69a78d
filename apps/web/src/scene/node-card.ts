import { type NodeEntity, nodeMark, nodeTone } from '@portolan/shared';
import type { NodeBox } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import { type Context, podsOf } from './context.ts';
import { nodeGlyph } from './glyph.ts';
import { countMarks } from './pod-facts.ts';
import type { CardShape, Part } from './shape.ts';

const PAD = METRICS.pad;
const PRESSURES = /Pressure$|^NetworkUnavailable$/;

/** The card of a node: its state in kubectl's words, and how many pods of the namespace it runs of how many it can. */
export function drawNode(box: NodeBox, context: Context): CardShape {
  const { graph, text, texts, measure } = context;
  const entity = box.uid === null ? undefined : graph.get(box.uid);
  const node = entity?.kind === 'Node' ? entity : null;
  const mark = node ? nodeMark(node) : 'unknown';
  const tone = nodeTone(mark);
  const status = node ? statusOf(node) : texts.unknownNode;
  const right = box.width - PAD;
  const capacity = node?.allocatable.pods ?? node?.capacity.pods ?? null;
  const long = texts.podsOfCapacity(box.members.length, capacity);
  const nameWidth = measure(box.name, 'title');
  const statusWidth = measure(status, 'meta');
  const taken = PAD + 24 + nameWidth + 12 + 18 + statusWidth + 16;
  const count = taken + measure(long, 'meta') <= right ? long : String(box.members.length);
  const countX = right - measure(count, 'meta');
  const nameRoom = Math.max(40, Math.min(nameWidth, countX - 12 - PAD - 24 - 12 - 18 - Math.min(statusWidth, 56)));
  const statusX = PAD + 24 + Math.min(nameWidth, nameRoom) + 12;
  const statusRoom = countX - 8 - statusX - 18;
  const parts: Part[] = [
    { type: 'glyph', key: 'kind', x: PAD, y: 11, size: 16, glyph: 'kind-node', ink: 't2' },
    text('name', box.name, { x: PAD + 24, y: 24, font: 'title', room: nameRoom }),
    { type: 'glyph', key: `mark ${mark}`, x: statusX, y: 12, size: 14, glyph: nodeGlyph(mark), ink: tone },
    text('count', count, { x: right, y: 24, ink: 't2', anchor: 'end' }),
  ];
  if (statusRoom > 24) {
    parts.push(text('status', status, { x: statusX + 18, y: 24, ink: `${tone}-t`, room: statusRoom }));
  }
  if (box.density === 'counts') parts.push(...drawCounts(box, context));
  return {
    key: box.key,
    uid: box.uid,
    kind: 'Node',
    name: box.name,
    label: texts.card('Node', box.name, `${status}, ${long}`),
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    parts,
    selected: box.uid !== null && context.selected === box.uid,
  };
}

function statusOf(node: NodeEntity): string {
  const pressures = node.conditions.filter(({ type, status }) => status === 'True' && PRESSURES.test(type));
  return [node.status, ...pressures.map(({ type }) => type)].join(',');
}

function drawCounts(box: NodeBox, { graph, text, texts, measure }: Context): Part[] {
  let x: number = PAD;
  return countMarks(podsOf(graph, box.members)).flatMap(({ mark, tone, count }): Part[] => {
    const words = `${count} ${texts.mark[mark]}`;
    const at = x;
    x += 18 + measure(words, 'meta') + 16;
    if (x > box.width) return [];
    return [
      { type: 'glyph', key: `mark of pods ${mark}`, x: at, y: 52, size: 12, glyph: mark, ink: tone },
      text(`count ${mark}`, words, { x: at + 18, y: 62, ink: 't2' }),
    ];
  });
}
