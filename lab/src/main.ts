import { parseArgs } from 'node:util';
import { FAULT_TABLE } from './faults/table.ts';
import { runSeeds } from './run-seeds.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '12' },
  },
});

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  process.stderr.write(`lab: --${name} ${text} is not a whole number; try --${name} 1\n`);
  process.exit(2);
};

const first = whole('from', values.seed ?? values.from);
const seeds = Array.from(
  { length: values.seed === undefined ? whole('seeds', values.seeds) : 1 },
  (_, index) => first + index,
);
const say = (text: string) => void process.stdout.write(`${text}\n`);
const started = performance.now();
const report = await runSeeds({
  seeds,
  atOnce: whole('at-once', values['at-once']),
  only: values.only === '' ? [] : values.only.split(',').map((one) => whole('only', one)),
  ended: (seed, { problem }) => {
    if (problem !== null) say(`seed ${seed}: ${problem}`);
  },
});

for (const { id } of FAULT_TABLE) {
  const { injected, met } = report.faults.get(id) ?? { injected: 0, met: 0 };
  say(`${id.padEnd(24)} injected ${String(injected).padStart(5)}   met ${String(met).padStart(6)}`);
}
for (const [name, value] of [...report.counters].sort()) say(`${name.padEnd(24)} ${value}`);
for (const failure of report.failures) say(`\n${failure}`);
const seconds = Math.round((performance.now() - started) / 1000);
say(
  `\n${report.worlds} worlds in ${seconds} s, ${report.failures.length} failed; the slowest healed within ${Math.round(report.settledMs / 1000)} s of its clock`,
);
process.exit(report.failures.length === 0 ? 0 : 1);
