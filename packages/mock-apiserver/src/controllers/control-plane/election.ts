import type { KubeObject, Random } from '@portolan/shared';
import type { Cancel, Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { toMicroTime, toTime } from '../../time.ts';
import type { EventRecorder } from '../event-recorder.ts';
import type { ElectionFacts } from './facts.ts';
import type { Gate } from './gate.ts';

const LEASES = 'leases.coordination.k8s.io';
/** Where versions before 1.20 write who leads, as JSON. */
const LEADER = 'control-plane.alpha.kubernetes.io/leader';
/** How much longer than the retry period a candidate may take between two looks (`JitterFactor`). */
const JITTER = 1.2;

type Lease = KubeObject & { spec?: Record<string, string | number> };

/** One process of a component on one machine. */
interface Candidate {
  host: string;
  /** A life of its own: a process that is started again is another candidate. */
  identity: string;
  running: boolean;
  cancel: Cancel | undefined;
}

/** A candidate as others may see it. */
export interface CandidateState {
  host: string;
  running: boolean;
  leads: boolean;
}

/** What an election works with. */
export interface ElectionWorld {
  store: Store;
  clock: Clock;
  random: Random;
  events: EventRecorder;
}

/**
 * Who of a component's processes leads (client-go `tools/leaderelection`): the leader renews its lease; when it has not for
 * the lease's duration, the first other that looks takes it over. The component's gate is open while somebody leads.
 */
export class Election {
  readonly #world: ElectionWorld;
  readonly #component: string;
  readonly #facts: ElectionFacts;
  readonly #gate: Gate;
  readonly #candidates: Candidate[];
  #leader: Candidate | undefined;
  /** When the lease was last renewed, on the clock's simulated time. */
  #renewed = Number.NEGATIVE_INFINITY;
  #acquiredAt = 0;
  #transitions = -1;

  constructor(
    world: ElectionWorld,
    {
      component,
      hosts,
      facts,
      gate,
    }: { component: string; hosts: readonly string[]; facts: ElectionFacts; gate: Gate },
  ) {
    this.#world = world;
    this.#component = component;
    this.#facts = facts;
    this.#gate = gate;
    this.#candidates = hosts.map((host) => ({
      host,
      identity: this.#identityOf(host),
      running: true,
      cancel: undefined,
    }));
    for (const candidate of this.#candidates) this.#look(candidate);
  }

  /** Every candidate, in the order of the hosts. */
  candidates(): CandidateState[] {
    return this.#candidates.map((candidate) => ({
      host: candidate.host,
      running: candidate.running,
      leads: candidate === this.#leader,
    }));
  }

  /** Ends the process on `host` as a crash would: its lease stays until it runs out. */
  stop(host: string): void {
    const candidate = this.#candidateOn(host);
    candidate.running = false;
    candidate.cancel?.();
    candidate.cancel = undefined;
    if (candidate !== this.#leader) return;
    this.#leader = undefined;
    this.#gate.shut();
  }

  /** Starts the process on `host` again; it waits for the lease like any other. */
  start(host: string): void {
    const candidate = this.#candidateOn(host);
    if (candidate.running) return;
    candidate.running = true;
    candidate.identity = this.#identityOf(host);
    this.#look(candidate);
  }

  #candidateOn(host: string): Candidate {
    const candidate = this.#candidates.find((other) => other.host === host);
    if (candidate) return candidate;
    const known = this.#candidates.map((other) => other.host).join(', ');
    throw new RangeError(`no ${this.#component} runs on "${host}": it runs on ${known}`);
  }

  /** One turn of `tryAcquireOrRenew`, and the next to come. */
  #look(candidate: Candidate): void {
    const { clock, random } = this.#world;
    const { leaseSeconds, retrySeconds } = this.#facts;
    if (candidate === this.#leader) this.#renew(candidate);
    else if (!this.#leader && clock.elapsed() >= this.#renewed + leaseSeconds * 1000) this.#acquire(candidate);
    const leads = candidate === this.#leader;
    const wait = retrySeconds * 1000 * (leads ? 1 : 1 + JITTER * random());
    candidate.cancel = clock.after(wait, () => this.#look(candidate));
  }

  #acquire(candidate: Candidate): void {
    const { clock, events } = this.#world;
    this.#leader = candidate;
    this.#acquiredAt = clock.now();
    this.#transitions += 1;
    this.#renew(candidate);
    this.#gate.open();
    const message = `${candidate.identity} became leader`;
    for (const lock of this.#locks()) {
      const source = { component: this.#component };
      events.record(lock, source, { type: 'Normal', reason: 'LeaderElection', message });
    }
  }

  get #ref() {
    return { namespace: 'kube-system', name: this.#component };
  }

  #locks(): KubeObject[] {
    const keys = { leases: [LEASES], endpoints: ['endpoints'], endpointsleases: ['endpoints', LEASES] }[
      this.#facts.lock
    ];
    return keys.flatMap((key) => this.#world.store.get(key, this.#ref) ?? []);
  }

  #renew(candidate: Candidate): void {
    const { clock } = this.#world;
    this.#renewed = clock.elapsed();
    if (this.#facts.lock !== 'endpoints') this.#writeLease(candidate);
    if (this.#facts.lock !== 'leases') this.#writeEndpoints(candidate);
  }

  #writeLease({ identity }: Candidate): void {
    const { store, clock } = this.#world;
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: this.#facts.leaseSeconds,
      acquireTime: toMicroTime(this.#acquiredAt),
      renewTime: toMicroTime(clock.now()),
      leaseTransitions: this.#transitions,
    };
    const lease = { metadata: this.#ref, spec } as unknown as Lease;
    if (!store.get(LEASES, this.#ref)) store.create(LEASES, lease);
    else store.update(LEASES, this.#ref, (draft) => Object.assign(draft, { spec }));
  }

  #writeEndpoints({ identity }: Candidate): void {
    const { store, clock } = this.#world;
    const record = JSON.stringify({
      holderIdentity: identity,
      leaseDurationSeconds: this.#facts.leaseSeconds,
      acquireTime: toTime(this.#acquiredAt),
      renewTime: toTime(clock.now()),
      leaderTransitions: this.#transitions,
    });
    const annotations = { [LEADER]: record };
    if (!store.get('endpoints', this.#ref)) store.create('endpoints', { metadata: { ...this.#ref, annotations } });
    else {
      store.update('endpoints', this.#ref, (draft) => {
        draft.metadata.annotations = { ...draft.metadata.annotations, ...annotations };
        return draft;
      });
    }
  }

  #identityOf(host: string): string {
    if (this.#facts.identity === 'host') return host;
    const hex = (digits: number) =>
      Array.from({ length: digits }, () => Math.floor(this.#world.random() * 16).toString(16)).join('');
    return `${host}_${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}
