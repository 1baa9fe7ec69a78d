import { type Fortnight, fortnight as live } from '@portolan/lab';
import { heldBytes } from './heap.ts';
import { trendOf } from './statistics.ts';

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;
/** What the engine compiles and what caches fill in the first day is no growth. */
const WARM_DAYS = 1;

/** What is held against time, by its name and unit. */
const SERIES: Readonly<Record<string, (holding: Fortnight['holdings'][number]) => number>> = {
  'heap (MiB)': ({ heap }) => heap / MIB,
  timers: ({ timers }) => timers,
  'sockets of the apiserver': ({ sockets }) => sockets,
  watches: ({ watches }) => watches,
  'requests unanswered': ({ unanswered }) => unanswered,
  viewers: ({ viewers }) => viewers,
};

/**
 * Days of one served cluster on a clock of its own, a trouble each hour; what is held, by its beginning, its end, its slope
 * a week and the standard error of that.
 */
export async function fortnight(days = 14): Promise<Record<string, object>> {
  const { holdings, counts, troubles, warnings, divergences, agreeing, viewers } = await live({
    hours: days * 24,
    periodMs: HOUR_MS,
    seed: 1,
    heldBytes,
  });
  const warm = holdings.filter(({ day }) => day > WARM_DAYS);
  const series = Object.entries(SERIES).map(([name, of]) => {
    const points = warm.map((holding) => ({ x: holding.day / 7, y: of(holding) }));
    return [name, trendOf(points, 'a week')];
  });
  return {
    ...Object.fromEntries(series),
    ...Object.fromEntries(Object.entries(counts).map(([name, end]) => [name, { end }])),
    troubles: { end: Object.values(troubles).reduce((sum, count) => sum + count, 0) },
    'warnings of Node': { end: warnings.length },
    'digests that disagreed': { end: divergences },
    'viewers that agree': { begin: viewers, end: agreeing },
  };
}
