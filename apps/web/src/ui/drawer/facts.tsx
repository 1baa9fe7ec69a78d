import type { Entity, EntityOf, Kind } from '@portolan/shared';
import type { ReactNode } from 'react';
import { type I18n, useI18n } from '../../i18n/i18n.tsx';
import { LabelChips } from '../../views/label-chip.tsx';

/** What is said of an entity at a glance: name and value. */
type Fact = readonly [name: string, value: ReactNode];
type Facts = { [K in Kind]?: (entity: EntityOf<K>, i18n: I18n) => readonly Fact[] };

const mono = (value: ReactNode) => <span className="font-mono text-12">{value}</span>;
const lines = (values: readonly string[]) => values.map((value) => <div key={value}>{mono(value)}</div>);

/** The facts of each kind, in the order in which they are read. */
const FACTS: Facts = {
  Pod: (pod) => [
    ['READY', pod.ready.join('/')],
    ['RESTARTS', pod.restarts],
  ],
  Service: (service, { text }) => [
    ['TYPE', service.type],
    ['CLUSTER-IP', mono(service.clusterIP ?? '<none>')],
    ['EXTERNAL-IP', mono(service.external.join(', ') || '<none>')],
    ['PORT(S)', lines(service.ports.map(portOf))],
    [text.selector, service.selector ? <LabelChips key="selector" labels={service.selector} /> : '<none>'],
  ],
  Deployment: (deployment, { text }) => [
    ['READY', `${deployment.replicas.ready}/${deployment.replicas.desired}`],
    ['UP-TO-DATE', deployment.replicas.updated],
    ['AVAILABLE', deployment.replicas.available],
    [text.strategy, strategyOf(deployment)],
    [text.images, lines(deployment.images)],
    [text.selector, <LabelChips key="selector" labels={deployment.selector?.matchLabels ?? {}} />],
  ],
  ReplicaSet: (replicaSet, { text }) => [
    ['DESIRED', replicaSet.replicas.desired],
    ['CURRENT', replicaSet.replicas.current],
    ['READY', replicaSet.replicas.ready],
    [text.images, lines(replicaSet.images)],
  ],
  Node: (node, { text }) => [
    ['ROLES', node.roles],
    ['VERSION', mono(node.kubelet ?? '<unknown>')],
    [text.addresses, mono(node.address ?? '<none>')],
    [text.zone, node.zone ?? '<none>'],
    [text.capacity, [node.capacity.cpu && `${node.capacity.cpu} CPU`, node.capacity.memory].filter(Boolean).join(', ')],
    [text.pods, node.allocatable.pods ?? '<unknown>'],
    [text.taints, lines(node.taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`))],
  ],
};

/** A port as kubectl prints it: `80:30001/TCP`. */
function portOf({ port, nodePort, protocol }: EntityOf<'Service'>['ports'][number]): string {
  return `${port}${nodePort === null ? '' : `:${nodePort}`}/${protocol}`;
}

function strategyOf({ strategy }: EntityOf<'Deployment'>): string {
  if (strategy.maxSurge === null && strategy.maxUnavailable === null) return strategy.type;
  return `${strategy.type}, maxSurge ${strategy.maxSurge}, maxUnavailable ${strategy.maxUnavailable}`;
}

/** The facts of one entity; nothing for a kind that has none. */
export function Facts({ entity }: { entity: Entity }) {
  const i18n = useI18n();
  const facts = (FACTS[entity.kind] as ((entity: Entity, i18n: I18n) => readonly Fact[]) | undefined)?.(entity, i18n);
  if (!facts) return null;
  return (
    <dl className="grid grid-cols-[112px_1fr] gap-y-1.5 border-line border-t px-6 py-4">
      {facts
        .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-12 text-t3">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
