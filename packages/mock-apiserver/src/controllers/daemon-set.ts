import { type DaemonSet, fromLabelSelector, type Node, type Pod, type Toleration } from '@portolan/shared';
import { templateHash } from '../names.ts';
import type { ControllerContext } from './context.ts';
import { createPod } from './create-pod.ts';
import { fromKey, toKey } from './object-key.ts';
import { claim, controllerOf } from './ownership.ts';
import { isEnded, isReady } from './pod-state.ts';
import { FILTERS, loadOf, onlyNode, wantedNode } from './scheduler/filters.ts';
import { WorkQueue } from './work-queue.ts';

const COMPONENT = { component: 'daemonset-controller' };
const REVISION = 'controller-revision-hash';

/** What every daemon tolerates (`pkg/controller/daemon/util`). */
const TOLERATIONS: Toleration[] = [
  ...['not-ready', 'unreachable'].map((key) => ({ key, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => ({
    key,
    effect: 'NoSchedule',
  })),
].map(({ key, effect }) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect }));

/** One pod a node that its template allows, replaced one by one when the template changes (`pkg/controller/daemon`). */
export function startDaemonSetController(context: ControllerContext): void {
  const { store, events } = context;

  const specFor = (set: DaemonSet, node: Node) => ({
    ...onlyNode(node.metadata.name),
    tolerations: [...(set.spec.template.spec.tolerations ?? []), ...TOLERATIONS],
  });

  const fits = (set: DaemonSet, node: Node) => {
    const pod = { metadata: {}, spec: { ...set.spec.template.spec, ...specFor(set, node) } } as Pod;
    return FILTERS.every((filter) => filter(pod, node, loadOf([])) === undefined);
  };

  const queue = new WorkQueue(context, (key) => {
    const set = store.get('daemonsets.apps', fromKey(key));
    if (!set || set.metadata.deletionTimestamp) return;
    const revision = templateHash(set.spec.template);
    const pods = claim(store, 'pods', set, fromLabelSelector(set.spec.selector)).filter((pod) => !isEnded(pod));
    const nodes = store.list('nodes').filter((node) => fits(set, node));
    const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
    for (const node of nodes) {
      if (pods.some((pod) => wantedNode(pod) === node.metadata.name)) continue;
      const pod = createPod(context, set, set.spec.template, {
        labels: { [REVISION]: revision },
        spec: specFor(set, node),
      });
      const message = `Created pod: ${pod.metadata.name}`;
      events.record(set, COMPONENT, { type: 'Normal', reason: 'SuccessfulCreate', message });
    }
    const names = new Set(nodes.map(({ metadata }) => metadata.name));
    const misplaced = staying.filter((pod) => !names.has(wantedNode(pod) ?? ''));
    const stale = staying.filter(({ metadata }) => metadata.labels?.[REVISION] !== revision);
    const settled = staying.length === nodes.length && staying.every(isReady);
    const replaced = settled && set.spec.updateStrategy?.type !== 'OnDelete' ? stale.slice(0, 1) : [];
    for (const pod of [...misplaced, ...replaced]) {
      store.delete('pods', pod.metadata);
      const message = `Deleted pod: ${pod.metadata.name}`;
      events.record(set, COMPONENT, { type: 'Normal', reason: 'SuccessfulDelete', message });
    }
    const placed = staying.filter((pod) => names.has(wantedNode(pod) ?? ''));
    const ready = placed.filter(isReady).length;
    const unavailable = nodes.length - ready;
    const status = {
      currentNumberScheduled: placed.length,
      numberMisscheduled: misplaced.length,
      desiredNumberScheduled: nodes.length,
      numberReady: ready,
      observedGeneration: set.metadata.generation ?? 1,
      updatedNumberScheduled: placed.length - stale.filter((pod) => placed.includes(pod)).length,
      ...(ready > 0 && { numberAvailable: ready }),
      ...(unavailable > 0 && { numberUnavailable: unavailable }),
    };
    store.update('daemonsets.apps', set.metadata, (draft) => Object.assign(draft, { status }));
  });
  store.watch('daemonsets.apps', store.version, ({ type, object, previous }) => {
    if (type !== 'DELETED' && object.metadata.generation !== previous?.metadata.generation) queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'DaemonSet') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
  store.watch('nodes', store.version, ({ type, object, previous }) => {
    const same = JSON.stringify(previous?.spec) === JSON.stringify(object.spec) && type === 'MODIFIED';
    if (!same) for (const set of store.list('daemonsets.apps')) queue.add(toKey(set));
  });
}
