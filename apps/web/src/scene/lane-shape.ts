import {
  deploymentMark,
  type Entity,
  type PodEntity,
  type PodMark,
  podMark,
  type ReplicaSetEntity,
} from '@portolan/shared';
import type { LaneBox, WorkloadBox } from '../layout/box.ts';
import type { Trend } from './chart-texts.ts';
import { type Context, podsOf } from './context.ts';
import { countMarks } from './pod-facts.ts';
import type { LaneShape, Part } from './shape.ts';

const COUNT_LINE = 24;

/** The ground of one revision: its name and hash, how many of its pods are ready, where it is going. */
export function drawLane(box: LaneBox, workload: WorkloadBox, context: Context): LaneShape {
  const { graph, text, texts, measure } = context;
  const owner = workload.uid === null ? null : (graph.get(workload.uid) ?? null);
  const set = box.replicaSet === null ? null : (graph.get(box.replicaSet) ?? null);
  const replicaSet = set?.kind === 'ReplicaSet' ? set : null;
  const pods = podsOf(graph, box.members);
  const trend = trendOf(workload, box, owner, pods);
  const title = titleOf(replicaSet, owner, box.members.length, texts);
  const right = box.width - 12;
  const hash = replicaSet?.hash ?? '';
  const hashWidth = measure(hash, 'mono');
  const parts: Part[] = [text('title', title, { x: 12, y: 20, font: 'lane', room: right - 24 - hashWidth })];
  if (hash !== '') parts.push(text('hash', hash, { x: right, y: 20, font: 'mono', ink: 't2', anchor: 'end' }));
  if (workload.older > 0 && workload.lanes.at(-1) === box) {
    const x = 12 + measure(title, 'lane') + 8;
    parts.push(
      text('older', texts.older(workload.older), {
        x,
        y: 20,
        font: 'small',
        ink: 't3',
        room: right - hashWidth - 8 - x,
      }),
    );
  }
  const tag = {
    version: replicaSet?.revision ? texts.version(replicaSet.revision) : '',
    ready: readiness(pods, box.toCome.length, texts) ?? (title === texts.pods(0) ? '' : texts.pods(0)),
    trend: trend === null ? '' : texts.trend[trend],
  };
  parts.push(...(box.density === 'tile' ? tagAside(tag, right, context) : tagInLine(tag, context)));
  if (box.density === 'counts') parts.push(...drawCounts(pods, box.width, context));
  return {
    key: box.key,
    uid: box.replicaSet,
    name: replicaSet?.name ?? workload.name,
    workload: workload.name,
    label: [workload.name, title, tag.ready, tag.trend].filter((word) => word !== '').join(', '),
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    parts,
    selected: box.replicaSet !== null && context.selected === box.replicaSet,
  };
}

/** "1 of 2 ready" of the pods that are to run; else what there is in their place; null where there is no pod at all. */
function readiness(pods: PodEntity[], toCome: number, texts: Context['texts']): string | null {
  const ready = pods.filter((pod) => podMark(pod) === 'ready').length;
  const running = pods.filter((pod) => pod.deleting === null && pod.phase !== 'Succeeded').length;
  if (running > 0 || toCome > 0) return texts.readyOf(ready, running > 0 ? running : toCome);
  const most = countMarks(pods).reduce<{ mark: PodMark; count: number } | null>(
    (best, row) => (best && best.count >= row.count ? best : row),
    null,
  );
  return most ? `${most.count} ${texts.mark[most.mark]}` : null;
}

interface Tag {
  version: string;
  ready: string;
  trend: string;
}

function tagAside(tag: Tag, right: number, { text }: Context): Part[] {
  const end = { x: right, anchor: 'end' } as const;
  return [
    text('version', tag.version, { ...end, y: 60, font: 'big' }),
    text('ready', tag.ready, { ...end, y: 77, font: 'small', ink: 't2' }),
    text('trend', tag.trend, { ...end, y: 93, font: 'small', ink: 't2' }),
  ];
}

function tagInLine(tag: Tag, { text }: Context): Part[] {
  const words = [tag.version, tag.ready, tag.trend].filter((word) => word !== '').join(' · ');
  return [text('ready', words, { x: 12, y: 40, font: 'small', ink: 't2' })];
}

function drawCounts(pods: PodEntity[], width: number, { text, texts }: Context): Part[] {
  return countMarks(pods)
    .slice(0, 5)
    .flatMap(({ mark, tone, count }, index): Part[] => {
      const y = 52 + index * COUNT_LINE;
      return [
        { type: 'glyph', key: `mark ${mark}`, x: 12, y, size: 12, glyph: mark, ink: tone },
        text(`count ${mark}`, `${count} ${texts.mark[mark]}`, { x: 30, y: y + 10, ink: 't2' }),
        { type: 'bar', key: `bar ${mark}`, x: 150, y: y + 3, width: width - 162, share: count / pods.length, tone },
      ];
    });
}

function titleOf(set: ReplicaSetEntity | null, owner: Entity | null, pods: number, texts: Context['texts']): string {
  if (set?.revision) return texts.revision(set.revision);
  return owner?.kind === 'Deployment' ? texts.newest : texts.pods(pods);
}

/** Where a lane is going while its workload is in motion or held; null when it rests. */
function trendOf(workload: WorkloadBox, box: LaneBox, owner: Entity | null, pods: PodEntity[]): Trend | null {
  if (owner?.kind !== 'Deployment') return null;
  const newest = workload.lanes[0] === box;
  if (newest) {
    const mark = deploymentMark(owner);
    if (mark === 'stalled' || mark === 'paused') return mark;
  }
  if (!newest) return 'shrinking';
  if (box.toCome.length > 0 || workload.lanes.length > 1) return 'growing';
  return pods.some((pod) => pod.deleting === null && podMark(pod) === 'creating') ? 'growing' : null;
}
