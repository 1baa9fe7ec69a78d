import type { Pod } from '@portolan/shared';
import { toTime } from '../../time.ts';
import type { ControllerContext } from '../context.ts';
import { isEnded } from '../pod-state.ts';

/** How long a node must be gone before its pods go too, in simulated ms (`quarantineTime`, and half of `gcCheckPeriod`). */
const QUARANTINE_MS = 50_000;

/** Deletes the pods of nodes that are no more (`pkg/controller/podgc`). */
export function startPodGarbageCollector({ store, clock, report }: ControllerContext): void {
  const remove = (pod: Pod) => {
    if (!isEnded(pod)) {
      store.update('pods', pod.metadata, (draft) => {
        const others = draft.status?.conditions?.filter(({ type }) => type !== 'DisruptionTarget') ?? [];
        const condition = {
          type: 'DisruptionTarget',
          status: 'True',
          lastProbeTime: null,
          lastTransitionTime: toTime(clock.now()),
          reason: 'DeletionByPodGC',
          message: 'PodGC: node no longer exists',
        } as const;
        draft.status = { ...draft.status, phase: 'Failed', conditions: [...others, condition] };
        return draft;
      });
    }
    store.delete('pods', pod.metadata, { graceSeconds: 0 });
  };

  const sweep = (node: string) => {
    if (store.get('nodes', { name: node })) return;
    for (const pod of store.by('pods', 'node', node)) {
      try {
        remove(pod);
      } catch (error) {
        report(error);
      }
    }
  };

  const later = (node: string) => clock.after(QUARANTINE_MS, () => sweep(node));

  store.watch('nodes', store.version, ({ type, object }) => {
    if (type === 'DELETED') later(object.metadata.name);
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    const { nodeName } = object.spec;
    if (type === 'DELETED' || !nodeName || nodeName === previous?.spec.nodeName) return;
    if (!store.get('nodes', { name: nodeName })) later(nodeName);
  });
}
