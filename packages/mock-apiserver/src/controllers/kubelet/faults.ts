import type { Node } from '@portolan/shared';
import type { Clock } from '../../clock.ts';
import { nodeObject, unready } from '../../node-object.ts';
import type { Store } from '../../store/store.ts';
import { toTime } from '../../time.ts';
import type { NodeTimings } from '../timings.ts';
import type { NodeControl, PodControl } from './control.ts';
import { FAILING_ANNOTATION, failingProbes } from './failing-probes.ts';
import type { Kubelets } from './kubelet.ts';
import { KUBELET_ANNOTATION } from './kubelet-annotation.ts';
import { PRESSURE_ANNOTATION, pressuresOn } from './node-conditions.ts';

/** Sets an annotation of an object, or takes it away where the value is empty. */
function annotate(
  store: Store,
  key: 'nodes' | 'pods',
  ref: { name: string; namespace?: string | undefined },
  name: string,
  value: string,
): void {
  store.update(key, ref, (draft) => {
    const { [name]: _before, ...others } = draft.metadata.annotations ?? {};
    const annotations = value === '' ? others : { ...others, [name]: value };
    if (Object.keys(annotations).length > 0) draft.metadata.annotations = annotations;
    else delete draft.metadata.annotations;
    return draft;
  });
}

/** Of a set, with a member or without it, what an annotation says. */
function listed(before: ReadonlySet<string>, member: string, included: boolean): string {
  return [...[...before].filter((other) => other !== member), ...(included ? [member] : [])].sort().join(',');
}

/** The faults of nodes, written on them; `timings` are those that all look at. */
export function createNodeControl(store: Store, clock: Clock, kubelets: Kubelets, timings: NodeTimings): NodeControl {
  return {
    stop: (name) => annotate(store, 'nodes', { name }, KUBELET_ANNOTATION, 'stopped'),
    start: (name) => annotate(store, 'nodes', { name }, KUBELET_ANNOTATION, ''),
    isStopped(name) {
      store.need('nodes', { name });
      return kubelets.isStopped(name);
    },
    join(facts) {
      const now = toTime(clock.now());
      store.create('nodes', unready(nodeObject(facts, now), now));
    },
    setTimings: (changes) => void Object.assign(timings, changes),
    setPressure(name, pressure, under) {
      const node: Node = store.need('nodes', { name });
      annotate(store, 'nodes', { name }, PRESSURE_ANNOTATION, listed(pressuresOn(node), pressure, under));
    },
  };
}

/** The faults of pods: those that last are written on them. */
export function createPodControl(store: Store, kubelets: Kubelets): PodControl {
  return {
    failProbe(ref, probe, failing) {
      const probes = failingProbes(store.need('pods', ref));
      annotate(store, 'pods', ref, FAILING_ANNOTATION, listed(probes, probe, failing));
    },
    isFailing: (ref, probe) => failingProbes(store.need('pods', ref)).has(probe),
    exit: (ref, container, code, { oom = false } = {}) => kubelets.exit(ref, container, oom ? 137 : code, oom),
  };
}
