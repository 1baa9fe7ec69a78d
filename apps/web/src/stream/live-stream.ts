import { type Message, type MessageData, type MessageName, messages, PROTOCOL } from '@portolan/shared';
import { fullJitter } from './backoff.ts';
import type { Connection, Loss, StreamStatus } from './connection.ts';
import { type Cursor, streamFrom } from './cursor.ts';
import { COMMENT } from './event-parser.ts';
import { atOnce, type Pace } from './pace.ts';
import type { Clock, Sink } from './ports.ts';
import type { Failure, Transport } from './transport.ts';

/** A connection is dead after this long without a byte; the server speaks at least every 15 s. */
const SILENCE = 45_000;
/** After this long without a byte the server is asked whether it is there, and again as long as nothing comes. */
const DOUBT = 3_000;
/** A stream that has borne pulses, one after 3 s without a message at the latest, has missed two after this long. */
const PULSELESS = 6_000;
/** A stream that has been silent for longer than this when the machine wakes is not waited for: a live one never is. */
const ASLEEP = 20_000;
/** How far a snapshot has come is told this often, in milliseconds. */
const PROGRESS = 100;
/** Changes that wait to be applied, in characters, are at most so many: more of them come faster than they are applied. */
const BACKLOG = 64 * 1024 * 1024;
/** A timer that is later than this says that the machine, or the page, was asleep. */
const LATE = 5_000;

/**
 * What a stream needs from outside. `url` may carry a query; `random` answers in [0, 1). `probe` asks the server, on
 * another connection, whether it is there, and answers within a few seconds; it never rejects. `pace` divides the work
 * that messages make.
 */
export interface LiveStreamOptions {
  url: string;
  transport: Transport;
  clock: Clock;
  random: () => number;
  sink: Sink;
  probe?: () => Promise<boolean>;
  pace?: Pace;
}

/**
 * One cluster's stream, kept alive: it opens, checks every message, hands it to the sink at its pace, resumes where it was
 * after a loss, and asks for a new snapshot when the digest says that the picture is not the server's. `status` is replaced,
 * never changed in place, and every replacement is announced to the subscribers.
 */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  readonly #listeners = new Set<() => void>();
  #status: StreamStatus;
  #heard: number | null = null;
  #cursor: Cursor | null = null;
  /** The number that must be reached before a resumed stream is live. */
  #target = 0;
  #epoch = '';
  #build: string | null = null;
  #attempt = 0;
  #suspect = false;
  #close: () => void = () => undefined;
  #cancelTimer: () => void = () => undefined;
  #cancelDoubt: () => void = () => undefined;
  /** Bytes that came so far, in pieces: tells whether anything came while a probe was under way. */
  #pieces = 0;
  /** Whether pulses come through on this connection: something between may keep them back until there is more to send. */
  #pulsing = false;
  /** Messages that came and wait for their turn, the first of them at `#next`, and what is left of the one under way. */
  #waiting: { event: MessageName; text: string }[] = [];
  #next = 0;
  #backlog = 0;
  #rest: Iterator<void> | null = null;
  #working = false;
  #told = 0;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    const now = options.clock.now();
    this.#status = {
      connection: { state: 'connecting', since: now },
      behindSince: now,
      newBuild: false,
      silentSince: null,
      divergences: 0,
      problem: null,
    };
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** When the last byte came, in this browser's epoch milliseconds; null before the first. */
  get heard(): number | null {
    return this.#heard;
  }

  /** Calls `listener` after every new `status`; answers its own unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the stream. */
  start(): void {
    this.#open();
  }

  /** Tries now instead of at `retryAt`; does nothing unless it waits. */
  retryNow(): void {
    if (this.#status.connection.state === 'waiting') this.#open();
  }

  /**
   * The machine, the page or the network is back: tries at once what waits, gives up at once what must have died in its
   * sleep, and asks after the rest.
   */
  wake(): void {
    const { connection } = this.#status;
    if (connection.state === 'stopped') return;
    if (connection.state === 'waiting') {
      this.#open();
      return;
    }
    const quiet = this.#now() - this.#lastSign();
    if (quiet > ASLEEP) {
      this.#fallBehind();
      this.#open();
    } else if (quiet > DOUBT) this.#ask();
  }

  /** Ends it for good. */
  close(): void {
    this.#stop('closed');
  }

  #open(): void {
    this.#disconnect();
    this.#become({ state: 'connecting', since: this.#now() }, { silentSince: null });
    this.#pulsing = false;
    this.#watch();
    const { transport, url } = this.#options;
    this.#close = transport(streamFrom(url, this.#cursor), {
      message: (event, data) => this.#receive(event, data),
      alive: () => this.#alive(),
      failed: (failure) => this.#failed(failure),
    });
  }

  #failed({ reason, retryMs, problem }: Failure): void {
    if (reason === 'refused') this.#status = { ...this.#status, problem };
    this.#lose(reason, retryMs ?? undefined);
  }

  #alive(): void {
    this.#heard = this.#now();
    this.#pieces += 1;
    this.#watch();
    if (this.#status.silentSince !== null) this.#become(this.#status.connection, { silentSince: null });
  }

  #receive(event: string, text: string): void {
    this.#alive();
    if (event === COMMENT) this.#pulsing = true;
    // What a later server may have to say beside the protocol is none of ours.
    if (!isMessage(event)) return;
    if (event === 'change') this.#backlog += text.length;
    if (this.#backlog > BACKLOG) {
      this.#lose('behind');
      return;
    }
    this.#waiting.push({ event, text });
    if (!this.#working) this.#work();
  }

  #work(): void {
    this.#working = true;
    const over = (this.#options.pace ?? atOnce).stretch();
    while (this.#step()) {
      if (!over()) continue;
      (this.#options.pace ?? atOnce).later(() => this.#work());
      return;
    }
    this.#working = false;
  }

  /** Some of the message under way, or the next one; false when there is none. */
  #step(): boolean {
    if (this.#rest !== null) {
      this.#goOn(this.#rest);
      return true;
    }
    const next = this.#waiting[this.#next];
    if (next === undefined) {
      this.#forget();
      return false;
    }
    this.#next += 1;
    if (next.event === 'change') this.#backlog -= next.text.length;
    const message = parse(next.event, next.text);
    if (message instanceof Error) this.#refuse(message);
    else this.#handle(message);
    return true;
  }

  #goOn(rest: Iterator<void>): void {
    try {
      if (rest.next().done && this.#rest === rest) this.#rest = null;
    } catch (error) {
      this.#refuse(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** What waits is not handled any more: a stream that goes on after the cursor has all of it again. */
  #forget(): void {
    this.#waiting = [];
    this.#next = 0;
    this.#backlog = 0;
    this.#rest = null;
  }

  /** What was applied before a message that can't be read is not to be trusted either. */
  #refuse(problem: Error): void {
    this.#cursor = null;
    this.#become(this.#status.connection, { problem: problem.message });
    this.#lose('malformed');
  }

  #handle(message: Message): void {
    const { sink } = this.#options;
    switch (message.event) {
      case 'hello':
        this.#greeted(message.data);
        break;
      case 'reset':
        this.#startOver();
        break;
      case 'snapshot':
        this.#take(message.data);
        break;
      case 'synced':
        sink.commit();
        this.#advance(message.data.seq);
        this.#live();
        this.#verify(message.data);
        break;
      case 'change':
        sink.change(message.data);
        // While a snapshot is on its way the cursor comes with `synced`.
        if (this.#cursor === null) break;
        this.#advance(message.data.seq);
        if (message.data.seq >= this.#target) this.#live();
        break;
      case 'sources':
        sink.serverTime(message.data.serverTime);
        sink.sources(message.data);
        break;
      case 'heartbeat':
        sink.serverTime(message.data.serverTime);
        if (this.#resuming()) this.#live();
        this.#verify(message.data);
        break;
      case 'goodbye':
        this.#lose('goodbye', message.data.retryMs);
        break;
    }
  }

  #greeted(hello: MessageData<'hello'>): void {
    if (hello.protocol !== PROTOCOL) {
      this.#stop('protocol');
      return;
    }
    this.#build ??= hello.build;
    if (hello.build !== this.#build) this.#become(this.#status.connection, { newBuild: true });
    this.#epoch = hello.epoch;
    if (this.#cursor?.epoch !== hello.epoch) {
      this.#startOver();
      return;
    }
    this.#target = hello.seq;
    if (this.#cursor.seq >= hello.seq) this.#live();
    else this.#become({ state: 'syncing', since: this.#now(), received: 0, expected: 0 });
  }

  #startOver(): void {
    this.#cursor = null;
    this.#options.sink.restart();
    this.#become({ state: 'syncing', since: this.#now(), received: 0, expected: 0 });
  }

  #take(part: MessageData<'snapshot'>): void {
    this.#rest = this.#options.sink.part(part)[Symbol.iterator]();
    const { connection } = this.#status;
    if (connection.state !== 'syncing') return;
    const next = { ...connection, received: connection.received + part.count, expected: part.total };
    if (this.#now() - this.#told < PROGRESS) this.#status = { ...this.#status, connection: next };
    else {
      this.#told = this.#now();
      this.#become(next);
    }
  }

  /** True while a resumed stream catches up; false while a snapshot is on its way, which ends with `synced`. */
  #resuming(): boolean {
    return this.#status.connection.state === 'syncing' && this.#cursor !== null;
  }

  #advance(seq: number): void {
    this.#cursor = { epoch: this.#epoch, seq };
  }

  #live(): void {
    if (this.#status.connection.state === 'live') return;
    this.#attempt = 0;
    this.#become({ state: 'live', since: this.#now() }, { behindSince: null, problem: null });
  }

  #verify({ seq, digest }: { seq: number; digest: string }): void {
    if (this.#cursor?.seq !== seq || this.#status.connection.state !== 'live') return;
    if (this.#options.sink.digest() === digest) {
      this.#suspect = false;
      return;
    }
    this.#cursor = null;
    this.#become(this.#status.connection, { divergences: this.#status.divergences + 1 });
    if (this.#suspect) {
      this.#lose('diverged');
      return;
    }
    this.#suspect = true;
    this.#fallBehind();
    this.#open();
  }

  #lose(reason: Loss, delay = fullJitter(this.#attempt, this.#options.random)): void {
    this.#disconnect();
    this.#attempt += 1;
    this.#fallBehind();
    const now = this.#now();
    this.#become({ state: 'waiting', since: now, retryAt: now + delay, reason }, { silentSince: null });
    this.#cancelTimer = this.#options.clock.after(delay, () => this.#open());
  }

  #stop(reason: 'protocol' | 'closed'): void {
    this.#disconnect();
    this.#fallBehind();
    this.#become({ state: 'stopped', since: this.#now(), reason }, { silentSince: null });
  }

  #disconnect(): void {
    this.#cancelTimer();
    this.#cancelDoubt();
    this.#close();
    this.#close = () => undefined;
    this.#forget();
  }

  #watch(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(SILENCE, () => this.#lose('silent'));
    this.#doubt();
  }

  #doubt(): void {
    this.#cancelDoubt();
    const due = this.#now() + DOUBT;
    this.#cancelDoubt = this.#options.clock.after(DOUBT, () => {
      if (this.#now() - due > LATE) this.wake();
      else this.#ask();
    });
  }

  /**
   * Asks whether the server is there. No answer: the silence is said, and the connection is left alone, for it may only
   * be the network's moment. An answer on another connection while this one stays silent: it was this one that died, if
   * the server had been away or this one owes two pulses.
   */
  #ask(): void {
    const { probe } = this.#options;
    if (!probe) return;
    this.#cancelDoubt();
    const pieces = this.#pieces;
    const current = this.#close;
    // The probe never rejects; what comes after another connection was opened is not about this one.
    void probe().then((answered) => {
      if (this.#close !== current || this.#pieces !== pieces) return;
      const { connection, silentSince } = this.#status;
      const pulseless = this.#pulsing && this.#now() - this.#lastSign() >= PULSELESS;
      if (answered && (silentSince !== null || pulseless)) {
        this.#lose('silent');
        return;
      }
      if (!answered && silentSince === null) this.#become(connection, { silentSince: this.#lastSign() });
      this.#doubt();
    });
  }

  /** When the connection last gave a sign of life, or was asked for. */
  #lastSign(): number {
    const { connection } = this.#status;
    const opened = connection.state === 'connecting' ? connection.since : 0;
    return Math.max(this.#heard ?? 0, opened);
  }

  #fallBehind(): void {
    if (this.#status.behindSince === null) {
      this.#status = { ...this.#status, behindSince: this.#now() };
    }
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #become(connection: Connection, more: Partial<StreamStatus> = {}): void {
    this.#status = { ...this.#status, connection, ...more };
    for (const listener of this.#listeners) listener();
  }
}

function isMessage(event: string): event is MessageName {
  return Object.hasOwn(messages, event);
}

function parse(event: MessageName, text: string): Message | Error {
  try {
    return { event, data: messages[event].parse(JSON.parse(text)) } as Message;
  } catch (error) {
    return new Error(`${event}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
