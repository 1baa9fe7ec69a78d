import type { Probe as ProbeSpec } from '@portolan/shared';
import type { Cancel } from '../../clock.ts';
import type { ProbeKind } from './failing-probes.ts';

/** A container's answer to a probe: nothing wrong, or what the probe would report; good until `until`, in elapsed ms. */
export interface Answer {
  problem: string | undefined;
  until: number;
}

/** What a probe is asked on behalf of. */
export interface Probed {
  /** Simulated milliseconds since the clock began. */
  elapsed(): number;
  after(ms: number, run: () => void): Cancel;
  /** Asks the container. */
  ask(kind: ProbeKind): Answer;
  /** An answer that counts: the threshold has been reached. */
  decided(kind: ProbeKind, ok: boolean): void;
  /** A probe that failed. */
  failed(kind: ProbeKind, problem: string): void;
}

const DEFAULTS = { initialDelaySeconds: 0, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };

/**
 * One probe of one running container (`pkg/kubelet/prober/worker.go`): asks every period from the container's start, after
 * its initial delay, and decides when the same answer has come as often as its threshold says. While nothing can change
 * it does not ask, so that a healthy pod costs no timer; `poke` says that something did.
 */
export class Probe {
  readonly kind: ProbeKind;
  readonly #spec: Required<Pick<ProbeSpec, keyof typeof DEFAULTS>>;
  readonly #probed: Probed;
  readonly #startedAt: number;
  #cancel: Cancel | undefined;
  #decided: boolean | undefined;
  #last: boolean | undefined;
  #run = 0;
  #turn = -1;

  /** `decided` is what holds before the first answer counts, if anything does. */
  constructor(kind: ProbeKind, spec: ProbeSpec, startedAt: number, probed: Probed, decided?: boolean) {
    this.kind = kind;
    this.#spec = { ...DEFAULTS, ...spec };
    this.#startedAt = startedAt;
    this.#probed = probed;
    this.#decided = decided;
    this.#wait(probed.elapsed());
  }

  /** Something about the container changed: asks again at the next turn. */
  poke(): void {
    this.#wait(this.#probed.elapsed());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Waits for the first turn at or after `from`. */
  #wait(from: number): void {
    this.stop();
    if (from === Number.POSITIVE_INFINITY) return;
    const period = this.#spec.periodSeconds * 1000;
    const earliest = Math.max(from, this.#startedAt + this.#spec.initialDelaySeconds * 1000);
    // A timer may come a little early: no turn is taken twice.
    const turn = Math.max(Math.ceil((earliest - this.#startedAt) / period), this.#turn + 1);
    const due = this.#startedAt + turn * period;
    this.#cancel = this.#probed.after(due - this.#probed.elapsed(), () => {
      this.#turn = turn;
      this.#ask();
    });
  }

  #ask(): void {
    const now = this.#probed.elapsed();
    this.#cancel = undefined;
    const { problem, until } = this.#probed.ask(this.kind);
    const ok = problem === undefined;
    this.#run = ok === this.#last ? this.#run + 1 : 1;
    this.#last = ok;
    // The next turn first: what is decided may stop this probe.
    const { successThreshold, failureThreshold } = this.#spec;
    const counts = this.#run >= (ok ? successThreshold : failureThreshold);
    this.#wait(ok && (counts || this.#decided === true) ? Math.max(until, now) : now);
    if (problem !== undefined) this.#probed.failed(this.kind, problem);
    if (!counts || this.#decided === ok) return;
    this.#decided = ok;
    this.#probed.decided(this.kind, ok);
  }
}
