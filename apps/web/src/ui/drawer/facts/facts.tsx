import { columnsOf, type Entity, type EntityOf } from '@portolan/shared';
import { useI18n } from '../../../i18n/i18n.tsx';
import { LabelChips } from '../../../views/label-chip.tsx';
import { type Fact, type FactsOf, lines, mono, type Telling } from './fact.tsx';
import { NETWORK_FACTS } from './network-facts.tsx';
import { POLICY_FACTS } from './policy-facts.tsx';
import { STORAGE_FACTS } from './storage-facts.tsx';

/** What is said of what runs, and of what it runs on. */
const CORE_FACTS: FactsOf = {
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

const FACTS: FactsOf = { ...CORE_FACTS, ...NETWORK_FACTS, ...POLICY_FACTS, ...STORAGE_FACTS };

/** Columns that stand above the facts. */
const ABOVE = new Set(['NAME', 'AGE', 'STATUS']);

/** The facts of an entity; those of a kind without its own are what kubectl prints of it. */
export function factsOf(entity: Entity, telling: Telling): readonly Fact[] {
  const tell = FACTS[entity.kind] as ((entity: Entity, telling: Telling) => readonly Fact[]) | undefined;
  const facts =
    tell?.(entity, telling) ??
    (columnsOf(entity.kind) as ReturnType<typeof columnsOf<Entity['kind']>>)
      .filter(({ title }) => !ABOVE.has(title))
      .map(({ title, cell }): Fact => [title, cell(entity, telling.now)]);
  return facts.filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
}

/** What is said of an entity at a glance; `now` is the cluster's clock in epoch milliseconds. */
export function Facts({ entity, now }: { entity: Entity; now: number }) {
  const facts = factsOf(entity, { ...useI18n(), now });
  if (facts.length === 0) return null;
  return (
    <dl
      className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-2 gap-y-1.5 border-line border-t px-6 py-4"
      data-testid="facts"
    >
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="break-words text-12 text-t3">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
