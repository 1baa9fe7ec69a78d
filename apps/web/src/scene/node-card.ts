import { type NodeEntity, type NodeMark, nodeMark, nodeTone } from '@portolan/shared';
import type { NodeBox } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import { type Context, podsOf } from './context.ts';
import { countRow } from './count-row.ts';
import type { CardShape, Part } from './shape.ts';

const PAD = METRICS.pad;
const PRESSURES = /Pressure$|^NetworkUnavailable$/;

/** The card of a node: its state in kubectl's words, and how many pods it runs of how many it can. */
export function drawNode(box: NodeBox, context: Context): CardShape {
  const { graph, text, texts } = context;
  const entity = box.uid === null ? undefined : graph.get(box.uid);
  const node = entity?.kind === 'Node' ? entity : null;
  const mark = node ? nodeMark(node) : 'unknown';
  const tone = nodeTone(mark);
  const status = node ? statusOf(node) : texts.unknownNode;
  const capacity = node?.allocatable.pods ?? node?.capacity.pods ?? null;
  const long = texts.podsOfCapacity(runningOn(box, context), capacity, box.members.length);
  const head = fitHead(box, mark, status, long, context);
  const parts: Part[] = [
    text('name', box.name, { x: head.nameX, y: 24, font: 'title', room: head.nameRoom }),
    { type: 'glyph', key: `mark ${mark}`, x: head.statusX, y: 12, size: 14, glyph: mark, ink: tone },
    text('status', head.status, { x: head.statusX + 18, y: 24, ink: `${tone}-t`, room: head.statusRoom }),
    text('count', head.count, { x: box.width - PAD, y: 24, ink: 't2', anchor: 'end' }),
  ];
  if (head.icon) parts.push({ type: 'glyph', key: 'kind', x: PAD, y: 11, size: 16, glyph: 'kind-node', ink: 't2' });
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

/** Pods of every namespace that count against a node's capacity, as `kubectl describe node` counts them: not ended ones. */
function runningOn(box: NodeBox, { graph }: Context): number {
  if (box.uid === null) return box.members.length;
  const pods = podsOf(
    graph,
    Array.from(graph.edgesTo(box.uid, 'placement'), (edge) => edge.from),
  );
  return pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed').length;
}

function statusOf(node: NodeEntity): string {
  const pressures = node.conditions.filter(({ type, status }) => status === 'True' && PRESSURES.test(type));
  return [node.status, ...pressures.map(({ type }) => type)].join(',');
}

/** The narrowest that a name may become before its state does. */
const LEAST_NAME = 64;

/**
 * What of a node's head there is room for. Where it is tight, first the words around the count go, then "Ready" (the
 * glyph says it), the icon, and the count; then "SchedulingDisabled", which the glyph says too. Only then are the name
 * and the state shortened.
 */
function fitHead(box: NodeBox, mark: NodeMark, status: string, long: string, { measure }: Context) {
  const inner = box.width - 2 * PAD;
  const nameWidth = measure(box.name, 'title');
  const brief = mark === 'ok' ? '' : status.replace(/^Ready,/, '');
  const count = String(box.members.length);
  const tries = [
    { icon: 24, status, count: long },
    { icon: 24, status, count },
    { icon: 24, status: brief, count },
    { icon: 0, status: brief, count },
    { icon: 0, status: brief, count: '' },
    ...(mark === 'cordon'
      ? [
          { icon: 24, status: '', count },
          { icon: 0, status: '', count: '' },
        ]
      : []),
  ];
  const aside = (row: { icon: number; count: string }) =>
    row.icon + 12 + 18 + (row.count === '' ? 0 : 12 + measure(row.count, 'meta'));
  const fits = (row: (typeof tries)[number]) => aside(row) + nameWidth + measure(row.status, 'meta') <= inner;
  const chosen = tries.find(fits) ?? { icon: 0, status: mark === 'cordon' ? '' : brief, count: '' };
  const room = inner - aside(chosen);
  const statusWidth = measure(chosen.status, 'meta');
  const nameRoom = Math.min(nameWidth, Math.max(room - statusWidth, Math.min(LEAST_NAME, room)));
  const nameX = PAD + chosen.icon;
  return {
    ...chosen,
    icon: chosen.icon > 0,
    nameX,
    nameRoom,
    statusX: nameX + nameRoom + 12,
    statusRoom: Math.max(0, room - nameRoom),
  };
}

/** Pods of a node that has too many to draw. */
function drawCounts(box: NodeBox, context: Context): Part[] {
  const pods = podsOf(context.graph, box.members);
  return countRow(pods, { x: PAD, y: 62, room: box.width - 2 * PAD }, context).parts;
}
