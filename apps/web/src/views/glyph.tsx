import type { Kind } from '@portolan/shared';
import { SHAPES } from './shapes.tsx';

/** The name of a shape. */
export type GlyphName = keyof typeof SHAPES;

/** One shape in the colour of its surroundings. Without a `label` it is decoration: the text beside it says the same. */
export function Glyph({ name, className = 'size-4', label }: { name: GlyphName; className?: string; label?: string }) {
  const { size, body } = SHAPES[name];
  const shape = { viewBox: `0 0 ${size} ${size}`, className: `inline-block flex-none ${className}` };
  if (label === undefined) {
    return (
      <svg aria-hidden="true" {...shape}>
        {body}
      </svg>
    );
  }
  return (
    <svg role="img" aria-label={label} {...shape}>
      {body}
    </svg>
  );
}

const KIND_GLYPHS: Partial<Record<Kind, GlyphName>> = {
  Service: 'kindService',
  Deployment: 'kindDeployment',
  StatefulSet: 'kindDeployment',
  DaemonSet: 'kindDeployment',
  ReplicaSet: 'kindReplicaset',
  ReplicationController: 'kindReplicaset',
  Pod: 'kindPod',
  Node: 'kindNode',
};

/** The line icon of a kind. */
export function kindGlyph(kind: string): GlyphName {
  return KIND_GLYPHS[kind as Kind] ?? 'kindPod';
}
