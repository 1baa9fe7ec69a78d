/** A schedule that cannot be read. */
export class ScheduleError extends Error {
  readonly reason = 'schedule';

  constructor(schedule: string, why: string) {
    super(`failed to parse ${JSON.stringify(schedule)}: ${why}`);
    this.name = 'ScheduleError';
  }
}

/** The values of one field, and whether it was left open with a star. */
export interface Field {
  values: ReadonlySet<number>;
  open: boolean;
}

/** The five fields of a schedule. */
export interface Fields {
  minute: Field;
  hour: Field;
  dayOfMonth: Field;
  month: Field;
  dayOfWeek: Field;
}

interface Bounds {
  name: keyof Fields;
  low: number;
  high: number;
  words?: readonly string[];
}

const BOUNDS: readonly Bounds[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'dayOfMonth', low: 1, high: 31 },
  {
    name: 'month',
    low: 1,
    high: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'dayOfWeek', low: 0, high: 6, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const MACROS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** One part between commas: `*`, `*\/5`, `3`, `mon-fri`, `10-50/10`, `5/15`. */
function valuesOf(part: string, { low, high, words = [] }: Bounds, fail: (why: string) => never): number[] {
  const numberOf = (text: string): number => {
    const word = words.indexOf(text.toLowerCase());
    if (word >= 0) return word + low;
    return /^\d+$/.test(text) ? Number(text) : fail(`failed to parse int from ${text}`);
  };
  const [range = '', stepText, ...rest] = part.split('/');
  if (rest.length > 0) fail(`too many slashes: ${part}`);
  const step = stepText === undefined ? 1 : numberOf(stepText);
  if (step === 0) fail(`step of range should be a positive number: ${part}`);
  const [firstText = '', lastText, ...more] = range.split('-');
  if (more.length > 0) fail(`too many hyphens: ${part}`);
  const open = range === '*' || range === '?';
  const first = open ? low : numberOf(firstText);
  const single = lastText === undefined && stepText === undefined;
  const last = open || (lastText === undefined && !single) ? high : lastText === undefined ? first : numberOf(lastText);
  if (first < low) fail(`beginning of range (${first}) below minimum (${low}): ${part}`);
  if (last > high) fail(`end of range (${last}) above maximum (${high}): ${part}`);
  if (first > last) fail(`beginning of range (${first}) beyond end of range (${last}): ${part}`);
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

/** Reads a schedule of five fields or one of the macros such as `@hourly`. Throws ScheduleError. */
export function parseFields(schedule: string): Fields {
  const fail = (why: string): never => {
    throw new ScheduleError(schedule, why);
  };
  const text = schedule.trim();
  if (text.startsWith('@') && MACROS[text] === undefined) fail(`unrecognized descriptor: ${text}`);
  const parts = (MACROS[text] ?? text).split(/\s+/).filter(Boolean);
  if (parts.length !== BOUNDS.length) fail(`expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`);
  const fields = BOUNDS.map((bounds, index) => {
    const text = parts[index] ?? '';
    const values = text.split(',').flatMap((part) => valuesOf(part, bounds, fail));
    return [bounds.name, { values: new Set(values), open: /^[*?]/.test(text) }] as const;
  });
  return Object.fromEntries(fields) as unknown as Fields;
}
