import type { Kind } from '@portolan/shared';
import { type Clock, pause } from '../clock.ts';
import { ApiError } from './api-error.ts';
import type { Discovery } from './discovery.ts';

const LOOK_MS = 30_000;

/** What a lookout needs. */
export interface LookoutDeps {
  discovery: Discovery;
  clock: Clock;
  /** The kinds that are not read because they are not served. */
  absent: () => readonly Kind[];
  /** The kind is served, and was not when it was looked for last. */
  sighted: (kind: Kind) => void;
}

/**
 * Looks twice a minute whether a kind that is absent has come, be it with its group (a CustomResourceDefinition was created,
 * an aggregated API announced) or into one that was there. A kind that is announced and answers 404 has not come: it is
 * tried again by its own waits.
 */
export class Lookout {
  #deps: LookoutDeps;
  #end = new AbortController();
  #missing = new Set<Kind>();

  constructor(deps: LookoutDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.stop();
    this.#end = new AbortController();
    void this.#watch(this.#end.signal);
  }

  stop(): void {
    this.#end.abort();
    this.#missing.clear();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    for (;;) {
      await pause(clock, LOOK_MS * (0.8 + 0.4 * clock.random()), signal);
      if (signal.aborted) return;
      for (const kind of this.#deps.absent()) await this.#look(kind, signal);
    }
  }

  async #look(kind: Kind, signal: AbortSignal): Promise<void> {
    const { discovery, sighted } = this.#deps;
    discovery.forget(kind);
    try {
      const location = await discovery.locate(kind, signal);
      if (location === null) this.#missing.add(kind);
      else if (this.#missing.delete(kind)) sighted(kind);
    } catch (error) {
      // What cannot be asked is not known to have come; whoever reads says why it cannot be asked.
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }
}
