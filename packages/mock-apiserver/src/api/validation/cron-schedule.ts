/** The fields of a schedule: their lowest and highest value and the names they may use (robfig/cron `parser.go`). */
const FIELDS: [lowest: number, highest: number, names: string[]][] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']],
  [0, 6, ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

function numberOf(text: string, lowest: number, names: string[]): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return lowest + named;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function partProblem(part: string, [lowest, highest, names]: (typeof FIELDS)[number]): string | undefined {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0) return `too many slashes: ${part}`;
  if (step !== undefined && !/^\d+$/.test(step))
    return `failed to parse int from ${step}: strconv.Atoi: parsing ${JSON.stringify(step)}: invalid syntax`;
  if (step !== undefined && Number(step) === 0) return `step of range should be a positive number: ${part}`;
  if (range === '*' || range === '?') return undefined;
  const ends = range.split('-');
  if (ends.length > 2) return `too many hyphens: ${part}`;
  const values: number[] = [];
  for (const end of ends) {
    const value = numberOf(end, lowest, names);
    if (value === undefined) {
      return `failed to parse int from ${end}: strconv.Atoi: parsing ${JSON.stringify(end)}: invalid syntax`;
    }
    values.push(value);
  }
  const [start = 0, last = start] = values;
  if (start < lowest) return `beginning of range (${start}) below minimum (${lowest}): ${part}`;
  if (last > highest) return `end of range (${last}) above maximum (${highest}): ${part}`;
  if (start > last) return `beginning of range (${start}) beyond end of range (${last}): ${part}`;
  return undefined;
}

/** What is wrong with the schedule of a CronJob, in the parser's words; undefined when nothing is. */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  if (schedule.startsWith('@')) {
    const known = DESCRIPTORS.includes(schedule) || /^@every \d+(\.\d+)?(ms|s|m|h)/.test(schedule);
    return known ? undefined : `unrecognized descriptor: ${schedule}`;
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `expected exactly ${FIELDS.length} fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  for (const [index, bounds] of FIELDS.entries()) {
    for (const part of (fields[index] ?? '').split(',')) {
      const problem = partProblem(part, bounds);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}
