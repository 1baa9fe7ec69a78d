import { budgets } from './budgets/budgets.ts';
import { churn } from './churn.ts';
import { fortnight } from './fortnight.ts';
import { hour } from './hour.ts';
import { large } from './large.ts';
import { latency } from './latency.ts';
import { pageSnapshot } from './page-snapshot.ts';
import { readers } from './readers.ts';
import { realFleet } from './real-fleet.ts';
import { restart } from './restart.ts';
import { stalled } from './stalled.ts';
import { streamLatency } from './stream-latency.ts';
import { tab } from './tab.ts';
import { table } from './table.ts';

/** One benchmark. Those on request run only when they are asked for by name: they take long. */
interface Bench {
  run(): Promise<object>;
  onRequest?: true;
}

/** The benchmarks by name; each prints its figures as ratios to a floor that it measures in the same run. */
const benches: Record<string, Bench> = {
  latency: { run: latency },
  large: { run: large },
  churn: { run: () => churn() },
  'churn-hour': { run: () => churn({ warmUp: 7200, seconds: 3600, speed: 1 }), onRequest: true },
  readers: { run: () => readers() },
  snapshot: { run: pageSnapshot },
  table: { run: table },
  'stream-latency': { run: () => streamLatency() },
  stalled: { run: () => stalled() },
  restart: { run: restart },
  fortnight: { run: () => fortnight(), onRequest: true },
  hour: { run: () => hour({ warmUp: 15, minutes: 60 }), onRequest: true },
  'ten-minutes': { run: () => hour({ warmUp: 15, minutes: 10 }), onRequest: true },
  'real-fleet': { run: realFleet, onRequest: true },
  tab: { run: () => tab({ warmUp: 8, minutes: 30, churn: 5, speed: 10 }), onRequest: true },
};

if (process.argv[2] === 'budgets') process.exit((await budgets(process.argv.slice(3))) ? 0 : 1);

const json = process.argv.includes('--json');
const asked = process.argv.slice(2).filter((word) => word !== '--json');
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`bench: there is no "${unknown.join('", "')}"; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, { run, onRequest }] of Object.entries(benches)) {
  if (asked.length > 0 ? !asked.includes(name) : onRequest) continue;
  const figures = await run();
  if (json) console.log(JSON.stringify({ bench: name, figures }));
  else {
    console.log(name);
    console.table(figures);
  }
}
