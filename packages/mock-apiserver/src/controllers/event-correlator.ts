import type { Clock } from '../clock.ts';

/** Events that a source may tell of one object at once, and how many come back a second (client-go `tools/record`). */
const SPAM = { burst: 25, perSecond: 1 / 300 };

/** How many different messages with one reason stand for themselves, and after which pause the count begins anew. */
const SIMILAR = { most: 10, intervalMs: 600_000 };

/** How many objects, reasons and messages are remembered (`maxLruCacheEntries`). */
const REMEMBERED = 4096;

/** A map of the last used; whoever was not used for longest goes first. */
export class Recent<V> {
  readonly #entries = new Map<string, V>();

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= REMEMBERED) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      break;
    }
  }
}

/** What tells events apart: who says it, of which object, why, and in which words. */
export interface Utterance {
  /** Component and host, as one text. */
  source: string;
  /** The object, as one text. */
  object: string;
  type: string;
  reason: string;
  message: string;
  /** The part of the object that is meant, such as a container. */
  field: string;
}

/** What becomes of an event: whose count it raises if that is known, and the words it then has. */
export interface Correlated {
  key: string;
  message: string;
}

/**
 * Keeps events from flooding (`EventCorrelator` in client-go `tools/record/events_cache.go`): a source that tells too much
 * of one object is cut short, and of one reason the tenth message and those after it become one event.
 */
export class EventCorrelator {
  readonly #clock: Clock;
  readonly #buckets = new Recent<{ tokens: number; at: number }>();
  readonly #similar = new Recent<{ messages: Set<string>; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Undefined for an event that is not told at all. */
  correlate({ source, object, type, reason, message, field }: Utterance): Correlated | undefined {
    const now = this.#clock.elapsed();
    const about = `${source}\n${object}`;
    if (!this.#accepts(about, now)) return undefined;
    const similar = `${about}\n${type}\n${reason}`;
    const before = this.#similar.get(similar);
    const messages = before && now - before.at <= SIMILAR.intervalMs ? before.messages : new Set<string>();
    messages.add(message);
    this.#similar.set(similar, { messages, at: now });
    if (messages.size < SIMILAR.most) return { key: `${similar}\n${field}\n${message}`, message };
    messages.delete(message);
    return { key: similar, message: `(combined from similar events): ${message}` };
  }

  #accepts(key: string, now: number): boolean {
    const before = this.#buckets.get(key) ?? { tokens: SPAM.burst, at: now };
    const tokens = Math.min(SPAM.burst, before.tokens + ((now - before.at) / 1000) * SPAM.perSecond);
    const accepted = tokens >= 1;
    this.#buckets.set(key, { tokens: accepted ? tokens - 1 : tokens, at: now });
    return accepted;
  }
}
