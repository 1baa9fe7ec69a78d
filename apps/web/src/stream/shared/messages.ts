import type { Cursor } from '../cursor.ts';
import type { Failure } from '../transport.ts';

/**
 * What a tab says to the worker. `open` comes first, once a port; `took` answers every message and its like, with the
 * length of its data; `ask` wants to hear `here`; `close` ends it.
 */
export type ToWorker =
  | { say: 'open'; url: string; from: Cursor | null }
  | { say: 'took'; length: number }
  | { say: 'ask' }
  | { say: 'close' };

/**
 * What the worker says to a tab. `here` answers `open` and `ask` at once; `alone` means that the worker's stream cannot be
 * joined at that cursor, and that nothing more comes; `message`, `alive` and `failed` are those of a transport.
 */
export type ToTab =
  | { say: 'here' }
  | { say: 'alone' }
  | { say: 'message'; event: string; data: string; id: string }
  | { say: 'alive' }
  | { say: 'failed'; failure: Failure };

/** One end of a channel between a tab and the worker. Messages arrive in order; after `close` none does. */
export interface Port<Out, In> {
  post(message: Out): void;
  listen(take: (message: In) => void): void;
  close(): void;
}

/** A browser's port as such an end. What travels is of our own making: both ends come from one build. */
export function portOf<Out, In>(port: MessagePort): Port<Out, In> {
  return {
    post: (message) => port.postMessage(message),
    listen(take) {
      port.addEventListener('message', (event: MessageEvent<In>) => take(event.data));
      port.start();
    },
    close: () => port.close(),
  };
}
