import { LiveStore } from '../store/live-store.ts';
import { LiveStream } from '../stream/live-stream.ts';
import type { Clock } from '../stream/ports.ts';
import { Exchange } from '../stream/shared/exchange.ts';
import type { Port, ToTab, ToWorker } from '../stream/shared/messages.ts';
import { sharedTransport } from '../stream/shared/shared-transport.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeServer } from './fake-server.ts';

/** A tab of the fake browser. A frozen one runs nothing and takes no message, and its messages wait. */
export interface FakeTab {
  stream: LiveStream;
  store: LiveStore;
  frozen: boolean;
  /** Messages that wait in its ports. */
  waiting(): number;
  names(): string[];
}

/** How a fake browser differs from one in which a message takes a millisecond. */
export interface FakeBrowserOptions {
  workers?: boolean;
  delay?: () => number;
  latency?: () => number;
}

/** A browser with one shared worker, and tabs that have a stream, a store and that worker; all on one fake clock. */
export class FakeBrowser {
  readonly clock = new FakeClock();
  readonly server: FakeServer;
  #worker: Exchange | 'dead' | null;
  readonly #delay: () => number;
  #generation = 0;

  /** `delay` is the milliseconds that a message takes between a tab and the worker, `latency` from the server. */
  constructor({ workers = true, delay = () => 1, latency = () => 0 }: FakeBrowserOptions = {}) {
    this.server = new FakeServer(this.clock, latency);
    this.#delay = delay;
    this.#worker = workers ? this.#newWorker() : null;
  }

  /** The worker ends without a word, and no other can be started; or, `again`, the next port finds another. */
  killWorker(again = false): void {
    this.#generation += 1;
    this.#worker = again ? this.#newWorker() : 'dead';
  }

  open(name: string, random: () => number = () => 0.5): FakeTab {
    const { clock, server } = this;
    const queue: (() => void)[] = [];
    const deliver = (run: () => void) => {
      if (tab.frozen) queue.push(run);
      else run();
    };
    const own: Clock = {
      now: clock.now,
      after(milliseconds, run) {
        let cancelled = false;
        const cancel = clock.after(milliseconds, () => deliver(() => !cancelled && run()));
        return () => {
          cancelled = true;
          cancel();
        };
      },
    };
    const store = new LiveStore({ frame: (run) => own.after(16, run), now: clock.now });
    const stream = new LiveStream({
      url: '/stream',
      clock: own,
      random,
      sink: store,
      probe: () => Promise.resolve(server.up),
      transport: sharedTransport({
        connect: () => this.#connect(deliver),
        own: server.transport(name),
        clock: own,
      }),
    });
    let frozen = false;
    const tab: FakeTab = {
      stream,
      store,
      get frozen() {
        return frozen;
      },
      set frozen(value: boolean) {
        frozen = value;
        if (!value) for (const run of queue.splice(0)) run();
      },
      waiting: () => queue.length,
      names: () => [...store.snapshot.graph.all('Namespace')].map((one) => `${one.name}@${one.version}`).sort(),
    };
    stream.start();
    return tab;
  }

  #newWorker(): Exchange {
    return new Exchange({ transport: this.server.transport('worker'), clock: this.clock });
  }

  #connect(deliver: (run: () => void) => void): Port<ToWorker, ToTab> | null {
    const worker = this.#worker;
    if (worker === null) return null;
    const generation = this.#generation;
    let toTab: (message: ToTab) => void = () => undefined;
    let toWorker: (message: ToWorker) => void = () => undefined;
    const [toTabLane, toWorkerLane] = [this.#lane(), this.#lane()];
    let [tabClosed, workerClosed] = [false, false];
    if (worker !== 'dead') {
      worker.connect({
        post: (message) =>
          toTabLane(() =>
            deliver(() => {
              if (!tabClosed && generation === this.#generation) toTab(message);
            }),
          ),
        listen: (take) => {
          toWorker = take;
        },
        close: () => {
          workerClosed = true;
        },
      });
    }
    return {
      post: (message) => {
        toWorkerLane(() => {
          if (generation === this.#generation && !workerClosed) toWorker(message);
        });
      },
      listen: (take) => {
        toTab = take;
      },
      close: () => {
        tabClosed = true;
      },
    };
  }

  /** Runs things later, in the order in which they were given. */
  #lane(): (run: () => void) => void {
    let last = 0;
    return (run) => {
      const now = this.clock.now();
      last = Math.max(last, now + this.#delay());
      this.clock.after(last - now, run);
    };
  }
}
