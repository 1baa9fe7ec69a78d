import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import { AuditTrail, auditList, UNTOLD, type Verdict } from './audit.ts';
import type { Gate } from './gate.ts';
import type { KindRequest } from './kind-request.ts';
import type { ApiClient } from './transport.ts';
import { hear, type Witness } from './witness.ts';

const PERIOD_MS = 300_000;
/** After a doubtful resume, give or take half: by then a watch that is well has sent what had happened meanwhile. */
const SOON_MS = 2000;
/** Watches that something ends every few seconds are not audited as often. */
const REST_MS = 15_000;
/** What was cut is as of the cut until it was compared. */
const AGAIN_MS = 4000;
/** So many refusals in a row are no accident: what may be watched need not be listed, and then is never compared. */
const REFUSALS = 3;
/** Whoever reads for the picture goes first through the gate. */
const RANK = Number.POSITIVE_INFINITY;

/** What is held while its watch is open; `signal` aborts when it is closed. */
export interface Held {
  request: KindRequest;
  version: string;
  objects: number;
  /** Of what is held, the object that was written last up to a version. */
  newest: (upTo: string) => Witness | null;
  signal: AbortSignal;
}

/** What an auditor needs. */
export interface AuditorDeps {
  client: ApiClient;
  clock: Clock;
  gate: Gate;
  /** Null while there is nothing to be compared. */
  held: () => Held | null;
  /** An audit came to its end; `askedAt` is when its list was asked for, by the clock that is shown. */
  judged: (verdict: Verdict, askedAt: number) => void;
  /** An audit could not be made, and why. */
  failed: (failure: string) => void;
}

/**
 * Compares what is held of one kind with what the apiserver says it holds: every five minutes, give or take a fifth, and
 * soon after a watch was resumed for another reason than its time-out. A watch from a version that the apiserver has not
 * reached is silent for ever, so what was put back to an earlier state behind a cut is told by nothing else.
 */
export class Auditor {
  #deps: AuditorDeps;
  #trail: AuditTrail | null = null;
  #owed = false;
  /** Where the watch was resumed that is doubted. */
  #from: string | null = null;
  #auditedAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  /** An audit found another history, and none has agreed since. */
  #estranged = false;
  #cancel: () => void = () => undefined;

  constructor(deps: AuditorDeps) {
    this.#deps = deps;
  }

  /** What the open watch goes on from has not been compared since it was doubted. */
  get owes(): boolean {
    return this.#owed;
  }

  start(): void {
    this.#arm(this.#periodMs);
  }

  stop(): void {
    this.#cancel();
  }

  /** The watch ended before its time: whatever happened to it may have happened to what the apiserver holds. */
  doubt(): void {
    this.#owed = true;
  }

  /** A watch is open again. */
  resumed(): void {
    const { clock } = this.#deps;
    if (!this.#owed) return;
    this.#from = this.#deps.held()?.version ?? null;
    const rest = this.#auditedAt + REST_MS - clock.monotonic();
    this.#arm(Math.max(rest, SOON_MS * (0.5 + clock.random())));
  }

  /** The watch has come to `version` by an event of the object `uid`, and so many objects are held. */
  reached(version: string, objects: number, uid: string): void {
    this.#trail?.reached(version, objects, uid);
  }

  /** Everything was read anew: there is nothing to be compared with it. */
  settled(): void {
    this.#owed = false;
    this.#trail?.cancel();
  }

  get #periodMs(): number {
    return PERIOD_MS * (0.8 + 0.4 * this.#deps.clock.random());
  }

  #arm(ms: number): void {
    this.#cancel();
    this.#cancel = this.#deps.clock.after(ms, () => {
      this.#arm(this.#periodMs);
      void this.#audit();
    });
  }

  async #audit(): Promise<void> {
    const { clock, gate, held, judged } = this.#deps;
    await gate.connect(RANK);
    const now = held();
    if (now === null || now.signal.aborted) return;
    if (this.#trail !== null) {
      // One of a watch that is no more may still wait for its turn.
      if (this.#owed) this.#arm(AGAIN_MS);
      return;
    }
    const { request, version, objects, newest, signal } = now;
    const witness = this.#owed ? newest(this.#from ?? version) : null;
    const trail = new AuditTrail(clock, { version, held: objects, witness, cut: this.#owed });
    this.#trail = trail;
    this.#auditedAt = clock.monotonic();
    const askedAt = clock.now();
    const verdict = await this.#verdict(trail, request, witness, signal);
    this.#trail = null;
    if (verdict === null || signal.aborted) return;
    judged(this.#tempered(verdict), askedAt);
    this.#owed = false;
  }

  /** A kind whose numbers never agree is no reason to read all the others after every cut. */
  #tempered(verdict: Verdict): Verdict {
    const again = verdict.fault === 'other' && this.#estranged;
    if (verdict.fault === 'other') this.#estranged = true;
    else if (verdict.fault === null && !verdict.untold) this.#estranged = false;
    return again ? { ...verdict, fault: 'mismatch' } : verdict;
  }

  /** Null for an audit that could not be made: it says nothing of what is held, and the watch has its own way to fail. */
  async #verdict(
    trail: AuditTrail,
    request: KindRequest,
    witness: Witness | null,
    signal: AbortSignal,
  ): Promise<Verdict | null> {
    const { client, gate } = this.#deps;
    try {
      const counted = auditList(client, request, this.#owed, signal).then((list) => trail.judge(list, signal));
      if (witness === null) return await counted;
      const weighed = gate
        .connect(RANK)
        .then(() => hear(client, request, witness, signal))
        .then((testimony) => trail.weigh(testimony, signal));
      // Versions that went back are known at once; what is only missing may still come.
      const first = await Promise.race([counted, weighed]);
      const [count, weight] = first.fault === 'regressed' ? [first, first] : await Promise.all([counted, weighed]);
      this.#refusals = 0;
      return weight.fault === null || count.fault === 'regressed' ? count : weight;
    } catch (error) {
      if (signal.aborted) return null;
      this.#refusals = error instanceof ApiError && error.reason === 'forbidden' ? this.#refusals + 1 : 0;
      if (this.#refusals >= REFUSALS) return UNTOLD;
      this.#deps.failed(error instanceof Error ? error.message : String(error));
      if (this.#owed) this.#arm(AGAIN_MS);
      return null;
    }
  }
}
