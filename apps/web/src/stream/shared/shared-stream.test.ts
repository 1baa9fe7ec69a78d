import { isFollowed, type Kind, type Source, seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { FakeBrowser, type FakeTab } from '../../testing/fake-browser.ts';

const state = ({ stream }: FakeTab) => stream.status.connection.state;

/** A browser whose first tab is live on the worker's stream; the server has `a` and `b`. */
function setUp() {
  const browser = new FakeBrowser();
  const { server, clock } = browser;
  server.put('a');
  server.put('b');
  const first = browser.open('first');
  clock.advance(100);
  return { browser, server, clock, first };
}

const sourceOf = (kind: Kind, current: number): Source => ({
  kind,
  state: 'live',
  objects: 1,
  since: 0,
  heard: current,
  current,
  problem: null,
  retryAt: null,
  reading: null,
});

/** What the server has, as a tab tells its own. */
const truth = ({ server }: FakeBrowser) =>
  [...server.truth.values()].map(({ name, version }) => `${name}@${version}`).sort();

/** Time goes by, and every probe that is answered is heard of within a second. */
async function pass({ clock }: FakeBrowser, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 1_000) {
    clock.advance(Math.min(left, 1_000));
    await Promise.resolve();
  }
}

/** Seconds go by, with a pulse each, and changes that `each` makes. */
async function seconds(browser: FakeBrowser, count: number, each: () => void = () => undefined): Promise<void> {
  for (let second = 0; second < count; second++) {
    each();
    browser.server.pump();
    browser.server.pulse();
    await pass(browser, 1_000);
  }
}

describe('tabs that share a stream', () => {
  it('[V76] the first brings the stream, and its snapshot comes over it', () => {
    const { browser, first, server } = setUp();
    expect(state(first)).toBe('live');
    expect(first.names()).toEqual(truth(browser));
    expect(server.opened).toEqual(['worker anew']);
  });

  it('[V76] one that comes later takes a snapshot of its own and then joins, without a gap', () => {
    const { browser, first, server, clock } = setUp();
    server.put('c');
    const second = browser.open('second');
    clock.advance(100);
    expect(server.opened).toEqual(['worker anew', 'second anew']);
    expect(server.clients).toBe(1);
    server.put('d');
    server.drop('a');
    server.pump();
    clock.advance(100);
    for (const tab of [first, second]) {
      expect(state(tab)).toBe('live');
      expect(tab.names()).toEqual(truth(browser));
    }
    server.heartbeat();
    clock.advance(100);
    expect(second.stream.status.divergences + first.stream.status.divergences).toBe(0);
  });

  it('[V76] changes that come while one hands over are neither lost nor told twice', () => {
    const { browser, server, clock } = setUp();
    const second = browser.open('second');
    for (let step = 0; step < 40; step++) {
      server.put(`n${step % 7}`);
      server.pump();
      clock.advance(1);
    }
    clock.advance(100);
    expect(second.names()).toEqual(truth(browser));
    expect(server.clients).toBe(1);
    server.heartbeat();
    clock.advance(100);
    expect(second.stream.status).toMatchObject({ divergences: 0, connection: { state: 'live' } });
  });

  it('[V76] a worker that does not take over costs nothing of what came while it was asked', async () => {
    const { browser, server, clock } = setUp();
    const second = browser.open('second');
    clock.advance(4);
    expect(server.opened).toContain('second anew');
    browser.killWorker();
    for (let n = 0; n < 20; n++) {
      server.put(`n${n}`);
      server.pump();
      await pass(browser, 200);
    }
    expect(second.names()).toEqual(truth(browser));
    server.heartbeat();
    expect(second.stream.status).toMatchObject({ divergences: 0, connection: { state: 'live' } });
    expect(server.opened.filter((one) => one.startsWith('second'))).toHaveLength(1);
  });

  it('[V76] tabs that are opened together share the snapshot too', () => {
    const browser = new FakeBrowser();
    browser.server.put('a');
    const tabs = [browser.open('one'), browser.open('two'), browser.open('three')];
    browser.clock.advance(100);
    for (const tab of tabs) expect(tab.names()).toEqual(truth(browser));
    expect(browser.server.opened).toEqual(['worker anew']);
  });

  it('[V77] the stream ends with the last tab, not before', () => {
    const { browser, first, server, clock } = setUp();
    const second = browser.open('second');
    clock.advance(100);
    first.stream.close();
    clock.advance(100);
    server.put('c');
    server.pump();
    clock.advance(100);
    expect(second.names()).toEqual(truth(browser));
    expect(server.clients).toBe(1);
    second.stream.close();
    clock.advance(100);
    expect(server.clients).toBe(0);
  });

  it('[V77] after a cut the first to try again brings the stream back for all, each from where it was', () => {
    const { browser, first, server, clock } = setUp();
    const second = browser.open('second', () => 0.9);
    clock.advance(100);
    server.opened.length = 0;
    server.cut();
    server.put('c');
    server.put('a');
    clock.advance(1_500);
    server.pump();
    clock.advance(100);
    for (const tab of [first, second]) {
      expect(state(tab)).toBe('live');
      expect(tab.names()).toEqual(truth(browser));
    }
    expect(server.opened).toEqual(['worker from 2']);
  });

  it('[V77] another epoch, at a restart or in mid-stream, begins anew for all', () => {
    const { browser, first, server, clock } = setUp();
    const second = browser.open('second', () => 0.9);
    clock.advance(100);
    server.drop('a');
    server.restart('e2');
    clock.advance(1_500);
    for (const tab of [first, second]) expect(tab.names()).toEqual(truth(browser));
    server.drop('b');
    server.put('z');
    server.renew('e3');
    clock.advance(100);
    for (const tab of [first, second]) {
      expect(state(tab)).toBe('live');
      expect(tab.names()).toEqual(truth(browser));
    }
    expect(server.clients).toBe(1);
  });

  it('[V77] who joins is told the sources with the time that has gone by since', async () => {
    const { browser, server, clock } = setUp();
    await seconds(browser, 40);
    const second = browser.open('second');
    clock.advance(100);
    expect(server.clients).toBe(1);
    expect(Math.abs(second.store.snapshot.offset)).toBeLessThan(50);
  });

  it('[V77] [V40] who joins holds no source for older than those who were there, nor for younger', async () => {
    const { browser, server, first, clock } = setUp();
    const [current, owed] = [clock.now(), clock.now() - 5000];
    server.sources([sourceOf('Pod', current), sourceOf('Service', owed)]);
    await seconds(browser, 10);
    const second = browser.open('second');
    clock.advance(100);
    for (const { store } of [first, second]) {
      const { sources, told } = store.snapshot;
      expect(sources.map((one) => isFollowed(one, told))).toEqual([true, false]);
      expect(sources[1]?.current).toBe(owed);
    }
  });

  it('[V78] a frozen tab is let go after 30 s, holds nobody up, and resumes when it thaws', async () => {
    const { browser, first, server, clock } = setUp();
    const second = browser.open('second');
    clock.advance(100);
    second.frozen = true;
    let step = 0;
    await seconds(browser, 120, () => server.put(`n${step++ % 5}`));
    const waiting = second.waiting();
    await seconds(browser, 120, () => server.put(`n${step++ % 5}`));
    expect(second.waiting()).toBe(waiting);
    expect(first.names()).toEqual(truth(browser));
    second.frozen = false;
    second.stream.wake();
    await seconds(browser, 20);
    expect(state(second)).toBe('live');
    expect(second.names()).toEqual(truth(browser));
    expect(server.clients).toBe(1);
  });

  it('[V78] the stream of tabs that are gone without a word ends', async () => {
    const { browser, first, server } = setUp();
    first.frozen = true;
    await seconds(browser, 40);
    expect(server.clients).toBe(0);
  });

  it('[V78] one that asks for more than the worker kept opens its own stream, and joins when that has caught up', () => {
    const { browser, first, server, clock } = setUp();
    server.horizon = 1_000;
    const second = browser.open('second');
    clock.advance(100);
    second.frozen = true;
    server.cut();
    server.opened.length = 0;
    clock.advance(2_000);
    for (let n = 0; n < 20; n++) server.put(`n${n}`);
    server.pump();
    clock.advance(100);
    server.cut();
    clock.advance(2_000);
    expect(server.opened).toEqual(['worker from 2', 'worker from 22']);
    second.frozen = false;
    second.stream.wake();
    clock.advance(3_000);
    expect(server.opened.at(-1)).toBe('second from 2');
    for (const tab of [first, second]) expect(tab.names()).toEqual(truth(browser));
    expect(server.clients).toBe(1);
  });

  it('[V79] without a worker each tab has its own stream', () => {
    const browser = new FakeBrowser({ workers: false });
    browser.server.put('a');
    const tabs = [browser.open('one'), browser.open('two')];
    browser.clock.advance(100);
    for (const tab of tabs) expect(tab.names()).toEqual(truth(browser));
    expect(browser.server.opened).toEqual(['one anew', 'two anew']);
  });

  it('[V79] a worker that does not answer within 2 s is done without', () => {
    const browser = new FakeBrowser();
    browser.killWorker();
    browser.server.put('a');
    const tab = browser.open('one');
    browser.clock.advance(2_000);
    expect(state(tab)).toBe('connecting');
    browser.clock.advance(100);
    expect(state(tab)).toBe('live');
    expect(browser.server.opened).toEqual(['one anew']);
  });

  it('[V79] a worker that dies in mid-stream is noticed within 6 s, and the stream resumed', () => {
    const { browser, first, server, clock } = setUp();
    browser.killWorker();
    server.cut();
    server.put('c');
    clock.advance(6_000);
    expect(state(first)).toBe('live');
    expect(first.names()).toEqual(truth(browser));
    expect(server.opened.at(-1)).toBe('first from 2');
  });

  it('[V79] a minute after a worker died the next one is tried, and shared again', async () => {
    const { browser, first, server, clock } = setUp();
    const second = browser.open('second');
    clock.advance(100);
    browser.killWorker(true);
    server.cut();
    await seconds(browser, 10);
    expect(server.clients).toBe(2);
    await seconds(browser, 60);
    server.heartbeat();
    clock.advance(100);
    expect(server.clients).toBe(1);
    server.put('c');
    server.pump();
    clock.advance(100);
    for (const tab of [first, second]) expect(tab.names()).toEqual(truth(browser));
  });

  it('[V80] a stream that fell silent is joined by nobody: who comes ends it for all', async () => {
    const { browser, first, server, clock } = setUp();
    await seconds(browser, 3);
    server.mute();
    server.put('c');
    clock.advance(6_500);
    const second = browser.open('second');
    clock.advance(2_000);
    for (const tab of [first, second]) {
      expect(state(tab)).toBe('live');
      expect(tab.names()).toEqual(truth(browser));
    }
    expect(server.opened.slice(1)).toContain('worker anew');
  });
});

describe('whatever befalls tabs, worker and server', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    '[V81] every tab comes to the truth, never goes back, and no digest disagrees (seed %d)',
    async (seed) => {
      const chance = seededRandom(seed);
      const below = (count: number) => Math.floor(chance() * count);
      const browser = new FakeBrowser({ delay: () => below(20), latency: () => below(chance() < 0.05 ? 800 : 30) });
      const { server, clock } = browser;
      const tabs: FakeTab[] = [];
      const latest = new Latest();
      let epoch = 1;
      const befall: (() => void)[] = [
        () => tabs.length < 6 && tabs.push(browser.open(`tab${below(1_000)}`, chance)),
        () => tabs.splice(below(tabs.length), 1).map(({ stream }) => stream.close()),
        () =>
          tabs
            .slice(below(6))
            .slice(0, 1)
            .map((tab) => (tab.frozen = true)),
        () => tabs.map((tab) => thaw(tab)),
        () => server.cut(),
        () => server.mute(),
        () => server.restart(`e${++epoch}`),
        () => server.renew(`e${++epoch}`),
        () => browser.killWorker(chance() < 0.7),
        () => Object.assign(server, { up: false }),
        () => Object.assign(server, { up: true }),
        () => server.heartbeat(),
        () => server.sources(),
      ];
      for (let step = 0; step < 300; step++) {
        for (let n = below(12); n > 0; n--) {
          if (chance() < 0.7) server.put(`n${below(15)}`);
          else server.drop(`n${below(15)}`);
        }
        if (chance() < 0.8) server.pump(() => chance() < 0.8);
        if (chance() < 0.2) befall[below(befall.length)]?.();
        await pass(browser, below(chance() < 0.1 ? 8_000 : 40));
        if (chance() < 0.3) server.heartbeat();
        for (const tab of tabs) latest.see(tab);
      }
      server.up = true;
      for (const tab of tabs) thaw(tab);
      await seconds(browser, 60);
      server.heartbeat();
      clock.advance(100);
      for (const tab of tabs) {
        expect(tab.stream.status).toMatchObject({ divergences: 0, problem: null, connection: { state: 'live' } });
        expect(tab.names()).toEqual(truth(browser));
      }
    },
  );
});

/** The latest version that each tab has shown of each namespace; one that shows an earlier one again fails. */
class Latest {
  readonly #shown = new Map<FakeTab, Map<string, number>>();

  see(tab: FakeTab): void {
    const shown = this.#shown.get(tab) ?? new Map<string, number>();
    this.#shown.set(tab, shown);
    for (const { name, version } of tab.store.snapshot.graph.all('Namespace')) {
      expect(Number(version), `${name} again at ${version}`).toBeGreaterThanOrEqual(shown.get(name) ?? 0);
      shown.set(name, Number(version));
    }
  }
}

function thaw(tab: FakeTab): void {
  tab.frozen = false;
  tab.stream.wake();
}
