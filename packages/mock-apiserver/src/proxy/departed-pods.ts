import type { Pod } from '@portolan/shared';
import type { Store } from '../store/store.ts';

/** How many pods that are gone are remembered. */
const MOST = 256;

/** Pods by uid, those that went of late too: the proxy may send to a pod that is gone, and must say whom it meant. */
export class DepartedPods {
  readonly #store: Store;
  readonly #gone = new Map<string, Pod>();

  constructor(store: Store) {
    this.#store = store;
    store.watch('pods', store.version, ({ type, object }) => {
      if (type !== 'DELETED') return;
      this.#gone.set(object.metadata.uid, object);
      const [oldest] = this.#gone.keys();
      if (this.#gone.size > MOST && oldest !== undefined) this.#gone.delete(oldest);
    });
  }

  /** The pod, as it is or last was. */
  find(ref: { namespace?: string | undefined; name: string; uid: string }): Pod | undefined {
    const pod = this.#store.get('pods', ref);
    return pod?.metadata.uid === ref.uid ? pod : this.#gone.get(ref.uid);
  }
}
