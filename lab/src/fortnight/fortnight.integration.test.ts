import { beforeAll, describe, expect, it } from 'vitest';
import { type Fortnight, fortnight } from './fortnight.ts';
import { SERVED } from './holdings.ts';
import { TROUBLES } from './troubles.ts';

const MINUTE_MS = 60_000;
/** Timers of requests and reconnections that may be under way when it is counted. */
const UNDER_WAY = 6;
/** Connections that a burst of requests needed stay open for seconds of the machine's clock, which is minutes of this one. */
const IDLE_SOCKETS = 16;

/** As `bench fortnight`, each trouble once. */
describe('weeks on a clock of their own', () => {
  let lived: Fortnight;

  beforeAll(async () => {
    lived = await fortnight({ hours: 3, periodMs: 20 * MINUTE_MS, seed: 1 });
  }, 300_000);

  it('[F80, case 30] after every trouble as many timers, sockets, watches and requests are left as before', () => {
    const [first] = lived.holdings;
    expect(Object.keys(lived.troubles)).toEqual(Object.keys(TROUBLES));
    expect(lived.holdings).toHaveLength(Object.keys(TROUBLES).length);
    for (const { timers, watches, sockets, unanswered, viewers } of lived.holdings) {
      expect(watches).toBe(SERVED.length);
      expect(unanswered).toBe(0);
      expect(viewers).toBe(lived.viewers);
      expect(sockets).toBeLessThanOrEqual(SERVED.length + IDLE_SOCKETS);
      expect(timers).toBeLessThanOrEqual((first?.timers ?? 0) + UNDER_WAY);
    }
    expect(lived.warnings).toEqual([]);
  });

  it('[F80, case 30] each viewer, whether it stayed, stalled or came late, ends with what the apiserver holds', () => {
    expect(lived.agreeing).toBe(lived.viewers);
    expect(lived.divergences).toBe(0);
    const { expired, refused, unauthorized } = lived.counts;
    expect([expired, refused, unauthorized].map((count) => count > 0)).toEqual([true, true, true]);
  });
});
