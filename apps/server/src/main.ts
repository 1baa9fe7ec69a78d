#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLogger } from './cli/logger.ts';
import type { ServeCommandOptions } from './cli/options.ts';
import { createProgram } from './cli/program.ts';
import { runServe } from './cli/run-serve.ts';
import { UsageError } from './cli/usage-error.ts';
import { KubeconfigError } from './watch/kubeconfig.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url));

const program = createProgram(
  {
    serve: (options: ServeCommandOptions) =>
      runServe(options, { log: createLogger(options.logLevel), env: process.env, webRoot, version: manifest.version }),
  },
  manifest.version,
);

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof UsageError || error instanceof KubeconfigError;
  process.stderr.write(
    `portolan: ${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = expected ? 2 : 1;
}
