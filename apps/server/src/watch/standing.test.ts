import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Standing } from './standing.ts';

describe('how a source stands', () => {
  let silentSince: number | null = null;
  beforeEach(() => {
    silentSince = null;
  });
  const resumed = (owed = false) => {
    const clock = new FakeClock();
    let changes = 0;
    const standing = new Standing(
      clock,
      () => void changes++,
      () => silentSince,
    );
    standing.enter('syncing');
    standing.committed(clock.now());
    standing.enter('live');
    clock.work(5000);
    const cut = clock.now();
    standing.enter('backoff');
    clock.work(40_000);
    if (owed) standing.owe();
    standing.enter('live');
    return { clock, standing, cut, current: () => standing.source('Pod', 0).current, told: () => changes };
  };
  const owing = () => resumed(true);

  it('[W20] a watch that is refused by its first line confirms nothing: the picture is that of the cut', () => {
    const { clock, standing, cut, current } = resumed();
    clock.work(20);
    standing.enter('backoff', 'the watch of Pod sent an error event: too old resource version');
    expect(current()).toBe(cut);
  });

  it('[W20] a second in which nothing was said against it confirms it: by then what it missed has come', () => {
    const { clock, standing, cut, current } = resumed();
    clock.work(999);
    standing.enter('backoff');
    expect(current()).toBe(cut);
    standing.enter('live');
    clock.work(1000);
    standing.enter('backoff');
    expect(current()).toBe(clock.now());
  });

  it('[W33] a watch that is cut after a silence was the truth until the silence, and no later', () => {
    const { clock, standing, current } = resumed();
    clock.work(60_000);
    silentSince = clock.now();
    clock.work(20_000);
    standing.enter('backoff', 'connection reset');
    expect(current()).toBe(silentSince);
  });

  it('[W33] a watch that was opened just before a silence confirms nothing by waiting', () => {
    const { clock, standing, cut, current } = resumed();
    clock.work(5);
    silentSince = clock.now();
    clock.work(10_000);
    expect(current()).toBe(cut);
    standing.enter('backoff', 'connection reset');
    expect(current()).toBe(cut);
  });

  it('[W34] after a silence it is not confirmed before what happened in it has come', () => {
    const { clock, standing, current } = resumed();
    clock.work(60_000);
    const silent = clock.now();
    clock.work(6000);
    standing.unsure(silent);
    clock.work(500);
    standing.enter('backoff', 'connection reset');
    expect(current()).toBe(silent);
  });

  it('[W30] what an audit disproves was the truth when it was compared last', () => {
    const { clock, standing, current } = resumed();
    clock.work(60_000);
    const compared = clock.now();
    standing.agreed(compared);
    clock.work(300_000);
    standing.disprove();
    standing.enter('resuming', 'the audit of Pod found 2 objects at version 7 where the apiserver holds 3');
    expect(current()).toBe(compared);
  });

  it('[W45] [W20] what goes on behind a cut is as of the cut until an audit agrees; then it is current, and that is told', () => {
    const { clock, standing, cut, current, told } = owing();
    clock.work(36_000);
    expect([standing.state, current()]).toEqual(['live', cut]);
    const before = told();
    standing.agreed(clock.now() - 100);
    expect([current(), told()]).toEqual([clock.now(), before + 1]);
  });

  it('[W45] nor does another cut take what is owed for confirmed', () => {
    const { clock, standing, cut, current } = owing();
    clock.work(5000);
    standing.enter('backoff', 'connection reset');
    clock.work(5000);
    standing.owe();
    standing.enter('live');
    standing.unsure(clock.now());
    expect(current()).toBe(cut);
    standing.disprove();
    expect(current()).toBe(cut);
  });

  it('[W45] an audit that cannot be made is told once, in words, and confirms nothing', () => {
    const { clock, standing, cut, current, told } = owing();
    const before = told();
    standing.unaudited('the audit of Pod failed: timed out');
    standing.unaudited('the audit of Pod failed: timed out');
    clock.work(60_000);
    expect(standing.source('Pod', 0)).toMatchObject({ state: 'live', problem: 'the audit of Pod failed: timed out' });
    expect([current(), told()]).toEqual([cut, before + 1]);
    standing.agreed(clock.now());
    expect(standing.source('Pod', 0)).toMatchObject({ problem: null, current: clock.now() });
  });

  it('[W45] what is read anew owes nothing', () => {
    const { clock, standing, current } = owing();
    standing.enter('syncing');
    const listed = clock.now();
    standing.committed(listed);
    expect(current()).toBe(listed);
    standing.enter('live');
    clock.work(500);
    expect(current()).toBe(clock.now());
  });

  it('[W45] [W30] an audit that is not owed takes no freshness back and tells nothing', () => {
    const { clock, standing, current, told } = resumed();
    clock.work(60_000);
    const before = told();
    standing.unaudited('the audit of Pod failed: timed out');
    standing.agreed(clock.now());
    expect([current(), told(), standing.problem]).toEqual([clock.now(), before, null]);
  });

  it('[W20] what was listed and never watched is as of its list', () => {
    const clock = new FakeClock();
    const standing = new Standing(
      clock,
      () => undefined,
      () => silentSince,
    );
    standing.enter('syncing');
    const listed = clock.now();
    standing.committed(listed);
    clock.work(5000);
    standing.enter('backoff');
    expect(standing.source('Pod', 0).current).toBe(listed);
  });
});
