import type { MessageData } from '@portolan/shared';

/** Time as the stages see it: `now` in epoch milliseconds; `after` runs once and answers its own cancellation. */
export interface Clock {
  now(): number;
  after(milliseconds: number, run: () => void): () => void;
}

/** The page's clock. */
export const pageClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * Where the messages of a stream go. `restart` begins a fresh picture beside the one shown; `part` and `change` fill
 * whichever is being filled; `commit` shows it, if there is one. What `part` answers is its work, to be gone through before
 * anything else is handed over; it throws when the columns don't fit together. `digest` covers everything that was handed over, applied or not yet.
 */
export interface Sink {
  restart(): void;
  part(data: MessageData<'snapshot'>): Iterable<void>;
  change(data: MessageData<'change'>): void;
  commit(): void;
  sources(data: MessageData<'sources'>): void;
  serverTime(epochMilliseconds: number): void;
  digest(): string;
}
