import { setTimeout as wait } from 'node:timers/promises';
import type { Size } from '../fed/sized-cluster.ts';
import { ApiError, eachOf, insist, MERGE, type RealApi } from './api.ts';
import { LEASES, Leases } from './leases.ts';
import { MARK, type MadeNode, type PodStatus, populationOf } from './population.ts';

const MARKED = `labelSelector=${encodeURIComponent(`${MARK.key}=${MARK.value}`)}`;
/** Namespaces that are emptied at once. */
const NAMESPACES = 6;
const LIMIT_MS = 600_000;

/** A pod that runs: where it is asked for, and its status as it was written. */
export interface Running {
  path: string;
  status: PodStatus;
}

/** A cluster that has been filled. */
export interface Filled {
  running: Running[];
  /** Nodes that were made to be ready. */
  ready: number;
  /** Objects that were created. */
  objects: number;
  leases: Leases;
}

/** Creates so many nodes and pods through the API, some in trouble, and keeps the nodes' leases from then on. */
export async function fill(api: RealApi, kubeconfig: string, size: Size): Promise<Filled> {
  const { namespaces, nodes, pods } = populationOf(size);
  const leases = new Leases(api, kubeconfig);
  const running: Running[] = [];
  let [objects, ready] = [0, 0];
  try {
    await eachOf(nodes, async (body) => {
      // The lease first: a node whose name was known before is Unknown at once without one, and stays so.
      await leases.keep(body.metadata.name);
      await insist(api, 'POST', '/api/v1/nodes', { body });
      objects += 1;
      ready += isReady(body) ? 1 : 0;
    });
    await eachOf(namespaces, (body) => insist(api, 'POST', '/api/v1/namespaces', { body }));
    await eachOf(pods, async ({ pod, status, deleted, runs }) => {
      const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods`;
      await insist(api, 'POST', path, { body: pod });
      const own = `${path}/${pod.metadata.name}`;
      if (status !== null) await insist(api, 'PATCH', `${own}/status`, { type: MERGE, body: { status } });
      if (deleted) await insist(api, 'DELETE', own);
      if (runs && status !== null) running.push({ path: own, status });
      objects += 1;
    });
  } catch (error) {
    await leases.stop();
    throw error;
  }
  return { running, ready, objects: objects + namespaces.length, leases };
}

/** Waits until the controllers have found the leases and as many nodes are ready as were made so; false when they do not in time. */
export async function settled(api: RealApi, { ready }: Filled, patienceMs: number): Promise<boolean> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const { items } = await api.ask<{ items: MadeNode[] }>('GET', `/api/v1/nodes?${MARKED}`);
    if (items.filter(isReady).length === ready) return true;
    if (Date.now() > end) return false;
    await wait(2000);
  }
}

function isReady({ status }: MadeNode): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

/** Deletes everything that was ever created here, and resolves once it is gone; rejects when that takes ten minutes. */
export async function sweep(api: RealApi): Promise<void> {
  const names = (await marked(api, '/api/v1/namespaces')).map(({ metadata }) => metadata.name);
  await eachOf(
    names,
    async (name) => {
      // Without a kubelet that ends them, pods go only at once.
      await emptied(api, `/api/v1/namespaces/${name}/pods`);
      await gone(api.ask('DELETE', `/api/v1/namespaces/${name}`));
    },
    NAMESPACES,
  );
  await emptied(api, '/api/v1/nodes');
  await emptied(api, LEASES);
  const end = Date.now() + LIMIT_MS;
  while ((await marked(api, '/api/v1/namespaces')).length > 0) {
    if (Date.now() > end) throw new Error('namespaces are left that were deleted');
    await wait(500);
  }
}

/** Deletes what is marked in a collection until none is left. */
async function emptied(api: RealApi, path: string): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while ((await marked(api, path, 1)).length > 0) {
    if (Date.now() > end) throw new Error(`${path} cannot be emptied`);
    await gone(api.ask('DELETE', `${path}?gracePeriodSeconds=0&${MARKED}`));
  }
}

/** Waits for a deletion; one of what is gone already has succeeded, and one that took the apiserver too long is begun. */
async function gone(deletion: Promise<unknown>): Promise<void> {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof ApiError && [404, 409, 429, 500, 504].includes(error.status))) throw error;
  });
}

async function marked(api: RealApi, path: string, limit = 0): Promise<{ metadata: { name: string } }[]> {
  const { items } = await api.ask<{ items: { metadata: { name: string } }[] }>(
    'GET',
    `${path}?${MARKED}&limit=${limit}`,
  );
  return items;
}
