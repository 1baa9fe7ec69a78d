import type { KubeObject } from '@portolan/shared';
import type { StoredResource } from './kinds.ts';
import { copyOf, share } from './structure.ts';

/**
 * What an object becomes by what `change` makes of a copy of it, but for its version; the object itself where nothing changes.
 * Identity and deletion marks stay; the generation rises when anything outside metadata and status changed, or when `change`
 * raises it.
 */
export function revised<T extends KubeObject>(
  resource: StoredResource,
  previous: T,
  change: (draft: T) => T | undefined,
): T {
  const draft = copyOf(previous);
  const changed = change(draft) ?? draft;
  const kept = previous.metadata;
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = kept;
  const next = { ...changed, apiVersion: resource.apiVersion, kind: resource.kind };
  next.metadata = Object.assign(
    { ...changed.metadata },
    {
      name,
      uid,
      resourceVersion,
      creationTimestamp,
      ...(namespace !== undefined && { namespace }),
      ...(generation !== undefined && { generation: Math.max(generation, changed.metadata.generation ?? 0) }),
      ...(kept.generateName !== undefined && { generateName: kept.generateName }),
    },
  );
  if (kept.deletionTimestamp) {
    next.metadata.deletionTimestamp ??= kept.deletionTimestamp;
    if (kept.deletionGracePeriodSeconds !== undefined)
      next.metadata.deletionGracePeriodSeconds ??= kept.deletionGracePeriodSeconds;
  } else {
    delete next.metadata.deletionTimestamp;
    delete next.metadata.deletionGracePeriodSeconds;
  }
  if (share(previous, next) === previous) return previous;
  if (resource.generation && !sameIntent(next, previous))
    next.metadata = { ...next.metadata, generation: (generation ?? 0) + 1 };
  return next;
}

/** Whether all that a user wants, which is all but metadata and status, is the same part in both. */
function sameIntent(next: KubeObject, previous: KubeObject): boolean {
  const [a, b] = [next, previous] as unknown as Record<string, unknown>[];
  const fields = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  fields.delete('metadata');
  fields.delete('status');
  for (const field of fields) if (a?.[field] !== b?.[field]) return false;
  return true;
}
