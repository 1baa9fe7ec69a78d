import { churn } from './churn.ts';
import { large } from './large.ts';
import { latency } from './latency.ts';

/** The benchmarks by name; each prints its figures as ratios to a floor that it measures in the same run. */
const benches: Record<string, () => Promise<object>> = {
  latency,
  large,
  churn: () => churn(),
  'churn-hour': () => churn({ warmUp: 7200, seconds: 3600, speed: 1 }),
};

/** What runs only when it is asked for by name: it takes three hours. */
const ON_REQUEST = new Set(['churn-hour']);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`bench: there is no "${unknown.join('", "')}"; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 ? !asked.includes(name) : ON_REQUEST.has(name)) continue;
  const figures = await bench();
  console.log(name);
  console.table(figures);
  console.log(JSON.stringify({ bench: name, figures }));
}
