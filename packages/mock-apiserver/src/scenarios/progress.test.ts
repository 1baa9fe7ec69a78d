import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Expectation, lasting, notBefore, onTheWay, throughout } from './expect.ts';
import { watchProgress } from './progress.ts';
import type { View } from './view.ts';

const NOTHING: View = {
  store: { get: () => undefined, list: () => [] },
  table: () => [],
  object: () => undefined,
  row: () => undefined,
};

describe('what a step must bring about', () => {
  let clock: FakeClock;
  let holds: boolean;
  const wanted: Expectation = {
    says: { en: 'It holds', 'zh-CN': '成立' },
    within: 10,
    wrong: () => (holds ? undefined : 'it does not'),
  };
  const follow = (expectation: Expectation, allowance?: number) =>
    watchProgress([expectation], NOTHING, clock, allowance);

  beforeEach(() => {
    clock = fakeClock();
    holds = false;
  });

  it('[M243] is waited for until its time is over, then said to be wrong with what stands there instead', () => {
    const progress = follow(wanted);
    clock.advance(9000);
    expect(progress.look()).toEqual({ state: 'waiting' });
    clock.advance(1000);
    const why = 'it does not hold after 10 s: it does not';
    expect(progress.look()).toEqual({ state: 'failed', expectation: wanted, why });
    holds = true;
    expect(progress.look()).toEqual({ state: 'seen' });
    expect(follow(wanted, 5).look()).toEqual({ state: 'seen' });
  });

  it('[M243] who looks from afar is granted some more', () => {
    const progress = follow(wanted, 5);
    clock.advance(14_000);
    expect(progress.look()).toEqual({ state: 'waiting' });
    clock.advance(1000);
    expect(progress.look()).toMatchObject({ state: 'failed' });
  });

  it('[M243] what is seen on the way may pass', () => {
    const progress = follow(onTheWay(wanted));
    holds = true;
    progress.glance();
    holds = false;
    clock.advance(20_000);
    expect(progress.look()).toEqual({ state: 'seen' });
    expect(progress.checks()).toEqual([{ says: wanted.says, holds: true }]);
    const late = follow(onTheWay(wanted));
    clock.advance(10_000);
    expect(late.look()).toMatchObject({ state: 'failed', why: expect.stringContaining('it does not') });
  });

  it('[M243] what holds throughout is broken by one moment, and waited for by nobody', () => {
    holds = true;
    const progress = follow(throughout(wanted));
    expect(progress.look()).toEqual({ state: 'seen' });
    clock.advance(3000);
    holds = false;
    progress.glance();
    holds = true;
    expect(progress.look()).toMatchObject({ state: 'failed', why: 'after 3 s it does not' });
    expect(progress.checks()).toEqual([{ says: wanted.says, holds: false }]);
  });

  it('[M243] what must last is seen once it has, and begins anew when it is interrupted in its time', () => {
    const progress = follow(lasting(5, wanted));
    holds = true;
    progress.look();
    clock.advance(4000);
    holds = false;
    progress.look();
    holds = true;
    progress.look();
    clock.advance(4000);
    expect(progress.look()).toEqual({ state: 'waiting' });
    clock.advance(1000);
    expect(progress.look()).toEqual({ state: 'seen' });
    const broken = follow(lasting(30, wanted));
    broken.look();
    clock.advance(11_000);
    holds = false;
    expect(broken.look()).toMatchObject({ state: 'failed' });
  });

  it('[M243] what must not come before its time fails when it does', () => {
    const progress = follow(notBefore(4, wanted));
    clock.advance(3000);
    holds = true;
    expect(progress.look()).toMatchObject({ state: 'failed', why: 'it holds after 3 s already, not before 4 s' });
  });
});
