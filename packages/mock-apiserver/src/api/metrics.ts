import type { KubeObject, Node, NodeMetrics, Pod, PodMetrics } from '@portolan/shared';
import { toTime } from '../time.ts';
import type { Measures, VirtualResource } from './resource.ts';

/** How long metrics-server looks back, and how old a pod must be to have been looked at. */
const WINDOW_S = 15;

/** What the system of a node uses beside its pods: the kubelet, the runtime, the kernel. */
const SYSTEM = { cpu: 45, memory: 380 * 2 ** 20 };

const usage = (cpu: number, memory: number) => ({
  cpu: `${Math.round(cpu * 1e6)}n`,
  memory: `${Math.round(memory / 1024)}Ki`,
});

/** The metadata and the window of an object that is measured and not kept. */
function measured({ metadata }: KubeObject, { clock }: Measures) {
  const { name, namespace, labels } = metadata;
  const now = toTime(clock.now());
  return {
    metadata: {
      name,
      ...(namespace && { namespace }),
      creationTimestamp: now,
      ...(labels && { labels }),
    } as KubeObject['metadata'],
    timestamp: now,
    window: `${WINDOW_S}s`,
  };
}

function podMetrics(pod: Pod, measures: Measures): PodMetrics[] {
  const used = measures.usageOf(pod);
  const age = measures.clock.now() - Date.parse(pod.status?.startTime ?? toTime(measures.clock.now()));
  if (!used || age < WINDOW_S * 1000) return [];
  const { containers } = pod.spec;
  const share = containers.length;
  return [
    {
      ...measured(pod, measures),
      containers: containers.map(({ name }) => ({ name, usage: usage(used.cpu / share, used.memory / share) })),
    },
  ];
}

function nodeMetrics(node: Node, measures: Measures): NodeMetrics[] {
  const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (!ready) return [];
  const total = { ...SYSTEM };
  for (const pod of measures.store.by('pods', 'node', node.metadata.name)) {
    const used = measures.usageOf(pod);
    total.cpu += used?.cpu ?? 0;
    total.memory += used?.memory ?? 0;
  }
  return [{ ...measured(node, measures), usage: usage(total.cpu, total.memory) }];
}

/** What each running pod uses, shared evenly among its containers. */
export const podUsage: VirtualResource = {
  list: (measures, namespace) => measures.store.list('pods', namespace).flatMap((pod) => podMetrics(pod, measures)),
};

/** What each ready node uses: its pods, and its system. */
export const nodeUsage: VirtualResource = {
  list: (measures) => measures.store.list('nodes').flatMap((node) => nodeMetrics(node, measures)),
};
