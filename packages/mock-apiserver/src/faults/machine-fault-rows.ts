import type { ComponentName } from '../controllers/control-plane/components.ts';
import { choice, SECONDS, text } from './fault-params.ts';
import type { FaultRow, FaultWorld } from './fault-row.ts';
import { refused } from './targets.ts';

const ZONE = 'topology.kubernetes.io/zone';
const COMPONENTS: readonly ComponentName[] = ['kube-controller-manager', 'kube-scheduler'];

const nodeNames = ({ cluster }: FaultWorld) => cluster.store.list('nodes').map(({ metadata }) => metadata.name);

const zoneOf = ({ metadata }: { metadata: { labels?: Record<string, string> } }) => metadata.labels?.[ZONE];

/** Stops the nodes that are not stopped already; the answered function starts those again that are still there. */
function stopNodes({ cluster }: FaultWorld, names: readonly string[], met: () => void): () => void {
  const { nodes, store } = cluster;
  const stopped = names.filter((name) => !nodes.isStopped(name));
  if (stopped.length === 0) throw refused(`${names.join(', ')} is down already: clear that first`);
  for (const name of stopped) {
    nodes.stop(name);
    met();
  }
  return () => {
    for (const name of stopped) if (store.get('nodes', { name })) nodes.start(name);
  };
}

/** The faults of machines and of the processes on them. */
export const MACHINE_FAULTS: readonly FaultRow[] = [
  {
    id: 'node-down',
    title: text('A node is down', '节点宕机'),
    description: text(
      'The machine falls silent: no heartbeats, its pods answer nobody; after 40 s it is NotReady.',
      '节点停止响应：没有心跳，其 Pod 不再应答；40 秒后变为 NotReady。',
    ),
    affects: 'cluster',
    lasts: true,
    params: (world, most) => [choice('node', text('Node', '节点'), nodeNames(world).slice(0, most)), SECONDS],
    begin: (world, values, met) => stopNodes(world, [values.text('node')], met),
  },
  {
    id: 'zone-down',
    title: text('A zone is down', '可用区宕机'),
    description: text('Every node of a zone falls silent at once.', '一个可用区的所有节点同时停止响应。'),
    affects: 'cluster',
    lasts: true,
    params: ({ cluster }) => {
      const zones = new Set(cluster.store.list('nodes').flatMap((node) => zoneOf(node) ?? []));
      return [choice('zone', text('Zone', '可用区'), [...zones].sort()), SECONDS];
    },
    begin(world, values, met) {
      const nodes = world.cluster.store.list('nodes').filter((node) => zoneOf(node) === values.text('zone'));
      return stopNodes(
        world,
        nodes.map(({ metadata }) => metadata.name),
        met,
      );
    },
  },
  {
    id: 'leader-stopped',
    title: text('A leader is stopped', '主控组件停止'),
    description: text(
      'The process that leads a component ends; nothing of it happens until another takes the lease.',
      '某组件的主进程停止；在其他进程取得租约之前，该组件不工作。',
    ),
    affects: 'cluster',
    lasts: true,
    params: () => [choice('component', text('Component', '组件'), COMPONENTS), SECONDS],
    begin({ cluster: { components } }, values, met) {
      const component = COMPONENTS.find((name) => name === values.text('component')) ?? 'kube-controller-manager';
      const host = components.leader(component);
      if (host === undefined) throw refused(`${component} has no leader to stop: another is about to take its lease`);
      components.stop(component, host);
      met();
      return () => components.start(component, host);
    },
  },
];
