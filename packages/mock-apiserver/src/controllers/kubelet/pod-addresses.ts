import type { Pod } from '@portolan/shared';
import { parseCidr } from '../../api/address-pool.ts';

/** Gives pods the addresses of their node's range one after the other, from `.2`, and takes them back. */
export class AddressLease {
  readonly #byPod = new Map<string, string>();
  readonly #last = new Map<string, number>();
  readonly #used = new Set<string>();

  /** The pod's address; the first call takes the next free one. */
  of(pod: Pod, cidr: string): string {
    const uid = pod.metadata.uid;
    const held = this.#byPod.get(uid) ?? pod.status?.podIP;
    const ip = held ?? this.#next(cidr);
    this.#byPod.set(uid, ip);
    this.#used.add(ip);
    return ip;
  }

  release(pod: Pod): void {
    const ip = this.#byPod.get(pod.metadata.uid);
    this.#byPod.delete(pod.metadata.uid);
    if (ip) this.#used.delete(ip);
  }

  #next(cidr: string): string {
    const { first, size } = parseCidr(cidr);
    // .0 is the network, .1 the bridge, the last the broadcast.
    const places = size - 3;
    const start = this.#last.get(cidr) ?? 0;
    for (let step = 0; step < places; step++) {
      const offset = 2 + ((start + step) % places);
      const ip = [24, 16, 8, 0].map((shift) => Math.floor((first + offset) / 2 ** shift) % 256).join('.');
      if (this.#used.has(ip)) continue;
      this.#last.set(cidr, offset - 1);
      return ip;
    }
    throw new Error(`no free pod address in ${cidr}`);
  }
}
