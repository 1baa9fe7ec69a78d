import type { Entity, EventEntity, Graph, GraphDelta } from '@portolan/shared';
import type { Kept } from './kept-feed.ts';

/** When an event happened last, in epoch milliseconds. */
export function eventTime(event: EventEntity): number {
  return event.last ?? event.first ?? event.created;
}

/** The order in which events are read: the newest first. */
export function byNewest(a: EventEntity, b: EventEntity): number {
  return eventTime(b) - eventTime(a) || b.created - a.created || (a.uid < b.uid ? -1 : 1);
}

/** One pass is all there is to do. */
const NO_MORE: readonly undefined[] = [];

/**
 * The newest events of a namespace, or of all with null, kept change by change: always the first `room` of all in the
 * order of `byNewest`. A change costs what it touches; only when the half of what is kept has gone are all looked at.
 */
export class NewestEvents implements Kept {
  readonly #room: number;
  readonly #namespace: string | null;
  #graph: Graph | null = null;
  /** The newest of all, newest first, up to twice as many as are asked for. */
  #newest: EventEntity[] = [];
  /** Whether there are others. */
  #others = false;

  constructor(room: number, namespace: string | null) {
    this.#room = room;
    this.#namespace = namespace;
  }

  get list(): readonly EventEntity[] {
    return this.#newest.slice(0, this.#room);
  }

  fill(graph: Graph): Iterator<void> {
    this.#graph = graph;
    this.#gather();
    return NO_MORE[Symbol.iterator]();
  }

  apply({ added, updated, removed }: GraphDelta): boolean {
    let touched = false;
    const take = (before: Entity | null, after: Entity | null) => {
      if (before?.kind === 'Event' && this.#isHere(before)) touched = this.#drop(before.uid) || touched;
      if (after?.kind === 'Event' && this.#isHere(after)) touched = this.#insert(after) || touched;
    };
    for (const entity of removed) take(entity, null);
    for (const [before, after] of updated) take(before, after);
    for (const entity of added) take(null, entity);
    if (this.#others && this.#newest.length < this.#room) this.#gather();
    return touched;
  }

  #isHere({ namespace }: EventEntity): boolean {
    return this.#namespace === null || namespace === this.#namespace;
  }

  #drop(uid: string): boolean {
    const at = this.#newest.findIndex((event) => event.uid === uid);
    if (at >= 0) this.#newest.splice(at, 1);
    return at >= 0;
  }

  /** What comes after the last that is kept is kept only if there are no others before it. */
  #insert(event: EventEntity): boolean {
    const newest = this.#newest;
    let at = newest.length;
    while (at > 0 && byNewest(event, newest[at - 1] as EventEntity) < 0) at -= 1;
    if (at === newest.length && this.#others) return false;
    newest.splice(at, 0, event);
    if (newest.length > 2 * this.#room) {
      newest.pop();
      this.#others = true;
    }
    return at < this.#room;
  }

  #gather(): void {
    const graph = this.#graph;
    if (graph === null) return;
    const all = this.#namespace === null ? graph.all('Event') : graph.inNamespace('Event', this.#namespace);
    const most = 2 * this.#room;
    // Oldest first, as they mostly come: then each is added at the end and the first one goes.
    const kept: EventEntity[] = [];
    let others = false;
    for (const event of all) {
      let at = kept.length;
      while (at > 0 && byNewest(event, kept[at - 1] as EventEntity) > 0) at -= 1;
      if (at === 0 && kept.length === most) {
        others = true;
        continue;
      }
      kept.splice(at, 0, event);
      if (kept.length > most) {
        kept.shift();
        others = true;
      }
    }
    this.#newest = kept.reverse();
    this.#others = others;
  }
}
