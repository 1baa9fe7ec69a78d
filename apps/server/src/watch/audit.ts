import { type Clock, pause } from '../clock.ts';
import type { KindRequest } from './kind-request.ts';
import { listOnce } from './list-pages.ts';
import type { ApiClient } from './transport.ts';
import { compareVersions } from './versions.ts';
import type { Testimony, Witness } from './witness.ts';

const LIST_MS = 60_000;
/** After a cut nothing is current before the answer: one that is held back is left, and asked for anew. */
const LIST_AFTER_CUT_MS = 10_000;
/** A bookmark comes about once a minute: by then a watch that is well has reached any version that a list was at. */
const REACH_MS = 90_000;
/** After a cut what is missing is taken for lost sooner: a watch that is well has sent it long since. */
const REACH_AFTER_CUT_MS = 10_000;

/** What the apiserver says that it holds: how many objects at which version; `count` is null where it does not say. */
export interface AuditedList {
  version: string;
  count: number | null;
}

/**
 * What an audit found: nothing amiss, or (`untold`) nothing that could be compared; versions that went back, a history that is
 * not the one that was read before a cut (`other`), or what may only have been missed. `words` completes "the audit found …".
 */
export type Verdict = { fault: null; untold: boolean } | { fault: 'regressed' | 'other' | 'mismatch'; words: string };

const WELL: Verdict = { fault: null, untold: false };
/** Nothing could be compared. */
export const UNTOLD: Verdict = { fault: null, untold: true };

/** Asks for one object of the kind at the newest version: the answer says how many more there are. Sooner late after a cut. */
export async function auditList(
  client: ApiClient,
  request: KindRequest,
  cut: boolean,
  signal: AbortSignal,
): Promise<AuditedList> {
  const patienceMs = cut ? LIST_AFTER_CUT_MS : LIST_MS;
  let here = 0;
  const { metadata } = await listOnce(client, request, { limit: '1', resourceVersion: '' }, signal, patienceMs, () => {
    here += 1;
  });
  const { resourceVersion: version, continue: token, remainingItemCount: left } = metadata;
  const more = token === undefined || token === '' ? 0 : (left ?? null);
  return { version, count: more === null ? null : here + more };
}

/** What an audit begins with: how much is held at which version, and whether the watch was `cut` before. */
export interface AuditStart {
  version: string;
  held: number;
  witness: Witness | null;
  cut: boolean;
}

/**
 * How many objects were held at which version, from just before an audit's list is asked for. What is under way is thus
 * no mismatch: the list's count is held against what was held at the very version of the list, once that is reached.
 */
export class AuditTrail {
  #clock: Clock;
  #start: string;
  #steps: { version: string; held: number }[];
  #overtaken = new AbortController();
  #cancelled = false;
  #target: string | null = null;
  #witness: Witness | null;
  #rewritten = new AbortController();
  #cut: boolean;
  #reachMs: number;

  /** What is held, and after a cut the witness that is asked for beside the list, where there is one. */
  constructor(clock: Clock, { version, held, witness, cut }: AuditStart) {
    this.#clock = clock;
    this.#start = version;
    this.#witness = witness;
    this.#cut = cut;
    this.#reachMs = cut ? REACH_AFTER_CUT_MS : REACH_MS;
    this.#steps = [{ version, held }];
  }

  /** The watch has come to `version` by an event of the object `uid`, and so many objects are held. */
  reached(version: string, held: number, uid: string): void {
    if (uid === this.#witness?.uid) this.#rewritten.abort();
    this.#steps.push({ version, held });
    if (this.#target !== null && (compareVersions(version, this.#target) ?? 0) >= 0) this.#overtaken.abort();
  }

  /** Everything was read anew meanwhile. */
  cancel(): void {
    this.#cancelled = true;
    this.#overtaken.abort();
    this.#rewritten.abort();
  }

  async judge({ version, count }: AuditedList, signal: AbortSignal): Promise<Verdict> {
    const order = compareVersions(version, this.#start);
    if (order === null) return UNTOLD;
    if (order < 0) return { fault: 'regressed', words: `version ${version} where ${this.#start} was read before` };
    if (count === null) return UNTOLD;
    this.#target = version;
    const last = this.#steps.at(-1);
    if (last !== undefined && (compareVersions(last.version, version) ?? 0) < 0) {
      if (last.held === count) return WELL;
      // Nothing that comes later than the list's version can be told from what is missing, so it is waited for.
      await pause(this.#clock, this.#reachMs, AbortSignal.any([signal, this.#overtaken.signal]));
    }
    if (this.#cancelled || signal.aborted) return UNTOLD;
    const held = this.#steps.filter((step) => (compareVersions(step.version, version) ?? 1) <= 0).at(-1)?.held;
    if (held === count) return WELL;
    return {
      fault: this.#missed(version),
      words: `${held} objects at version ${version} where the apiserver holds ${count}`,
    };
  }

  /**
   * What it means that the watch did not tell of something up to a version. One that went on behind a cut and has passed that
   * version goes on in another history, in which other kinds may have missed what no audit of theirs can show.
   */
  #missed(upTo: string | null): 'other' | 'mismatch' {
    const last = this.#steps.at(-1)?.version;
    const passed = upTo !== null && last !== undefined && (compareVersions(last, upTo) ?? -1) >= 0;
    return this.#cut && passed ? 'other' : 'mismatch';
  }

  /**
   * What the witness proves. Versions that were given to other objects are not told by numbers alone: those of a store that
   * was put back overtake, within seconds, what was read before.
   */
  async weigh(testimony: Testimony, signal: AbortSignal): Promise<Verdict> {
    const witness = this.#witness;
    if (testimony === 'untold' || witness === null) return UNTOLD;
    if (testimony === 'same') return WELL;
    const { namespace, name, version } = witness;
    const who = namespace === '' ? name : `${namespace}/${name}`;
    const { other } = testimony;
    // The watch has told of everything up to where it was when the witness was asked for.
    if (other !== null && (compareVersions(other, this.#start) ?? 1) <= 0) {
      return { fault: 'regressed', words: `version ${other} of ${who} where ${version} was read before` };
    }
    await pause(this.#clock, this.#reachMs, AbortSignal.any([signal, this.#rewritten.signal]));
    if (this.#cancelled || signal.aborted) return UNTOLD;
    if (this.#rewritten.signal.aborted) return WELL;
    const instead = other === null ? 'nothing' : `version ${other}`;
    return {
      fault: this.#missed(other ?? this.#target),
      words: `version ${version} of ${who} where the apiserver holds ${instead}`,
    };
  }
}
