import type { Pod } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { isEnded } from '../pod-state.ts';
import { type Load, requestOf } from './filters.ts';

const NOTHING: Load = { cpu: 0n, memory: 0n, pods: 0 };

/** What each node carries, kept as pods come and go: those bound to it that have not ended. */
export class NodeLoads {
  readonly #loads = new Map<string, Load>();

  constructor(store: Store) {
    for (const pod of store.list('pods')) this.#count(pod, 1);
    store.watch('pods', store.version, ({ type, object, previous }) => {
      // Most writes of a pod change nothing that a node carries.
      if (type === 'MODIFIED' && previous?.spec === object.spec && isEnded(previous) === isEnded(object)) return;
      if (previous) this.#count(previous, -1);
      if (type !== 'DELETED') this.#count(object, 1);
    });
  }

  /** What the node of this name carries now. */
  of(node: string): Load {
    return this.#loads.get(node) ?? NOTHING;
  }

  #count(pod: Pod, sign: 1 | -1): void {
    const { nodeName } = pod.spec;
    if (!nodeName || isEnded(pod)) return;
    const load = this.#loads.get(nodeName) ?? { ...NOTHING };
    load.cpu += requestOf(pod, 'cpu') * BigInt(sign);
    load.memory += requestOf(pod, 'memory') * BigInt(sign);
    load.pods += sign;
    if (load.pods === 0) this.#loads.delete(nodeName);
    else this.#loads.set(nodeName, load);
  }
}
