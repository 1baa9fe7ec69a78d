import type { Language } from './language.ts';

/** How numbers, times and ages read in one language. Durations are milliseconds, times epoch milliseconds. */
export interface Format {
  number(value: number): string;
  /** `14:02:56` */
  time(at: number): string;
  /** `14:02` */
  clock(at: number): string;
  /** `Thu 12 Aug` */
  day(at: number): string;
  /** A freshness: tenths of a second below ten, then seconds, minutes `2:41`, hours `3 h 05 m`, days. */
  freshness(milliseconds: number): string;
  /** A wait: whole seconds, rounded up so that it never reads 0 before it is over. */
  wait(milliseconds: number): string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const two = (value: number) => String(value).padStart(2, '0');

/** The formats of a language, in the browser's own time zone unless one is named. */
export function createFormat(language: Language, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const number = new Intl.NumberFormat(language);
  const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23', ...zone });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...zone,
  });
  const freshness = (milliseconds: number) => {
    const age = Math.max(0, milliseconds);
    if (age < 10 * SECOND) return `${tenths.format(Math.floor(age / 100) / 10)} s`;
    if (age < MINUTE) return `${Math.floor(age / SECOND)} s`;
    if (age < HOUR) return `${Math.floor(age / MINUTE)}:${two(Math.floor((age % MINUTE) / SECOND))}`;
    if (age < DAY) return `${Math.floor(age / HOUR)} h ${two(Math.floor((age % HOUR) / MINUTE))} m`;
    return `${Math.floor(age / DAY)} d`;
  };
  return {
    number: (value) => number.format(value),
    time: (at) => time.format(at),
    clock: (at) => clock.format(at),
    day: (at) => day.format(at).replace(',', ''),
    freshness,
    wait: (milliseconds) => {
      const seconds = Math.max(1, Math.ceil(milliseconds / SECOND));
      return `${number.format(seconds)} s`;
    },
  };
}
