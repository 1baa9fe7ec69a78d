import type { Condition, CustomResourceDefinition } from '@portolan/shared';
import { customResource, DEFINITIONS } from '../api/custom/custom-resources.ts';
import { isEstablished } from '../api/custom/definition-state.ts';
import { toTime } from '../time.ts';
import type { ControllerContext } from './context.ts';
import { fromKey, toKey } from './object-key.ts';
import { WorkQueue } from './work-queue.ts';

const AGAIN_MS = 1000;

type Written = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

const NAMES: Written = {
  type: 'NamesAccepted',
  status: 'True',
  reason: 'NoConflicts',
  message: 'no conflicts found',
};
const ESTABLISHED: Written = {
  type: 'Established',
  status: 'True',
  reason: 'InitialNamesAccepted',
  message: 'the initial names have been accepted',
};
const DELETING: Written = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
};
const DELETED: Written = {
  type: 'Terminating',
  status: 'False',
  reason: 'InstanceDeletionCompleted',
  message: 'removed all instances',
};

/**
 * Serves what CustomResourceDefinitions describe from when they are established, and takes its objects away before a
 * definition that is deleted goes (apiextensions-apiserver `pkg/controller`).
 */
export function startCustomResources(context: ControllerContext): void {
  const { store, clock } = context;

  const write = (definition: CustomResourceDefinition, ...conditions: Written[]) =>
    store.update(DEFINITIONS, definition.metadata, (draft) => {
      const before = draft.status?.conditions ?? [];
      const lastTransitionTime = toTime(clock.now());
      const next = conditions.map((condition): Condition => {
        const known = before.find(({ type, status }) => type === condition.type && status === condition.status);
        return known ? { ...known, ...condition } : { lastTransitionTime, ...condition };
      });
      const others = before.filter(({ type }) => !conditions.some((condition) => condition.type === type));
      const stored = draft.spec.versions.find(({ storage }) => storage)?.name ?? '';
      const storedVersions = [...new Set([...(draft.status?.storedVersions ?? []), stored])];
      draft.status = { conditions: [...others, ...next], acceptedNames: draft.spec.names, storedVersions };
      return draft;
    });

  /** Deletes what there is of a definition's objects; true when none is left. */
  const empty = (definition: CustomResourceDefinition): boolean => {
    const { key } = customResource(definition);
    for (const { metadata } of store.list(key)) {
      if (!metadata.deletionTimestamp) store.delete(key, metadata, { uid: metadata.uid });
    }
    return store.list(key).length === 0;
  };

  const queue = new WorkQueue(context, (key) => {
    const definition = store.get(DEFINITIONS, fromKey(key));
    if (!definition) return;
    if (!definition.metadata.deletionTimestamp) {
      store.shelve(customResource(definition));
      write(definition, NAMES, ESTABLISHED);
    } else if (isEstablished(definition)) {
      write(definition, DELETING);
      if (empty(definition)) write(definition, DELETED);
      else queue.addAfter(key, AGAIN_MS);
    }
  });
  store.watch(DEFINITIONS, store.version, ({ type, object, previous }) => {
    const marked = object.metadata.deletionTimestamp && !previous?.metadata.deletionTimestamp;
    if (type !== 'DELETED' && (marked || object.spec !== previous?.spec)) queue.add(toKey(object));
  });
  for (const definition of store.list(DEFINITIONS)) queue.add(toKey(definition));
}
