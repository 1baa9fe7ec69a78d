import type { Random } from '@portolan/shared';
import type { ClusterSize } from './size.ts';
import { DAEMONS, KEEPING, SERVING } from './templates.ts';

/** What a workload's pods are in: most run. */
export type PodTrouble = 'crashes' | 'noImage' | 'tooBig';

/** One workload to be. */
export interface WorkloadPlan {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';
  namespace: string;
  name: string;
  /** The row of the templates that it is made like. */
  shape: string;
  replicas: number;
  served: boolean;
  trouble?: PodTrouble;
}

/** What a large cluster is made of. */
export interface Plan {
  namespaces: string[];
  workloads: WorkloadPlan[];
}

const TEAMS = [
  ...['payments', 'search', 'catalog', 'checkout', 'identity', 'ledger', 'orders', 'pricing', 'shipping', 'reviews'],
  ...['media', 'mail', 'maps', 'fraud', 'loyalty', 'returns', 'stock', 'reports', 'support', 'growth'],
] as const;
const STAGES = ['prod', 'staging', 'qa', 'dev', 'canary', 'load', 'demo', 'spike', 'train', 'beta'] as const;
const THINGS = [
  ...['account', 'basket', 'billing', 'courier', 'coupon', 'digest', 'export', 'feed', 'import', 'index'],
  ...['invoice', 'label', 'notice', 'offer', 'parcel', 'payout', 'profile', 'quote', 'refund', 'session'],
  ...['ticket', 'token', 'tracker', 'upload', 'voucher', 'wallet'],
] as const;

/** How many pods a Deployment has: many are small, a few are large. */
const SIZES = [1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 90, 150] as const;

/** Of so many Deployments one is in this trouble, as many pods of it as said. */
const TROUBLES: [trouble: PodTrouble, of: number, replicas: number][] = [
  ['crashes', 90, 3],
  ['noImage', 150, 2],
  ['tooBig', 200, 1],
];

/** From so few workloads on, each trouble is there at least once. */
const FIRST_TROUBLES = 8;

const SYSTEM = 'kube-system';

function namespacesFor(pods: number): string[] {
  const count = Math.min(TEAMS.length * STAGES.length, Math.max(3, Math.round(Math.sqrt(pods) / 3)));
  return Array.from({ length: count }, (_, index) => {
    const team = TEAMS[index % TEAMS.length];
    return `${team}-${STAGES[Math.floor(index / TEAMS.length)]}`;
  });
}

function daemonsFor({ nodes, pods }: ClusterSize): WorkloadPlan[] {
  const count = Math.min(3, Math.floor(pods / nodes / 4));
  return Object.keys(DAEMONS)
    .slice(0, count)
    .map((name) => ({ kind: 'DaemonSet', namespace: SYSTEM, name, shape: name, replicas: nodes, served: false }));
}

function troubleFor(deployment: number): (typeof TROUBLES)[number] | undefined {
  return TROUBLES.find(([, of], place) => {
    const first = FIRST_TROUBLES + place;
    return deployment === first || (deployment > first && deployment % of === first);
  });
}

/** What a cluster of this size is made of: exactly its pods, seeded. */
export function planOf(size: ClusterSize, random: Random): Plan {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] ?? (values[0] as T);
  const namespaces = namespacesFor(size.pods);
  const workloads = daemonsFor(size);
  let left = size.pods - workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  const taken = new Set<string>();

  const nameIn = (namespace: string, suffix: string) => {
    const base = `${pick(THINGS)}-${suffix}`;
    let name = base;
    for (let again = 2; taken.has(`${namespace}/${name}`); again++) name = `${base}-${again}`;
    taken.add(`${namespace}/${name}`);
    return name;
  };

  const add = (kind: WorkloadPlan['kind'], shape: string, replicas: number, more: Partial<WorkloadPlan> = {}) => {
    const namespace = pick(namespaces);
    const count = Math.min(replicas, left);
    left -= count;
    workloads.push({ kind, namespace, name: nameIn(namespace, shape), shape, replicas: count, served: false, ...more });
  };

  let deployments = 0;
  while (left > 0) {
    const draw = random();
    if (draw < 0.1) add('StatefulSet', pick(Object.keys(KEEPING)), pick([1, 2, 3, 3, 5]), { served: true });
    else if (draw < 0.25) add('Job', 'job', pick([1, 1, 1, 2, 4]));
    else {
      deployments += 1;
      const trouble = troubleFor(deployments);
      if (trouble) add('Deployment', 'api', trouble[2], { trouble: trouble[0] });
      else {
        const shape = pick(Object.keys(SERVING));
        add('Deployment', shape, pick(SIZES), { served: SERVING[shape]?.port !== undefined });
      }
    }
  }
  return { namespaces, workloads };
}
