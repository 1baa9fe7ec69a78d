import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Standing } from './standing.ts';

describe('how a source stands', () => {
  const resumed = () => {
    const clock = new FakeClock();
    const standing = new Standing(clock, () => undefined);
    standing.enter('syncing');
    standing.committed(clock.now());
    standing.enter('live');
    standing.confirm();
    const cut = clock.now();
    standing.enter('backoff');
    clock.work(40_000);
    standing.enter('live');
    return { clock, standing, cut, current: () => standing.source('Pod', 0).current };
  };

  it('[W20] a watch that is refused by its first line confirms nothing: the picture is that of the cut', () => {
    const { clock, standing, cut, current } = resumed();
    clock.work(20);
    standing.enter('backoff', 'the watch of Pod sent an error event: too old resource version');
    expect(current()).toBe(cut);
  });

  it('[W20] an event confirms it at once, and so does a second in which nothing was said against it', () => {
    const first = resumed();
    first.standing.confirm();
    first.standing.enter('backoff');
    expect(first.current()).toBe(first.clock.now());
    const second = resumed();
    second.clock.work(1000);
    second.standing.enter('backoff');
    expect(second.current()).toBe(second.clock.now());
  });

  it('[W20] what was listed and never watched is as of its list', () => {
    const clock = new FakeClock();
    const standing = new Standing(clock, () => undefined);
    standing.enter('syncing');
    const listed = clock.now();
    standing.committed(listed);
    clock.work(5000);
    standing.enter('backoff');
    expect(standing.source('Pod', 0).current).toBe(listed);
  });
});
