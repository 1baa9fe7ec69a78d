import { type DeploymentEntity, deploymentMark, deploymentTone, type Entity } from '@portolan/shared';
import type { WorkloadBox } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import type { Context } from './context.ts';
import { deploymentGlyph, kindIcon } from './glyph.ts';
import { rolloutAmounts } from './rollout-amount.ts';
import type { CardShape, GlyphPart, Part } from './shape.ts';

const PAD = METRICS.pad;

/** What the head of a workload's card says: `3/3` `available`, and the line below the name. */
interface Head {
  count: string;
  word: string;
  meta: string;
}

/** The card of a workload: its name, how many of its pods there are, how it rolls out. Its lanes are drawn apart. */
export function drawWorkload(box: WorkloadBox, entity: Entity | null, context: Context): CardShape {
  const { text, texts, measure } = context;
  const head = headOf(box, entity, context);
  const name = box.name === '' ? texts.loosePods : box.name;
  const right = box.width - PAD;
  const wordWidth = head.word === '' ? 0 : measure(` ${head.word}`, 'body');
  const countWidth = measure(head.count, 'strong');
  const state = entity?.kind === 'Deployment' ? stateGlyph(entity, right - wordWidth - countWidth - 22) : null;
  const nameRoom = right - wordWidth - countWidth - (state ? 22 : 0) - 8 - PAD - 24;
  const parts: Part[] = [
    { type: 'glyph', key: 'kind', x: PAD, y: 16, size: 16, glyph: kindIcon(box.kind), ink: 't2' },
    text('name', name, { x: PAD + 24, y: 29, font: 'title', room: nameRoom }),
    text('count', head.count, { x: right - wordWidth, y: 29, font: 'strong', anchor: 'end' }),
    text('word', head.word, { x: right, y: 29, font: 'body', ink: 't2', anchor: 'end' }),
    text('meta', head.meta, { x: PAD, y: 48, ink: 't2', room: box.width - 2 * PAD }),
  ];
  if (state) parts.push(state);
  return {
    key: box.key,
    uid: box.uid,
    kind: box.kind === '' ? 'Pods' : box.kind,
    name,
    label: texts.card(box.kind === '' ? 'Pod' : box.kind, name, `${head.count} ${head.word}`.trim()),
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    parts,
    selected: box.uid !== null && context.selected === box.uid,
  };
}

/** Only what is not as it should be wears a mark; quiet when all is well. */
function stateGlyph(deployment: DeploymentEntity, x: number): GlyphPart | null {
  const mark = deploymentMark(deployment);
  if (mark === 'complete' || mark === 'progressing') return null;
  return { type: 'glyph', key: 'state', x, y: 16, size: 16, glyph: deploymentGlyph(mark), ink: deploymentTone(mark) };
}

function headOf(box: WorkloadBox, entity: Entity | null, { texts }: Context): Head {
  switch (entity?.kind) {
    case 'Deployment':
      return {
        count: `${entity.replicas.available}/${entity.replicas.desired}`,
        word: texts.available,
        meta: strategyOf(entity, texts),
      };
    case 'DaemonSet':
      return ready(entity.replicas, texts.ready, `${entity.kind}, ${texts.onePodANode}`);
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'ReplicationController':
      return ready(entity.replicas, texts.ready, entity.kind);
    case 'Job':
      return { count: `${entity.succeeded}/${entity.completions ?? 1}`, word: '', meta: `Job, ${entity.status}` };
    case 'CronJob':
      return { count: String(entity.active), word: texts.active, meta: `CronJob, ${entity.schedule}` };
    default: {
      const members = box.lanes.reduce((sum, lane) => sum + lane.members.length, 0);
      return { count: texts.pods(members), word: '', meta: box.kind };
    }
  }
}

function ready(replicas: { ready: number; desired: number }, word: string, meta: string): Head {
  return { count: `${replicas.ready}/${replicas.desired}`, word, meta };
}

function strategyOf({ strategy, replicas }: DeploymentEntity, texts: Context['texts']): string {
  const { type, maxSurge, maxUnavailable } = strategy;
  if (maxSurge === null || maxUnavailable === null) return texts.strategy(type, null, null);
  const pods = rolloutAmounts(maxSurge, maxUnavailable, replicas.desired);
  return texts.strategy(
    type,
    texts.amount(String(maxSurge), pods.surge),
    texts.amount(String(maxUnavailable), pods.unavailable),
  );
}
