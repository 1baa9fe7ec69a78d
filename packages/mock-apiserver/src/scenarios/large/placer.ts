import type { Random } from '@portolan/shared';
import { nodesOf, podAddress, troubleOf } from './nodes.ts';
import type { Place } from './pod-states.ts';
import type { ClusterSize } from './size.ts';

/** A place for a pod, with the node that it is on. */
export interface Berth extends Place {
  node: string;
}

/** What fits on a node. The last few addresses stay free for what churn brings. */
const MOST_PODS = 106;

/** Hands out places on nodes, spread over all, none given more than it has. */
export class Placer {
  readonly #nodes: { name: string; address: string; stopped: boolean }[];
  readonly #pods: Uint16Array;
  readonly #milliCores: Float64Array;
  readonly #most: number;
  readonly #random: Random;

  constructor(size: ClusterSize, random: Random) {
    const facts = nodesOf(size);
    this.#random = random;
    this.#nodes = facts.map(({ name, address }, index) => ({
      name,
      address,
      stopped: troubleOf(index, size.nodes) === 'stopped',
    }));
    this.#pods = new Uint16Array(facts.length);
    this.#milliCores = new Float64Array(facts.length);
    this.#most = Number(facts[0]?.cpu ?? 0) * 1000;
  }

  /** The numbers of the nodes whose kubelet is stopped. */
  get stopped(): number[] {
    return this.#nodes.flatMap(({ stopped }, index) => (stopped ? [index] : []));
  }

  /** Whether a node's kubelet is stopped. */
  isStopped(node: number): boolean {
    return this.#nodes[node]?.stopped ?? false;
  }

  /** A place on some node that has room and answers; undefined where none has. */
  any(milliCores: number): Berth | undefined {
    const { length } = this.#nodes;
    const start = Math.floor(this.#random() * length);
    for (let step = 0; step < length; step++) {
      const node = (start + step) % length;
      if (this.isStopped(node) || (this.#pods[node] ?? 0) >= MOST_PODS) continue;
      if ((this.#milliCores[node] ?? 0) + milliCores > this.#most) continue;
      return this.on(node, milliCores);
    }
    return undefined;
  }

  /** A place on the node of this number, whatever it has. */
  on(node: number, milliCores: number, hostNetwork = false): Berth {
    const place = this.#pods[node] ?? 0;
    this.#pods[node] = place + 1;
    this.#milliCores[node] = (this.#milliCores[node] ?? 0) + milliCores;
    const { name = '', address = '' } = this.#nodes[node] ?? {};
    return { node: name, hostIP: address, podIP: hostNetwork ? address : podAddress(node, place) };
  }
}
