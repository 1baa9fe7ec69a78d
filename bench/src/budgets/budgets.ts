import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { round } from '../statistics.ts';
import { browser } from './browser.ts';
import { graph } from './graph.ts';
import { firstLoad, store } from './page.ts';
import type { Group, Row } from './row.ts';
import { server } from './server.ts';
import { crowd, latency } from './stream.ts';

/** What is measured together, by name. */
const GROUPS: Readonly<Record<string, Group>> = {
  server,
  latency,
  crowd,
  graph,
  store,
  browser,
  'first-load': firstLoad,
};

const SIZES = '1500,15000,150000';
/** A tenfold cluster may cost this many times as much. */
const GROWTH = 11;

/** One budget at every size, with how an amount grew over the last tenfold. */
interface Line extends Omit<Row, 'figure'> {
  figures: Record<string, number>;
  growth: number | null;
  kept: boolean | null;
}

/**
 * Measures every budget of the design at every size, prints them and writes them as JSON; answers whether all are kept.
 * `--pods` are the sizes, `--only` the groups. Throws a TypeError for other words.
 */
export async function budgets(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { pods: { type: 'string', default: SIZES }, only: { type: 'string' }, json: { type: 'string' } },
  });
  const sizes = values.pods.split(',').map(Number);
  const names = values.only?.split(',') ?? Object.keys(GROUPS);
  const unknown = names.filter((name) => !(name in GROUPS));
  if (unknown.length > 0) throw new TypeError(`there is no budget "${unknown.join('", "')}": ${Object.keys(GROUPS)}`);
  const lines = new Map<string, Line>();
  for (const name of names) {
    for (const pods of sizes) {
      for (const { what, figure, ...row } of (await GROUPS[name]?.(pods)) ?? []) {
        const line = lines.get(what) ?? { what, ...row, figures: {}, growth: null, kept: null };
        line.figures[pods] = round(figure);
        lines.set(what, line);
      }
    }
  }
  for (const line of lines.values()) judge(line, sizes);
  print([...lines.values()]);
  const report = { load: round(loadavg()[0] ?? 0), sizes, lines: [...lines.values()] };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return [...lines.values()].every(({ kept }) => kept !== false);
}

function judge(line: Line, sizes: readonly number[]): void {
  const { figures, budget, least, grows } = line;
  const before = figures[sizes.at(-2) ?? ''];
  const last = Object.values(figures).at(-1);
  if (grows && before !== undefined && before > 0 && last !== undefined && last !== before)
    line.growth = round(last / before);
  const within = (figure: number) => budget === null || (least ? figure >= budget : figure <= budget);
  const judged = budget !== null || line.growth !== null;
  // Budgets are for the largest; what is smaller shows how it came to be so.
  if (judged) line.kept = (last === undefined || within(last)) && (line.growth ?? 0) <= GROWTH;
}

function print(lines: readonly Line[]): void {
  console.table(
    Object.fromEntries(
      lines.map(({ what, figures, growth, budget, least, kept }) => [
        what,
        {
          ...figures,
          growth: growth ?? '',
          budget: budget === null ? '' : `${least ? '≥' : '≤'} ${budget}`,
          kept: kept === null ? '' : kept ? 'yes' : 'NO',
        },
      ]),
    ),
  );
}
