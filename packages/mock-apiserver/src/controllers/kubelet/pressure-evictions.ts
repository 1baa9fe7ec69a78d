import type { Node, Pod } from '@portolan/shared';
import type { ControllerContext } from '../context.ts';
import { isActive } from '../pod-state.ts';
import type { Kubelets } from './kubelet.ts';
import { pressuresOn } from './node-conditions.ts';

/** How often a kubelet under pressure looks for a pod to evict, in simulated ms (`monitoringInterval`). */
const INTERVAL_MS = 10_000;

/** What each pressure is about, and what kubelets by default call too little of it. */
const RESOURCES: Record<string, { name: string; threshold: string; available: string }> = {
  MemoryPressure: { name: 'memory', threshold: '100Mi', available: '73180Ki' },
  DiskPressure: { name: 'ephemeral-storage', threshold: '2147483648', available: '1610612736' },
};

/** Evicts pods from nodes that are short of something. */
export interface PressureEvictions {
  /** The node's pressures may have changed. */
  consider(node: string): void;
}

/** What is not asked for goes first: pods of the class BestEffort, one a turn (`pkg/kubelet/eviction`). */
export function pressureEvictions({ store, clock, events }: ControllerContext, kubelets: Kubelets): PressureEvictions {
  const turning = new Set<string>();

  const victim = (name: string): Pod | undefined =>
    store
      .by('pods', 'node', name)
      .filter(
        ({ status, metadata }) =>
          status?.qosClass === 'BestEffort' && !metadata.annotations?.['kubernetes.io/config.mirror'],
      )
      .find(isActive);

  const evict = (node: Node, resource: (typeof RESOURCES)[string]) => {
    const pod = victim(node.metadata.name);
    if (!pod) return;
    const { name, threshold, available } = resource ?? { name: '', threshold: '', available: '' };
    const message = `The node was low on resource: ${name}. Threshold quantity: ${threshold}, available: ${available}. `;
    const happening = { type: 'Warning', reason: 'Evicted', message } as const;
    events.record(pod, { component: 'kubelet', host: node.metadata.name }, happening);
    kubelets.fail(pod, 'Evicted', message);
  };

  const turn = (name: string) => {
    const node = store.get('nodes', { name });
    const resource = node && [...pressuresOn(node)].map((pressure) => RESOURCES[pressure]).find(Boolean);
    if (!node || !resource) {
      turning.delete(name);
      return;
    }
    if (!kubelets.isStopped(name)) evict(node, resource);
    clock.after(INTERVAL_MS, () => turn(name));
  };

  return {
    consider(name) {
      if (turning.has(name)) return;
      turning.add(name);
      clock.after(INTERVAL_MS, () => turn(name));
    },
  };
}
