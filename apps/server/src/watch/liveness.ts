import type { Clock } from '../clock.ts';
import { ApiError } from './api-error.ts';
import type { ApiClient } from './transport.ts';

const TICK_MS = 500;
const QUIET_MS = 1500;
const PROBE_MS = 4000;
const DOUBT_MS = 3500;
/** A watch that lived through a longer silence may be half-open: something between may have forgotten it. */
const LONG_DOUBT_MS = 15_000;
const IDENTITY_MS = 300_000;
/** After a watch was cut; and when watches are cut all the time, no more often than this. */
const SUSPECT_MS = 1000;
const IDENTITY_REST_MS = 15_000;
const NAMESPACE = '/api/v1/namespaces/kube-system';

/** What the pulse of a cluster is told to. */
export interface LivenessDeps {
  client: ApiClient;
  clock: Clock;
  /** The apiserver has ceased to answer, or answers again after a silence (`long`: watches may be half-open since then). */
  doubted: () => void;
  healed: (silence: { since: number; long: boolean }) => void;
  /** Another cluster answers at the same address. */
  swapped: (reason: string) => void;
}

/**
 * The pulse of one apiserver. Any byte from it is a sign of life; when none came for 1.5 s it is asked for its version,
 * twice if the first answer is slow. A refusal is an answer too. After 3.5 s without one it is doubted: a frozen process
 * and a black-holed network are known by nothing but their silence. The same goes for the cluster's identity, the uid of
 * its namespace `kube-system`, asked for every five minutes, after every silence and soon after a watch was cut.
 */
export class Liveness {
  #deps: LivenessDeps;
  #end = new AbortController();
  #cancelTick: () => void = () => undefined;
  #cancelIdentity: () => void = () => undefined;
  #lastLife = 0;
  #lastTick = 0;
  #askedAt = 0;
  #asking = 0;
  #doubtedAt: number | null = null;
  #identity: string | null = null;
  #identifiedAt = Number.NEGATIVE_INFINITY;
  #suspected = false;

  constructor(deps: LivenessDeps) {
    this.#deps = deps;
  }

  /** It has not answered for a while; what is live may be old since then. */
  get doubted(): boolean {
    return this.#doubtedAt !== null;
  }

  /** When it was last heard, by the wall clock. */
  get heardAt(): number {
    const { clock } = this.#deps;
    return clock.now() - (clock.monotonic() - this.#lastLife);
  }

  start(): void {
    this.stop();
    const { clock } = this.#deps;
    this.#end = new AbortController();
    this.#lastLife = clock.monotonic();
    this.#lastTick = this.#lastLife;
    this.#askedAt = this.#lastLife;
    this.#tick();
    void this.#identify();
  }

  stop(): void {
    this.#cancelTick();
    this.#cancelIdentity();
    this.#end.abort();
    this.#doubtedAt = null;
  }

  /** A byte came from the apiserver. */
  heard(): void {
    const { clock, healed } = this.#deps;
    const since = this.heardAt;
    this.#lastLife = clock.monotonic();
    if (this.#doubtedAt === null) return;
    const long = this.#lastLife - this.#doubtedAt >= LONG_DOUBT_MS;
    this.#doubtedAt = null;
    healed({ since, long });
    void this.#identify();
  }

  /** A watch ended before its time: who answers next may be another. */
  suspect(): void {
    if (this.#suspected || this.#end.signal.aborted) return;
    this.#suspected = true;
    const { clock } = this.#deps;
    const rest = this.#identifiedAt + IDENTITY_REST_MS - clock.monotonic();
    this.#cancelIdentity();
    this.#cancelIdentity = clock.after(Math.max(SUSPECT_MS, rest), () => void this.#identify());
  }

  #tick(): void {
    const { clock, doubted } = this.#deps;
    const now = clock.monotonic();
    // When we were late ourselves (a busy event loop, a suspended machine) the silence says nothing of the apiserver.
    this.#lastLife += Math.max(0, now - this.#lastTick - 2 * TICK_MS);
    this.#lastTick = now;
    const quiet = now - this.#lastLife;
    if (quiet >= QUIET_MS && now - this.#askedAt >= QUIET_MS && this.#asking < 2) void this.#probe();
    if (quiet >= DOUBT_MS && this.#doubtedAt === null) {
      this.#doubtedAt = now;
      doubted();
    }
    this.#cancelTick = clock.after(TICK_MS, () => this.#tick());
  }

  async #probe(): Promise<void> {
    const { client, clock } = this.#deps;
    const { signal } = this.#end;
    this.#askedAt = clock.monotonic();
    this.#asking++;
    const answered = await answers(client.get('/version', {}, { signal, timeoutMs: PROBE_MS }));
    this.#asking--;
    if (answered && !signal.aborted) this.heard();
  }

  async #identify(): Promise<void> {
    const { client, clock, swapped } = this.#deps;
    const { signal } = this.#end;
    this.#suspected = false;
    this.#identifiedAt = clock.monotonic();
    this.#cancelIdentity();
    this.#cancelIdentity = clock.after(IDENTITY_MS * (0.8 + 0.4 * clock.random()), () => void this.#identify());
    const uid = await uidOf(client.get(NAMESPACE, {}, { signal, timeoutMs: PROBE_MS }));
    if (signal.aborted || uid === null) return;
    const known = this.#identity;
    this.#identity = uid;
    if (known !== null && known !== uid) {
      swapped(`the namespace kube-system was ${known} and is ${uid}: another cluster answers at the same address`);
    }
  }
}

/** Whether the apiserver said anything at all. */
async function answers(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    return error instanceof ApiError && !MUTE.has(error.reason);
  }
}

const MUTE: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'credentials', 'dns', 'tls', 'proxy']);

/** Null where it cannot be had: a cluster may not show it, and then is not known by it. */
async function uidOf(request: Promise<unknown>): Promise<string | null> {
  try {
    const namespace = (await request) as { metadata?: { uid?: unknown } } | null;
    return typeof namespace?.metadata?.uid === 'string' ? namespace.metadata.uid : null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
