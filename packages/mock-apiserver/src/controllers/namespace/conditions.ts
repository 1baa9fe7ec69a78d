import type { Condition } from '@portolan/shared';
import { toTime } from '../../time.ts';

/** What is left of a namespace that is deleted. */
export interface Remains {
  /** How many objects there are, by `plural.group`. */
  objects: ReadonlyMap<string, number>;
  /** How many objects each finalizer holds back. */
  finalizers: ReadonlyMap<string, number>;
}

interface Wording {
  type: string;
  fine: [reason: string, message: string];
  bad?(remains: Remains): [reason: string, message: string] | undefined;
}

const listed = (counts: ReadonlyMap<string, number>, between: string) =>
  [...counts]
    .map(([name, count]) => `${name} ${between} ${count} resource instances`)
    .sort()
    .join(', ');

/** The conditions of a namespace that ends, in their order (`pkg/controller/namespace/deletion/status_condition_utils.go`). */
const WORDINGS: readonly Wording[] = [
  {
    type: 'NamespaceDeletionDiscoveryFailure',
    fine: ['ResourcesDiscovered', 'All resources successfully discovered'],
  },
  {
    type: 'NamespaceDeletionGroupVersionParsingFailure',
    fine: ['ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  },
  {
    type: 'NamespaceDeletionContentFailure',
    fine: ['ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
  },
  {
    type: 'NamespaceContentRemaining',
    fine: ['ContentRemoved', 'All content successfully removed'],
    bad: ({ objects }) =>
      objects.size > 0 ? ['SomeResourcesRemain', `Some resources are remaining: ${listed(objects, 'has')}`] : undefined,
  },
  {
    type: 'NamespaceFinalizersRemaining',
    fine: ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    bad: ({ finalizers }) =>
      finalizers.size > 0
        ? [
            'SomeFinalizersRemain',
            `Some content in the namespace has finalizers remaining: ${listed(finalizers, 'in')}`,
          ]
        : undefined,
  },
];

/** The conditions that what remains gives; those that say the same keep their time. */
export function conditionsOf(before: readonly Condition[] | undefined, remains: Remains, now: number): Condition[] {
  return WORDINGS.map(({ type, fine, bad }) => {
    const found = bad?.(remains);
    const [reason, message] = found ?? fine;
    const status = found ? 'True' : 'False';
    const known = before?.find((condition) => condition.type === type);
    const lastTransitionTime = known?.status === status ? (known.lastTransitionTime ?? null) : toTime(now);
    return { type, status, lastTransitionTime, reason, message };
  });
}
