import type { ComponentStatus } from '@portolan/shared';
import type { ComponentName, Components } from './components.ts';
import type { ComponentStatusFacts } from './facts.ts';

/** What `componentstatuses` calls the components that elect a leader, and where it probes them (`getServersToValidate`). */
const PROBED: [name: string, component: ComponentName, port: number][] = [
  ['controller-manager', 'kube-controller-manager', 10_257],
  ['scheduler', 'kube-scheduler', 10_259],
];

const ETCD: ComponentStatusFacts = { name: 'etcd-0', healthy: true, message: 'ok' };

const statusOf = ({ name, healthy, message }: ComponentStatusFacts): ComponentStatus => ({
  metadata: { name } as ComponentStatus['metadata'],
  conditions: [{ type: 'Healthy', status: healthy ? 'True' : 'False', message }],
});

/** The components of a control plane as `kubectl get componentstatuses` shows them: healthy while a process of theirs runs. */
export function componentStatuses(
  components: Components,
  others: readonly ComponentStatusFacts[] = [ETCD],
): ComponentStatus[] {
  const probed = PROBED.map(([name, component, port]) => {
    const healthy = components.candidates(component).some(({ running }) => running);
    const address = `127.0.0.1:${port}`;
    const refused = `Get "https://${address}/healthz": dial tcp ${address}: connect: connection refused`;
    return { name, healthy, message: healthy ? 'ok' : refused };
  });
  return [...probed, ...others].map(statusOf).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}
