// `npm test`: installs, then lint, types, unit and integration tests, two hundred seeds of the fault laboratory, and browser
// tests; the last line is `N passed, N failed`.
// `npm test -- unit e2e` runs those tiers alone. A tier that can't run counts as failed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, env, install, root, run } from './lib/install.mjs';
import { chromium, kubectl } from './lib/programs.mjs';

const cache = join(root, '.cache', 'tests');
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** A tier without tests of its own: it holds or it does not. */
const check = (command, args) => () => {
  const passed = run(command, args) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
};

/** A tier of Vitest's; its figures come from its JSON report. */
const vitest = (project, prepare) => () => {
  const report = join(cache, `${project}.json`);
  const extra = prepare?.() ?? {};
  const code = run(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { env: { ...env, ...extra } },
  );
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = read(report);
  return settle(code, numPassedTests, numFailedTests + numPendingTests + numTodoTests);
};

/** The browser suite against a target, `mock` or `real`. */
const playwright = (target) => () => {
  build();
  const report = join(cache, `e2e-${target}.json`);
  const code = run(
    join(root, 'e2e', 'node_modules', '.bin', 'playwright'),
    ['test', '--config', 'e2e/playwright.config.ts'],
    {
      env: {
        ...env,
        PORTOLAN_E2E_TARGET: target,
        PORTOLAN_CHROMIUM: chromium(),
        PORTOLAN_KUBECTL: kubectl(),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    },
  );
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = read(report).stats ?? {};
  return settle(code, expected, unexpected + flaky + skipped);
};

const tiers = {
  lint: () => {
    const style = check(bin('biome'), ['check', '--error-on-warnings', '.'])();
    const directions = check(bin('depcruise'), [
      '--config',
      '.dependency-cruiser.cjs',
      'packages',
      'apps',
      'e2e',
      'bench',
      'lab',
    ])();
    return { passed: style.passed + directions.passed, failed: style.failed + directions.failed };
  },
  types: check(bin('tsc'), ['--build']),
  unit: vitest('unit'),
  integration: vitest('integration', () => ({ PORTOLAN_KUBECTL: kubectl() })),
  lab: vitest('lab'),
  e2e: playwright('mock'),
  'e2e-real': playwright('real'),
  'conformance-real': vitest('conformance-real', () => ({ PORTOLAN_KUBECTL: kubectl() })),
  'lab-real': vitest('lab-real', () => ({ PORTOLAN_KUBECTL: kubectl() })),
};
const byDefault = ['lint', 'types', 'unit', 'integration', 'lab', 'e2e'];

const asked = process.argv.slice(2);
for (const name of asked) {
  if (name in tiers) continue;
  console.error(`npm test: there is no tier "${name}"; there are ${Object.keys(tiers).join(', ')}`);
  process.exit(2);
}

install();
mkdirSync(cache, { recursive: true });
const total = { passed: 0, failed: 0 };
for (const name of asked.length > 0 ? asked : byDefault) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { passed, failed } = attempt(tiers[name]);
  console.log(`── ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
  total.passed += passed;
  total.failed += failed;
}
writeFileSync(join(cache, 'total.json'), JSON.stringify(total));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function attempt(tier) {
  try {
    return tier();
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Whatever the figures say, a runner that ended badly has failed. */
function settle(code, passed, failed) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function read(report) {
  if (!existsSync(report)) return {};
  const figures = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  return figures;
}
