import {
  type Condition,
  deploymentMark,
  deploymentTone,
  type Entity,
  type Health,
  nodeMark,
  nodeTone,
  podMark,
  podTone,
  type Tone,
} from '@portolan/shared';
import { deploymentGlyph } from '../scene/glyph.ts';
import type { GlyphName } from './glyph.tsx';

/** How an entity's state is drawn and written; `text` is the cluster's own word. */
export interface EntityMark {
  glyph: GlyphName;
  tone: Tone;
  text: string;
}

const HEALTH: Record<Health, { glyph: GlyphName; tone: Tone }> = {
  ok: { glyph: 'ok', tone: 'ready' },
  progressing: { glyph: 'creating', tone: 'start' },
  warning: { glyph: 'warn', tone: 'warn' },
  failing: { glyph: 'fail', tone: 'fail' },
  unknown: { glyph: 'unknown', tone: 'gone' },
};

/** The mark of any entity: pods, nodes and deployments by their own tables, the others by their health. */
export function entityMark(entity: Entity): EntityMark {
  switch (entity.kind) {
    case 'Pod': {
      const mark = podMark(entity);
      return { glyph: mark, tone: podTone(mark), text: entity.status };
    }
    case 'Node': {
      const mark = nodeMark(entity);
      return { glyph: mark, tone: nodeTone(mark), text: entity.status };
    }
    case 'Deployment': {
      const mark = deploymentMark(entity);
      const text = `${entity.replicas.ready}/${entity.replicas.desired}`;
      return { glyph: deploymentGlyph(mark), tone: deploymentTone(mark), text };
    }
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
    case 'DaemonSet':
      return { ...HEALTH[entity.health], text: `${entity.replicas.ready}/${entity.replicas.desired}` };
    case 'Namespace':
      return { ...HEALTH[entity.health], text: entity.phase };
    case 'Job':
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return { ...HEALTH[entity.health], text: entity.status };
    default:
      return { ...HEALTH[entity.health], text: '' };
  }
}

/** The mark of one condition, given whether `True` is the good news for its type. */
export function conditionMark(type: string, status: Condition['status']): { glyph: GlyphName; tone: Tone } {
  if (status === 'Unknown') return { glyph: 'unknown', tone: 'gone' };
  const good = BAD_WHEN_TRUE.test(type) ? 'False' : 'True';
  return status === good ? { glyph: 'ok', tone: 'ready' } : { glyph: 'creating', tone: 'start' };
}

const BAD_WHEN_TRUE =
  /Pressure$|Unavailable$|^ReplicaFailure$|^Failed$|^Suspended$|^DisruptionTarget$|^ScalingLimited$|^(FileSystem)?Resiz|^Conflicted$/;
