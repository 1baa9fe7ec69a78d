import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Entity } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/clock.ts';
import { startPortolan } from '../../e2e/src/portolan.ts';
import { type Leg, startLeg } from '../src/proxy/leg.ts';
import { BrowserEnd } from '../src/real/browser-end.ts';
import { ControlPlane } from '../src/real/control-plane.ts';
import { converged, type Ends } from '../src/real/convergence.ts';
import { realSchedule } from '../src/real/faults.ts';
import { KubectlChurn } from '../src/real/kubectl-churn.ts';
import { printedOtherwise } from '../src/real/printed.ts';
import { type GetJson, getJson } from '../src/truth/read-truth.ts';

const { PORTOLAN_REAL_KUBECONFIG, PORTOLAN_LAB_SEEDS = '1,2,3', PORTOLAN_KUBECTL = 'kubectl' } = process.env;
if (PORTOLAN_REAL_KUBECONFIG === undefined) {
  throw new Error('name the kubeconfig of a real control plane of this machine in $PORTOLAN_REAL_KUBECONFIG');
}
const plane = new ControlPlane(PORTOLAN_REAL_KUBECONFIG);
const seeds = PORTOLAN_LAB_SEEDS.split(',').map(Number);
const PATIENCE = 90_000;

/** Portolan between a leg to the apiserver and a leg to a browser, and a way to the apiserver that nothing befalls. */
interface Set extends Ends {
  legs: [Leg, Leg];
  ready: () => Promise<boolean>;
}

const undo: (() => Promise<unknown>)[] = [];
let set: Set;

beforeAll(async () => {
  const fair = await leg(plane.upstream);
  const api = await leg(plane.upstream);
  const get = getJson(fair.url, { authorization: `Bearer ${plane.token}` });
  const folder = await mkdtemp(join(tmpdir(), 'portolan-lab-'));
  undo.push(() => rm(folder, { recursive: true }));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, JSON.stringify(through(api.url)));
  const portolan = await startPortolan('serve', '--kubeconfig', kubeconfig, '--port', '0', '--log-level', 'warn');
  undo.push(() => portolan.stop());
  const served = `${portolan.url}/api/v1/clusters/lab`;
  const page = await leg({ url: String(portolan.url) });
  const browser = new BrowserEnd(`${page.url}/api/v1/clusters/lab/stream`);
  undo.push(async () => browser.close());
  const entities = async () => ((await (await fetch(`${served}/entities`)).json()) as { entities: Entity[] }).entities;
  set = { get, entities, browser, legs: [api, page], ready: () => answers(get) };
  await converged(set, PATIENCE);
}, 120_000);

afterAll(async () => {
  for (const step of undo.reverse()) await step();
}, 60_000);

describe('beside a real control plane', () => {
  it.for(seeds)(
    '[F40] [F41] whatever befalls it while kubectl churns, server and browser end with what it lists: seed %i',
    { timeout: 240_000 },
    async (seed) => {
      const random = seededRandom(seed);
      const namespace = await made(`lab-${seed}-${Date.now().toString(36)}`);
      const churn = new KubectlChurn({
        kubectls: [PORTOLAN_KUBECTL],
        kubeconfig: plane.kubeconfig,
        namespace,
        random: seededRandom(seed + 1_000),
      });
      plane.revive();
      await churn.start();
      const told: string[] = [];
      try {
        for (const { fault, pauseMs, lastsMs } of realSchedule(random, seed, 4)) {
          await wait(pauseMs);
          told.push(`${fault.name} (${lastsMs} ms)`);
          await fault.befall({ plane, ...set }, lastsMs, random);
          plane.revive();
        }
      } finally {
        const { done, failed } = await churn.stop();
        told.push(`kubectl: ${done} done, ${failed} failed`);
      }
      const tookMs = await converged(set, PATIENCE).catch((error: Error) => {
        throw new Error(`PORTOLAN_LAB_SEEDS=${seed} plays it again. ${told.join('; ')}; ${error.message}`);
      });
      process.stdout.write(`seed ${seed}: ${told.join('; ')}; converged after ${tookMs} ms\n`);
      await expect.poll(async () => printed(namespace), { timeout: 30_000, interval: 500 }).toEqual([]);
    },
  );

  it('[F42] what was written before an etcd was put back is gone from server and browser', {
    timeout: 240_000,
  }, async () => {
    const namespace = await made(`kept-${Date.now().toString(36)}`);
    plane.revive();
    await converged(set, PATIENCE);
    await plane.keepEtcd();
    const lost = await made(`lost-${Date.now().toString(36)}`);
    await expect.poll(namespaces, { timeout: 20_000 }).toContain(lost);
    await plane.restoreEtcd(set.ready);
    const tookMs = await converged(set, PATIENCE);
    process.stdout.write(`etcd restored; converged after ${tookMs} ms\n`);
    expect(await namespaces()).toContain(namespace);
    expect(await namespaces()).not.toContain(lost);
  });
});

async function leg(upstream: Parameters<typeof startLeg>[0]): Promise<Leg> {
  const started = await startLeg(upstream, systemClock);
  undo.push(() => started.close());
  return started;
}

/** A kubeconfig with the context `lab` that leads through a leg. */
function through(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server } }],
    users: [{ name: 'lab', user: { token: plane.token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
    'current-context': 'lab',
  };
}

async function answers(get: GetJson): Promise<boolean> {
  try {
    return (await get('/apis/apps/v1/deployments', 'application/json')) !== null;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

async function made(name: string): Promise<string> {
  const response = await fetch(`${set.legs[0].url}/api/v1/namespaces`, {
    method: 'POST',
    headers: { authorization: `Bearer ${plane.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  });
  expect(response.status).toBe(201);
  return name;
}

async function namespaces(): Promise<string[]> {
  return set.browser.picture().entities.flatMap(({ kind, name }) => (kind === 'Namespace' ? [name] : []));
}

async function printed(namespace: string): Promise<string[]> {
  return printedOtherwise(PORTOLAN_KUBECTL, plane.kubeconfig, namespace, await set.entities());
}
