import { type Entity, type Kind, kindRow, project } from '@portolan/shared';
import { expect, it } from 'vitest';
import { EntityStore } from './store/entity-store.ts';
import { Dice } from './testing/dice.ts';
import { everySeed } from './testing/every-seed.ts';
import { FakeClock } from './testing/fake-clock.ts';
import type { ModelApiserver, ModelResource } from './testing/model-apiserver.ts';
import { ModelCluster } from './testing/model-cluster.ts';
import { ApiError, errorOfResponse } from './watch/api-error.ts';
import { ClusterWatch } from './watch/cluster-watch.ts';

const BLOCKS = 5;
const SEEDS = 30;
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const RESOURCES: readonly ModelResource[] = [
  { plural: 'namespaces', kind: 'Namespace' },
  { plural: 'nodes', kind: 'Node' },
  { plural: 'pods', kind: 'Pod' },
];
const LONGEST_MS = 900_000;
const NOTICED_MS = 90_000;
/** How long bytes are on their way at most, and how long a silence is before it is doubted. */
const ON_ITS_WAY_MS = 1000;
const UNNOTICED_MS = 4100;

/** Every kind of the model looks like a Namespace. */
const entityOf = (kind: Kind, object: Parameters<typeof project>[1]): Entity =>
  ({ ...project('Namespace', object), kind }) as unknown as Entity;

interface Span {
  from: number;
  to: number;
}

/** One seed: a cluster of three kinds, whatever befalls it, and what the server holds and says of it. */
class Run {
  readonly dice: Dice;
  readonly clock: FakeClock;
  readonly cluster: ModelCluster;
  readonly store = new EntityStore(() => undefined);
  readonly watch: ClusterWatch;
  readonly renewals: string[] = [];
  readonly befell: string[] = [];
  /** Versions that were used once may be used again. */
  otherLife = false;
  #unknowable: Span[] = [];
  #silentUntil = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    this.clock = new FakeClock(this.dice.roll);
    const terms = {
      gitVersion: this.dice.pick(['v1.20.2', 'v1.34.0']),
      watchLists: this.dice.pick(['served', 'refused'] as const),
      page: this.dice.pick([1, 3, 500]),
      counts: true,
    };
    this.cluster = new ModelCluster(this.clock, this.dice, terms, RESOURCES);
    this.watch = new ClusterWatch({
      client: this.cluster,
      specs: RESOURCES.map(({ kind }) => kindRow(kind)),
      sink: (kind) => this.store.kind(kind),
      project: entityOf,
      clock: this.clock,
      changed: () => undefined,
      renewed: (reason) => this.renewals.push(reason),
    });
    for (let i = 0; i < 6; i++) this.write();
  }

  get kinds(): [Kind, ModelApiserver][] {
    return RESOURCES.map(({ kind }, at): [Kind, ModelApiserver] => [kind, this.#model(at)]);
  }

  write(): void {
    const model = this.dice.pick(this.cluster.kinds);
    const name = this.dice.pick(NAMES);
    if (this.dice.once(4)) model.remove(name);
    else model.put(name);
  }

  /** The apiserver answers nothing for `ms`; until that is doubted nobody can know that nothing comes. */
  fallSilent(lost: boolean, ms: number, thenReset: boolean): void {
    const now = this.clock.now();
    this.cluster.fallSilent(lost);
    this.#unknowable.push({ from: now, to: now + UNNOTICED_MS });
    this.#silentUntil = Math.max(this.#silentUntil, now + ms);
    this.clock.after(ms, () => {
      if (this.clock.now() < this.#silentUntil) return;
      if (thenReset) for (const { watches } of this.cluster.kinds) for (const watch of watches) watch.cut();
      this.cluster.speak();
      // What happened meanwhile is on its way.
      this.#unknowable.push({ from: this.clock.now(), to: this.clock.now() + ON_ITS_WAY_MS });
    });
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    this.#check();
  }

  /** What is held of a kind is what the apiserver held at its version, and is no older than is said. */
  #check(): void {
    const sources = new Map(this.watch.sources().map((source) => [source.kind, source]));
    for (const report of this.watch.reports()) {
      const model = this.#model(RESOURCES.findIndex(({ kind }) => kind === report.kind));
      const held = new Map([...this.store.entities(report.kind)].map((entity) => [entity.uid, entity]));
      if (report.version === null) {
        expect(held.size).toBe(0);
        continue;
      }
      const version = Number(report.version);
      const possible = model.everHeldAt(version).map((moment) => this.#projected(report.kind, moment));
      expect(possible).toContainEqual(held);
      const { state, current } = sources.get(report.kind) ?? { state: 'idle', current: null };
      const fresh = state === 'live' && this.clock.now() - (report.streamSince ?? 0) < ON_ITS_WAY_MS;
      if (current === null || fresh || this.otherLife) continue;
      if (this.#unknowable.some(({ from, to }) => from <= current && current <= to)) continue;
      expect(version, `${report.kind} is ${state}, as of ${current}`).toBeGreaterThanOrEqual(
        model.writtenBy(current - ON_ITS_WAY_MS),
      );
    }
  }

  async converge(withinMs: number): Promise<void> {
    for (const [, model] of this.kinds) {
      model.heal();
      model.put(this.dice.pick(NAMES));
    }
    for (let waited = 0; waited < withinMs && !this.#isTrue(); waited += 5000) await this.pass(5000);
    expect(this.#summary()).toEqual(this.#truth());
    for (const [, model] of this.kinds) model.put(this.dice.pick(NAMES));
    await this.pass(2000);
    expect(this.#summary()).toEqual(this.#truth());
    expect(this.watch.ready).toBe(true);
  }

  #model(at: number): ModelApiserver {
    const model = this.cluster.kinds[at];
    if (model === undefined) throw new RangeError(`there is no kind ${at}`);
    return model;
  }

  #projected(kind: Kind, held: ReadonlyMap<string, Parameters<typeof project>[1]>): Map<string, Entity> {
    return new Map([...held.values()].map((object) => [object.metadata.uid, entityOf(kind, object)]));
  }

  #summary(): unknown {
    const states = this.watch.sources().map(({ kind, state }) => [kind, state]);
    const held = RESOURCES.map(({ kind }) =>
      [...this.store.entities(kind)].map(({ uid, version }) => `${uid}@${version}`).sort(),
    );
    return [states, held];
  }

  #truth(): unknown {
    const states = this.watch.sources().map(({ kind }) => [kind, 'live']);
    const held = this.kinds.map(([, model]) =>
      [...model.held.values()].map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`).sort(),
    );
    return [states, held];
  }

  #isTrue(): boolean {
    return JSON.stringify(this.#summary()) === JSON.stringify(this.#truth());
  }
}

const FAULTS: Readonly<Record<string, (run: Run, model: ModelApiserver) => void>> = {
  cut: (_, model) => model.watches.at(-1)?.cut(),
  cutAll: ({ cluster }) => {
    for (const { watches } of cluster.kinds) for (const watch of watches) watch.cut();
  },
  end: (_, model) => model.watches.at(-1)?.end(),
  garble: (_, model) => model.watches.at(-1)?.text('<html>\n'),
  errorEvent: ({ dice }, model) =>
    model.watches.at(-1)?.event('ERROR', { kind: 'Status', code: dice.pick([410, 429, 500]), message: 'no more' }),
  compact: (_, model) => model.compact(),
  refuse: ({ dice }, model) => {
    model.willRefuse(...Array.from({ length: dice.between(1, 5) }, () => new ApiError('unreachable', 'refused')));
    model.watches.at(-1)?.cut();
  },
  answer: ({ dice }, model) => {
    const code = dice.pick([401, 403, 404, 410, 429, 500]);
    const refusal = () => errorOfResponse('the request', code, null, null);
    model.willRefuse(...Array.from({ length: dice.between(1, 5) }, refusal));
    model.watches.at(-1)?.end();
  },
  silence: (run) => run.fallSilent(false, run.dice.between(500, 40_000), false),
  blackHole: (run) => run.fallSilent(true, run.dice.between(25_000, 60_000), false),
  silenceThenReset: (run) => run.fallSilent(false, run.dice.between(500, 20_000), true),
};

const LIVES: Readonly<Record<string, (run: Run) => void>> = {
  restored: ({ cluster, dice }) => cluster.restore(Math.max(1, cluster.version - dice.between(20, 60))),
  swappedForALower: ({ cluster, dice }) => cluster.swap(dice.between(1, cluster.version - 20)),
  swappedForAHigher: ({ cluster, dice }) => cluster.swap(cluster.version + dice.between(20, 1000)),
};

async function play(run: Run): Promise<void> {
  const { clock, cluster, dice, watch } = run;
  watch.start();
  for (let step = dice.between(8, 20); step > 0; step--) {
    for (let writes = dice.between(0, 3); writes > 0; writes--) run.write();
    if (dice.once(2)) {
      const what = dice.pick(Object.keys(FAULTS));
      run.befell.push(what);
      const model = dice.pick(cluster.kinds);
      clock.after(dice.between(0, 300), () => FAULTS[what]?.(run, model));
    }
    await run.pass(dice.once(6) ? dice.between(0, 30_000) : dice.between(0, 1500));
  }
  // By then every fault has come, and every silence has ended.
  await run.pass(65_000);
  await run.converge(LONGEST_MS);
  expect(run.renewals).toEqual([]);
  expect(watch.reports().map(({ regressions }) => regressions)).toEqual([0, 0, 0]);
  const life = dice.pick(Object.keys(LIVES));
  run.befell.push(life);
  run.otherLife = true;
  LIVES[life]?.(run);
  await run.converge(NOTICED_MS);
  await run.pass(20_000);
  expect(run.renewals.length).toBeGreaterThan(0);
  watch.stop();
  const { asked } = cluster;
  await clock.advance(600_000);
  expect([cluster.asked, clock.pending]).toEqual([asked, 0]);
}

it.each(Array.from({ length: BLOCKS }, (_, block) => block * SEEDS))(
  '[W42, case 23] a whole cluster comes through cuts, silences, other lives and another cluster: 30 seeds from %i',
  { timeout: 60_000 },
  (first) => everySeed(first, SEEDS, (seed) => new Run(seed), play),
);
