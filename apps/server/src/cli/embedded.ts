import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockCluster, SCENARIOS, SizeError, startMock, UnknownScenarioError } from '@portolan/mock-apiserver';
import { requireLoopback } from './listen.ts';
import type { MockCommandOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

/** An embedded cluster with its kubeconfig in a file of this user's own. */
export interface Embedded {
  mock: MockCluster;
  kubeconfig: string;
  /** Ends the cluster and removes the file. */
  close(): Promise<void>;
}

/** Starts the embedded cluster that a command asked for. */
export async function startEmbedded(scenario: string, options: MockCommandOptions): Promise<Embedded> {
  requireLoopback(options.host);
  const mock = await start(scenario, options);
  const folder = mkdtempSync(join(tmpdir(), 'portolan-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, mock.kubeconfig, { mode: 0o600 });
  return {
    mock,
    kubeconfig,
    async close() {
      rmSync(folder, { recursive: true, force: true });
      await mock.close();
    },
  };
}

async function start(
  scenario: string,
  { host, apiPort, speed, seed, services, nodes, pods, churn }: MockCommandOptions,
): Promise<MockCluster> {
  try {
    const size = {
      ...(nodes !== undefined && { nodes }),
      ...(pods !== undefined && { pods }),
      ...(churn !== undefined && { churn }),
    };
    return await startMock({ scenario, host, port: apiPort, speed, seed, size, services: services ? 'node' : 'off' });
  } catch (error) {
    if (error instanceof SizeError) throw new UsageError(`${error.message}.`);
    if (error instanceof UnknownScenarioError) {
      throw new UsageError(`There is no scenario "${scenario}"; there is ${SCENARIOS.join(', ')}.`);
    }
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new UsageError(
        `--api-port ${apiPort} is in use on ${host}. Stop what listens there, or give another (0 takes any free one).`,
      );
    }
    throw error;
  }
}
