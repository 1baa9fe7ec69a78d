import { type Fields, parseFields, ScheduleError } from './fields.ts';

/** When a CronJob is due. */
export interface Schedule {
  /** The first moment after `after` (epoch ms); undefined where there is none in the next five years. */
  next(after: number): number | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FIVE_YEARS_MS = 5 * 366 * DAY_MS;
const HOUR_MS = 3_600_000;
const UNITS: Record<string, number> = { h: HOUR_MS, m: MINUTE_MS, s: 1000 };

/** A time zone's wall clock, as milliseconds that UTC would call the same hour and day. */
interface Zone {
  toLocal(at: number): number;
  /** The first moment that the wall shows as `local`; undefined for one that it skips. */
  toMoment(local: number): number | undefined;
}

const UTC: Zone = { toLocal: (at) => at, toMoment: (local) => local };

/** The wall of an IANA time zone. Throws RangeError for an unknown one. */
function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const toLocal = (at: number): number => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const toMoment = (local: number): number | undefined => {
    // The offset of a day before and of a day after: one of them holds, but in an hour that is skipped.
    const candidates = [local - DAY_MS, local + DAY_MS].map((near) => local - (toLocal(near) - near));
    return candidates.sort((a, b) => a - b).find((at) => toLocal(at) === local);
  };
  return { toLocal, toMoment };
}

function matchesDay({ dayOfMonth, dayOfWeek, month }: Fields, date: Date): boolean {
  if (!month.values.has(date.getUTCMonth() + 1)) return false;
  const inMonth = dayOfMonth.values.has(date.getUTCDate());
  const inWeek = dayOfWeek.values.has(date.getUTCDay());
  // Where both are given, either will do.
  return dayOfMonth.open || dayOfWeek.open ? inMonth && inWeek : inMonth || inWeek;
}

function calendar(fields: Fields, zone: Zone): Schedule {
  const hours = [...fields.hour.values].sort((a, b) => a - b);
  const minutes = [...fields.minute.values].sort((a, b) => a - b);
  return {
    next(after) {
      const from = Math.floor(zone.toLocal(after) / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
      for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < from + FIVE_YEARS_MS; day += DAY_MS) {
        if (!matchesDay(fields, new Date(day))) continue;
        for (const hour of hours) {
          for (const minute of minutes) {
            const local = day + hour * HOUR_MS + minute * MINUTE_MS;
            const at = local < from ? undefined : zone.toMoment(local);
            if (at !== undefined && at > after) return at;
          }
        }
      }
      return undefined;
    },
  };
}

/** `@every 1h30m`, counted from the moment asked about in whole seconds. */
function every(schedule: string, text: string): Schedule {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  const ms = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
  if (ms < 1000 || parts.map(([part]) => part).join('') !== text) {
    throw new ScheduleError(schedule, `failed to parse duration ${text}`);
  }
  return { next: (after) => Math.floor(after / 1000) * 1000 + ms };
}

/**
 * Reads a CronJob's schedule (`robfig/cron/v3`, ParseStandard) in a time zone, UTC by default. Throws ScheduleError for a
 * schedule and RangeError for a zone that cannot be read.
 */
export function parseSchedule(schedule: string, timeZone?: string): Schedule {
  if (/\bTZ=/.test(schedule)) throw new ScheduleError(schedule, 'use .spec.timeZone, not TZ or CRON_TZ');
  const text = schedule.trim();
  if (text.startsWith('@every ')) return every(schedule, text.slice('@every '.length).trim());
  const zone = timeZone === undefined || timeZone === 'UTC' || timeZone === 'Etc/UTC' ? UTC : zoneOf(timeZone);
  return calendar(parseFields(schedule), zone);
}
