#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { createLogger } from './cli/logger.ts';
import type { CommonOptions } from './cli/options.ts';
import { createProgram } from './cli/program.ts';
import { runServe } from './cli/run-serve.ts';
import type { Surroundings } from './cli/surroundings.ts';
import { UsageError } from './cli/usage-error.ts';
import { KubeconfigError } from './watch/kubeconfig.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const surroundings = ({ logLevel }: CommonOptions): Surroundings => ({
  log: createLogger(logLevel),
  env: process.env,
  webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  version,
  say: (text) => void process.stdout.write(text),
});

// The embedded cluster is loaded only where it is asked for: an installation that serves need not hold it.
const program = createProgram(
  {
    serve: (options) => runServe(options, surroundings(options)),
    demo: async (scenario, options) => {
      const { runDemo } = await import('./cli/run-demo.ts');
      await runDemo(scenario, options, surroundings(options));
    },
    mock: async (scenario, options) => {
      const { runMock } = await import('./cli/run-mock.ts');
      await runMock(scenario, options, surroundings(options));
    },
  },
  version,
);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong, or printed the help, by itself.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  const expected = error instanceof UsageError || error instanceof KubeconfigError;
  process.stderr.write(
    `portolan: ${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = expected ? 2 : 1;
}
