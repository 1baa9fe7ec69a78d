import { ApiError } from './api-error.ts';

/** Kubernetes 1.27 is the first whose apiserver knows `sendInitialEvents`, be it to refuse it (KEP-3157). */
const FIRST_MINOR = 27;

/** How long a server that has never ended a WatchList's initial events may be silent, and take for them altogether. */
const UNPROVEN = { idleMs: 10_000, wholeMs: 60_000 };
const PROVEN = { idleMs: 60_000, wholeMs: Number.POSITIVE_INFINITY };

/** Of a WatchList that breaks off so often in a row, a kind is read in pages. */
export const BREAKS_BEFORE_PAGES = 3;

/** What a cluster is known to make of a WatchList. It is forgotten when the apiserver comes in another version. */
export class WatchListSupport {
  #version: string | null = null;
  #known: 'unknown' | 'proven' | 'refused' = 'unknown';

  /** Whether to try one on a server that calls itself `version`. */
  tried(version: string | null): boolean {
    if (version !== this.#version) {
      this.#version = version;
      this.#known = 'unknown';
    }
    return this.#known !== 'refused' && !isOlder(version);
  }

  /** How long to wait for the end of the initial events. */
  get limits(): { idleMs: number; wholeMs: number } {
    return this.#known === 'proven' ? PROVEN : UNPROVEN;
  }

  /** The end of initial events was seen. */
  proven(): void {
    this.#known = 'proven';
  }

  /** It was answered with a refusal, or ignored. */
  refused(): void {
    if (this.#known !== 'proven') this.#known = 'refused';
  }

  /**
   * Whether a failure means that the server does not do WatchLists, rather than that something went wrong. One that
   * ignores `sendInitialEvents` sends a plain watch, which never says that the initial events have ended.
   */
  isRefusal(error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    return error.reason === 'refused' || (error.reason === 'timeout' && this.#known === 'unknown');
  }
}

function isOlder(version: string | null): boolean {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return major === '1' && Number(minor) < FIRST_MINOR;
}
