import { ApiError, insist, MERGE, type RealApi } from './api.ts';
import { MARK } from './population.ts';

export const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
/** A node whose lease is 40 s old is made Unknown by the controller of nodes. */
const EVERY_MS = 24_000;
const TURN_MS = 100;
/** Requests under way at most: an apiserver that is slow gets no queue of them. */
const MOST = 16;
const LEASE_S = 40;

/** Renews the leases of nodes as their kubelets would, by turns, until it is told to stop. */
export class Leases {
  readonly #api: RealApi;
  readonly #names: string[] = [];
  readonly #timer: NodeJS.Timeout;
  #next = 0;
  #owed = 0;
  #underWay = 0;
  /** Renewals that failed. */
  failed = 0;

  constructor(api: RealApi) {
    this.#api = api;
    this.#timer = setInterval(() => this.#turn(), TURN_MS);
  }

  /** Creates the lease of a node, which is renewed from then on. */
  async keep(name: string): Promise<void> {
    const metadata = { name, labels: { [MARK.key]: MARK.value } };
    const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_S, renewTime: now() };
    const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
    await insist(this.#api, 'POST', LEASES, { body });
    this.#names.push(name);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    this.#owed = Math.min(this.#names.length, this.#owed + (this.#names.length * TURN_MS) / EVERY_MS);
    for (; this.#owed >= 1 && this.#underWay < MOST; this.#owed--) {
      const name = this.#names[this.#next++ % this.#names.length];
      this.#underWay += 1;
      this.#api
        .ask('PATCH', `${LEASES}/${name}`, { type: MERGE, body: { spec: { renewTime: now() } } })
        .catch((error: unknown) => {
          // Deleted while it was asked for, or the apiserver is busy: the next turn comes.
          if (!(error instanceof ApiError && error.status === 404)) this.failed += 1;
        })
        .finally(() => {
          this.#underWay -= 1;
        });
    }
  }
}

/** As a MicroTime is written. */
function now(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
