import { type Entity, KINDS } from '@portolan/shared';
import { LiveStore } from '../../../apps/web/src/store/live-store.ts';
import { LiveStream } from '../../../apps/web/src/stream/live-stream.ts';
import { pageClock } from '../../../apps/web/src/stream/ports.ts';
import { fetchTransport } from '../../../apps/web/src/stream/transport.ts';

/** The page's own stream and store, at work without a page. */
export class BrowserEnd {
  readonly stream: LiveStream;
  readonly store: LiveStore;

  constructor(url: string) {
    this.store = new LiveStore({ frame: (run) => pageClock.after(16, run), now: () => Date.now() });
    this.stream = new LiveStream({
      url,
      transport: fetchTransport,
      clock: pageClock,
      random: Math.random,
      sink: this.store,
    });
    this.stream.start();
  }

  /** The picture, and the digest that it keeps of it. */
  picture(): { entities: Entity[]; digest: string } {
    const digest = this.store.digest();
    return { entities: KINDS.flatMap((kind) => [...this.store.snapshot.graph.all(kind)]), digest };
  }

  get live(): boolean {
    return this.stream.status.connection.state === 'live';
  }

  close(): void {
    this.stream.close();
  }
}
