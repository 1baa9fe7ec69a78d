import { Digest, type Entity, type Kind, kindRow, type Source } from '@portolan/shared';
import type { ScaledClock } from '../scaled-clock.ts';
import { inScope } from '../truth/compare-truth.ts';
import type { Journal } from '../truth/journal.ts';
import type { Viewer } from './viewer.ts';

/** From the apiserver to a picture, when nothing is in the way; the clock's milliseconds. */
const SLACK_MS = 10_000;
const SETTLING_MS = 3000;

/** Looks over a viewer's shoulder all the while. It keeps the first thing that must not be. */
export class Witness {
  readonly #viewer: Viewer;
  readonly #journal: Journal;
  readonly #clock: ScaledClock;
  readonly #silent: () => boolean;
  /** What was last shown of each object, and which of its states in the journal that was. */
  readonly #last = new Map<string, { entity: Entity; state: number }>();
  readonly #verified = new WeakSet<Entity>();
  readonly #unknown = new Map<string, Entity>();
  #broken: string | null = null;

  /** `silent` tells whether something is at work that hides the age of what is shown from everybody. */
  constructor(viewer: Viewer, journal: Journal, clock: ScaledClock, silent: () => boolean) {
    this.#viewer = viewer;
    this.#journal = journal;
    this.#clock = clock;
    this.#silent = silent;
    viewer.store.subscribe(() => this.#look());
  }

  /** The first thing seen that must not be, or null. What was shown and cannot be found in the end is one. */
  verdict(): string | null {
    for (const entity of this.#unknown.values()) this.#check(entity);
    const [never] = this.#unknown.values();
    if (never !== undefined) this.#say(`${words(never)} was shown, and the apiserver never held it`);
    const { divergences } = this.#viewer.stream.status;
    if (divergences > 0) this.#say(`the digest disagreed ${divergences} times`);
    return this.#broken === null ? null : `${this.#viewer.name}: ${this.#broken}`;
  }

  /** Holds what is called fresh against what must have been known by then. */
  judgeAges(): void {
    if (this.#silent() || this.#viewer.staleness() !== null) return;
    if (this.#viewer.stream.status.connection.state !== 'live') return;
    const fresh = new Map(
      this.#viewer.ages().flatMap(({ kind, state, age }) => (state === 'live' ? [[kind, age]] : [])),
    );
    const shown = new Map(this.#viewer.entities().map((entity) => [entity.uid, entity]));
    const now = this.#clock.now();
    for (const [uid, { kind, namespace, states }] of this.#journal.lives) {
      const age = fresh.get(kind);
      const since = this.#source(kind)?.since ?? now;
      // What waited for a watch that has just opened is read at once, and not at the same instant.
      if (now - since < SETTLING_MS) continue;
      if (age === undefined || !inScope(this.#viewer.scope, { kind, namespace })) continue;
      const due = states.findLastIndex(({ at }) => at <= now - age - SLACK_MS);
      if (due === -1) continue;
      const seen = shown.get(uid);
      const said = `its kind is called fresh (${Math.round(age)} ms): ${JSON.stringify(this.#source(kind))}`;
      if (seen === undefined) {
        const [missing] = states.slice(due);
        if (missing?.entity && states.slice(due).every(({ entity }) => entity !== null))
          this.#say(`${words(missing.entity)} is not shown, and ${said}`);
        continue;
      }
      const at = states.findLastIndex(({ entity }) => entity?.version === seen.version);
      if (at === -1 || at >= due) continue;
      const instead = states[due]?.entity;
      this.#say(
        `${words(seen)} is shown ${instead ? `in place of version ${instead.version}` : 'after its deletion'}, and ${said}`,
      );
    }
  }

  #source(kind: Kind): Source | undefined {
    return this.#viewer.store.snapshot.sources.find((one) => one.kind === kind);
  }

  #look(): void {
    const digest = new Digest();
    for (const entity of this.#viewer.entities()) {
      digest.add(entity.uid, entity.version);
      // What is polled has no versions, and no watch that could tell what it ever was.
      if (kindRow(entity.kind).read.pollMs !== null) continue;
      const last = this.#last.get(entity.uid);
      if (last?.entity === entity) continue;
      this.#check(entity);
      const state = this.#journal.lastState(entity);
      // What our own watch has not heard of yet is not older than what it has.
      if (state === -1) continue;
      if (last !== undefined && state < last.state) this.#say(`${words(entity)} went back from ${last.entity.version}`);
      this.#last.set(entity.uid, { entity, state });
    }
    const { graph } = this.#viewer.store.snapshot;
    if (graph.digest !== digest.toString()) this.#say(`its digest is not that of what it shows`);
  }

  /** What is shown before our own watch heard of it is looked up again in the end. */
  #check(entity: Entity): void {
    if (this.#verified.has(entity)) return;
    const key = `${entity.uid}@${entity.version}`;
    const held = this.#journal.held(entity);
    if (held === 'never') this.#unknown.set(key, entity);
    else {
      this.#unknown.delete(key);
      this.#verified.add(entity);
      if (held === 'otherwise') this.#say(`${words(entity)} is shown with a content that it did not have`);
    }
  }

  #say(what: string): void {
    this.#broken ??= what;
  }
}

function words({ kind, namespace, name, uid, version }: Entity): string {
  return `${kind} ${namespace}/${name} (${uid}, version ${version})`;
}
