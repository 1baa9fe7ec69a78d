import type { Truth } from '@portolan/lab';
import { type Kind, type KubeObject, project } from '@portolan/shared';
import { expect, it } from 'vitest';
import { movedBetween } from './agreement.ts';

const truth = (versions: Record<string, string>): Truth => {
  const pods = Object.entries(versions).map(([uid, resourceVersion]) => {
    const metadata = {
      name: uid,
      namespace: 'default',
      uid,
      resourceVersion,
      creationTimestamp: '2026-01-01T00:00:00Z',
    };
    return [uid, project('Pod', { metadata, spec: { containers: [] } } as KubeObject)] as const;
  });
  return new Map<Kind, Map<string, ReturnType<typeof project>> | null>([
    ['Pod', new Map(pods)],
    ['Service', null],
  ]);
};

it('what came, went or changed between two looks has moved, and nothing else', () => {
  const before = truth({ still: '1', changed: '2', went: '3' });
  const after = truth({ still: '1', changed: '4', came: '5' });
  expect([...movedBetween(before, after)].sort()).toEqual(['came', 'changed', 'went']);
});
