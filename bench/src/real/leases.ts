import { Worker } from 'node:worker_threads';
import { insist, type RealApi } from './api.ts';
import { MARK } from './population.ts';

export const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const LEASE_S = 40;

/** Keeps the leases of nodes as their kubelets would, in a thread of its own: whoever compares lists is busy for seconds. */
export class Leases {
  readonly #api: RealApi;
  readonly #renewing: Worker;
  /** Renewals that failed, so far. */
  failed = 0;

  /** `kubeconfig` is the path of that of `api`. */
  constructor(api: RealApi, kubeconfig: string) {
    this.#api = api;
    this.#renewing = new Worker(new URL('./renewing.ts', import.meta.url), {
      workerData: { kubeconfig, path: LEASES },
    });
    this.#renewing.on('message', (failed: number) => {
      this.failed = failed;
    });
  }

  /** Creates the lease of a node, which is renewed from then on. */
  async keep(name: string): Promise<void> {
    const metadata = { name, labels: { [MARK.key]: MARK.value } };
    const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_S, renewTime: microTime() };
    const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
    await insist(this.#api, 'POST', LEASES, { body });
    this.#renewing.postMessage(name);
  }

  /** Resolves once none is renewed any more. */
  async stop(): Promise<void> {
    await this.#renewing.terminate();
  }
}

/** Now, as a MicroTime is written. */
export function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
