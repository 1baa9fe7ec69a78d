import type { KubeObject } from '@portolan/shared';
import { conflict } from '../api-error.ts';
import { toTime } from '../time.ts';
import type { StoredResource } from './kinds.ts';
import { share } from './structure.ts';

/** How to delete: seconds of grace (the kind's own by default), a finalizer to add first, and what the object must still be. */
export interface DeleteOptions {
  graceSeconds?: number | undefined;
  finalizer?: string | undefined;
  uid?: string | undefined;
  resourceVersion?: string | undefined;
}

/** What a deletion comes to: the object with its marks (itself where they change nothing), and whether it stays for a while. */
export interface Deletion<T> {
  marked: T;
  waits: boolean;
}

/**
 * What deleting an object at `now` (epoch ms) comes to; throws Conflict when it is not what the options expect. As in apiserver
 * `registry/rest/delete.go` a shorter grace shortens one that runs, and the mark counts as a generation.
 */
export function deletionOf<T extends KubeObject>(
  resource: StoredResource,
  current: T,
  options: DeleteOptions,
  now: number,
): Deletion<T> {
  const metadata = current.metadata;
  if (options.uid && options.uid !== metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${metadata.uid}`;
    throw conflict(resource, metadata.name, why);
  }
  if (options.resourceVersion && options.resourceVersion !== metadata.resourceVersion) {
    const why = `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`;
    throw conflict(resource, metadata.name, why);
  }
  const running = metadata.deletionTimestamp ? (metadata.deletionGracePeriodSeconds ?? 0) : undefined;
  // What nothing runs for needs no grace, whatever was asked.
  const byKind = resource.graceSeconds?.(current) ?? 0;
  const asked = byKind === 0 ? 0 : (options.graceSeconds ?? running ?? byKind);
  const grace = Math.min(asked, running ?? Number.POSITIVE_INFINITY);
  const finalizers = [...(metadata.finalizers ?? [])];
  if (options.finalizer && !finalizers.includes(options.finalizer)) finalizers.push(options.finalizer);
  const waits = grace > 0 || finalizers.length > 0 || resource.heldBack?.(current) === true;
  const marked = { ...current, metadata: { ...metadata } };
  if (running === undefined || grace < running) {
    marked.metadata.deletionTimestamp = toTime(now + grace * 1000);
    marked.metadata.deletionGracePeriodSeconds = grace;
    if (metadata.generation !== undefined && running === undefined)
      marked.metadata.generation = metadata.generation + 1;
  }
  if (finalizers.length > 0) marked.metadata.finalizers = finalizers;
  const needed = waits || running !== undefined;
  return { marked: needed ? share(current, marked) : current, waits };
}
