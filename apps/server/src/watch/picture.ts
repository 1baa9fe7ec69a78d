import type { Entity, WatchEvent } from '@portolan/shared';
import type { Quarantine } from './quarantine.ts';

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** A whole picture of a kind as it comes in, by pages or as initial events; nothing of it is shown before it is whole. */
export class Picture {
  #quarantine: Quarantine;
  #held = new Map<string, Entity>();
  #setAside = new Set<string>();

  constructor(quarantine: Quarantine) {
    this.#quarantine = quarantine;
  }

  /** How many objects it holds. */
  get size(): number {
    return this.#held.size + this.#setAside.size;
  }

  put(object: Parameters<Quarantine['project']>[0]): void {
    const { uid } = object.metadata;
    const entity = this.#quarantine.project(object);
    if (entity === null) {
      this.#held.delete(uid);
      this.#setAside.add(uid);
    } else {
      this.#setAside.delete(uid);
      this.#held.set(uid, entity);
    }
  }

  remove(uid: string): void {
    this.#held.delete(uid);
    this.#setAside.delete(uid);
  }

  clear(): void {
    this.#held.clear();
    this.#setAside.clear();
  }

  /** It is whole: what it holds; what is set aside and not in it is forgotten. */
  finish(): Entity[] {
    this.#quarantine.keep(this.#setAside);
    return [...this.#held.values()];
  }
}

/** True for the bookmark that ends the initial events of a WatchList; an annotation of another value is none (KEP-3157). */
export function endsInitialEvents({ type, object }: WatchEvent): boolean {
  return type === 'BOOKMARK' && object.metadata.annotations?.[INITIAL_EVENTS_END] === 'true';
}
