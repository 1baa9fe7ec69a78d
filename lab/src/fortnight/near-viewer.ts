import type { Cluster } from '../../../apps/server/src/cli/cluster.ts';
import { parseCursor } from '../../../apps/server/src/stream/cursor.ts';
import { LiveStore } from '../../../apps/web/src/store/live-store.ts';
import { EventParser } from '../../../apps/web/src/stream/event-parser.ts';
import { LiveStream } from '../../../apps/web/src/stream/live-stream.ts';
import type { Transport } from '../../../apps/web/src/stream/transport.ts';
import type { Calendar } from './calendar.ts';

const FRAME_MS = 16;

/** The page's own stream and store, at the hub without a socket between. */
export class NearViewer {
  readonly stream: LiveStream;
  readonly store: LiveStore;
  /** Its socket is full: the hub has to wait for it. */
  #full = false;
  #drained: () => void = () => undefined;

  constructor(cluster: Cluster, clock: Calendar) {
    this.store = new LiveStore({ frame: (run) => clock.after(FRAME_MS, run), now: clock.now.bind(clock) });
    this.stream = new LiveStream({
      url: 'http://near/stream',
      transport: this.#transport(cluster),
      clock,
      random: clock.random,
      sink: this.store,
    });
  }

  /** It reads no further, or goes on. */
  stall(full: boolean): void {
    this.#full = full;
    if (!full) this.#drained();
  }

  #transport(cluster: Cluster): Transport {
    return (url, handlers) => {
      const parser = new EventParser();
      const from = new URL(url).searchParams.get('from');
      let open = true;
      const lost = () => {
        if (!open) return;
        open = false;
        handlers.failed({ reason: 'lost', status: null, retryMs: null, problem: null });
      };
      const read = (bytes: Buffer) => {
        if (!open) return;
        handlers.alive();
        for (const { event, data, id } of parser.push(bytes.toString('utf8'))) handlers.message(event, data, id);
      };
      // What is sent while the viewer opens is read by it afterwards, as from a socket.
      const session = cluster.open(
        { scope: { namespaces: [], kinds: [] }, from: from === null ? null : (parseCursor(from) ?? 'unreadable') },
        {
          unsent: 0,
          write: (bytes) => {
            queueMicrotask(() => read(bytes));
            return !this.#full;
          },
          end: (bytes) =>
            queueMicrotask(() => {
              read(bytes);
              lost();
            }),
          destroy: () => queueMicrotask(lost),
        },
      );
      this.#drained = () => session.drained();
      return () => {
        open = false;
        session.gone();
      };
    };
  }
}
