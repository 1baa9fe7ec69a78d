import { isDeepStrictEqual } from 'node:util';
import type { ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet } from '@portolan/shared';
import { templateHash } from '../names.ts';
import { copyOf } from '../store/structure.ts';
import type { ControllerContext } from './context.ts';
import { controllerRef } from './ownership.ts';

const KEY = 'controllerrevisions.apps';
const NO_LIMIT = 10;

/** The label by which DaemonSets and StatefulSets know which revision a pod is of. */
export const REVISION_LABEL = 'controller-revision-hash';

/** A set that remembers its templates in ControllerRevisions. */
export type RevisionedSet = StatefulSet | DaemonSet;

/** The revisions of a set, oldest first; `update` is that of its template. */
export interface SetHistory {
  update: ControllerRevision;
  all: ControllerRevision[];
  collisions: number;
}

interface RevisionData {
  spec: { template: PodTemplateSpec & { $patch: 'replace' } };
}

const dataOf = (set: RevisionedSet): RevisionData => ({
  spec: { template: { ...set.spec.template, $patch: 'replace' } },
});

/** The template that a revision holds. */
export function templateOf(revision: ControllerRevision): PodTemplateSpec {
  const { $patch: _patch, ...template } = (revision.data as RevisionData).spec.template;
  return template;
}

/** A revision's hash as its name ends with it. */
export function hashOf(set: RevisionedSet, revision: ControllerRevision): string {
  return revision.metadata.name.slice(set.metadata.name.length + 1);
}

/**
 * Finds the revision of a set's template, makes it the newest, or creates it (`pkg/controller/history`): going back to an
 * older template raises that revision's number. `hashLabel` is the label of a revision that bears its hash.
 */
export function syncHistory(context: ControllerContext, set: RevisionedSet, hashLabel: string): SetHistory {
  const { store } = context;
  const data = dataOf(set);
  const known = store
    .by(KEY, 'controller', set.metadata.uid)
    .sort((a, b) => a.revision - b.revision || (a.metadata.name < b.metadata.name ? -1 : 1));
  const collisions = set.status?.collisionCount ?? 0;
  const newest = known.at(-1);
  const found = known.findLast((revision) => isDeepStrictEqual(revision.data, data));
  if (found && found === newest) return { update: found, all: known, collisions };
  const number = (newest?.revision ?? 0) + 1;
  if (found) {
    const update = store.update(KEY, found.metadata, (draft) => Object.assign(draft, { revision: number }));
    return { update, all: [...known.filter((revision) => revision !== found), update], collisions };
  }
  const { name, namespace, annotations } = set.metadata;
  for (let tries = collisions; ; tries++) {
    const hash = templateHash(set.spec.template, tries);
    // Another's revision has the name: count the collision, so that the next hash is another.
    if (store.get(KEY, { namespace, name: `${name}-${hash}` })) continue;
    const update = store.create(KEY, {
      metadata: {
        name: `${name}-${hash}`,
        ...(namespace && { namespace }),
        labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
        ...(annotations && { annotations }),
        ownerReferences: [controllerRef(set)],
      },
      data: copyOf(data),
      revision: number,
    });
    return { update, all: [...known, update], collisions: tries };
  }
}

/** Deletes the oldest revisions beyond the limit that are not `live`, by name. */
export function trimHistory(
  { store }: ControllerContext,
  set: RevisionedSet,
  all: readonly ControllerRevision[],
  live: ReadonlySet<string>,
): void {
  const dead = all.filter(({ metadata }) => !live.has(metadata.name));
  const excess = dead.length - (set.spec.revisionHistoryLimit ?? NO_LIMIT);
  for (const { metadata } of dead.slice(0, Math.max(0, excess))) store.delete(KEY, metadata);
}
