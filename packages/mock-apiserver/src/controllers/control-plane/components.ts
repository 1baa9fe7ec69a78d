import type { Clock } from '../../clock.ts';
import { type CandidateState, Election, type ElectionWorld } from './election.ts';
import type { ControlPlaneFacts } from './facts.ts';
import { Gate } from './gate.ts';

/** The components that elect a leader, by the names of their processes. */
export type ComponentName = 'kube-scheduler' | 'kube-controller-manager';

const NAMES: readonly ComponentName[] = ['kube-scheduler', 'kube-controller-manager'];

/** The control plane's processes: who leads, and a switch for each. */
export interface Components {
  /**
   * Ends a component's process on a machine, as a crash would, by default the leader's. Nothing of that component happens
   * until another takes the lease. Throws RangeError for a machine that does not run it.
   */
  stop(name: ComponentName, host?: string): void;
  /** Starts a component's process again, by default on every machine where it is stopped. */
  start(name: ComponentName, host?: string): void;
  /** The machine whose process leads; undefined while none does. */
  leader(name: ComponentName): string | undefined;
  candidates(name: ComponentName): CandidateState[];
  /** A clock whose timers wait while the component has no leader. */
  clock(name: ComponentName): Clock;
  /** Calls `listener` when a process is stopped or started. Answers its own end. */
  subscribe(listener: () => void): () => void;
}

/** Starts the elections of a control plane; the first host leads at once. */
export function startComponents(world: ElectionWorld, { hosts, election: facts }: ControlPlaneFacts): Components {
  if (hosts.length === 0) throw new RangeError('a control plane needs at least one host');
  const listeners = new Set<() => void>();
  const parts = Object.fromEntries(
    NAMES.map((component) => {
      const gate = new Gate(world.clock);
      return [component, { gate, election: new Election(world, { component, hosts, facts, gate }) }];
    }),
  ) as Record<ComponentName, { gate: Gate; election: Election }>;

  const leader = (name: ComponentName) => parts[name].election.candidates().find(({ leads }) => leads)?.host;
  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    stop(name, host = leader(name)) {
      if (host !== undefined) parts[name].election.stop(host);
      tell();
    },
    start(name, host) {
      for (const candidate of host === undefined ? hosts : [host]) parts[name].election.start(candidate);
      tell();
    },
    leader,
    candidates: (name) => parts[name].election.candidates(),
    clock: (name) => parts[name].gate.clock,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
