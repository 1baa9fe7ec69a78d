import { expect, test } from '@playwright/test';
import { formatRestarts, messages, type PodEntity } from '@portolan/shared';
import { cluster } from '../src/cluster.ts';
import { kubectlDriver } from '../src/driver.ts';
import { linesOf, messagesOf } from '../src/lines.ts';

/** kubectl's columns of one pod at one resource version. */
interface Columns {
  ready: string;
  status: string;
  restarts: string;
}

interface Table {
  object: {
    columnDefinitions: { name: string }[] | null;
    rows: { cells: unknown[]; object: { metadata: { uid: string; resourceVersion: string } } }[];
  };
}

test('[K5] a pod reads READY, STATUS and RESTARTS as kubectl prints them at the same resource version', async () => {
  await using stage = await cluster('columns');
  const driver = kubectlDriver(stage.kubectl);
  const end = new AbortController();
  const printed = new Map<string, Columns>();
  const ours = new Map<string, Columns>();
  const heard = Promise.all([
    watchTable(`${stage.proxy.url}/api/v1/namespaces/${driver.namespace}/pods?watch=1`, printed, end.signal),
    watchEntities(
      `${stage.url}/api/v1/clusters/${stage.name}/stream?kind=Pod&namespace=${driver.namespace}`,
      ours,
      end.signal,
    ),
  ]);

  await driver.createGuestbook();
  await settled(stage.kubectl);
  await driver.rollOutV2();
  await settled(stage.kubectl);
  await driver.killPod();
  await settled(stage.kubectl);
  await stage.kubectl('scale', 'deployment/redis-slave', '--replicas=0');
  await stage.kubectl('wait', '--for=delete', 'pod', '-l', 'role=slave', '--timeout=120s');
  await expect.poll(() => [...printed.keys()].filter((key) => ours.has(key)).length).toBeGreaterThan(20);
  end.abort();
  await heard;

  const both = [...ours].filter(([key]) => printed.has(key));
  test.info().annotations.push({ type: 'compared', description: `${both.length} versions of ${printed.size} printed` });
  const differing = both.filter(([key, columns]) => JSON.stringify(columns) !== JSON.stringify(printed.get(key)));
  expect(differing.map(([key, columns]) => ({ key, ours: columns, kubectl: printed.get(key) }))).toEqual([]);
  const statuses = new Set(both.map(([, columns]) => columns.status));
  for (const status of ['Pending', 'ContainerCreating', 'Running', 'Terminating']) expect(statuses).toContain(status);
});

/** Follows pods as the apiserver prints them for `kubectl get pods -w`. */
async function watchTable(url: string, into: Map<string, Columns>, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }, signal });
  let names: string[] = [];
  await untilAborted(async () => {
    for await (const line of linesOf(response)) {
      if (!line) continue;
      const { object } = JSON.parse(line) as Table;
      if (object.columnDefinitions?.length) names = object.columnDefinitions.map(({ name }) => name);
      for (const { cells, object: pod } of object.rows) {
        const cell = (name: string) => String(cells[names.indexOf(name)]);
        const { uid, resourceVersion } = pod.metadata;
        into.set(`${uid}@${resourceVersion}`, {
          ready: cell('Ready'),
          status: cell('Status'),
          restarts: cell('Restarts'),
        });
      }
    }
  }, signal);
}

/** Follows pods as Portolan streams them. */
async function watchEntities(url: string, into: Map<string, Columns>, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  await untilAborted(async () => {
    for await (const { event, data } of messagesOf(response)) {
      if (event !== 'change') continue;
      for (const pod of messages.change.parse(data).upserts)
        if (pod.kind === 'Pod') into.set(`${pod.uid}@${pod.version}`, columnsOf(pod));
    }
  }, signal);
}

function columnsOf(pod: PodEntity): Columns {
  return {
    ready: pod.ready.join('/'),
    status: pod.status,
    restarts: formatRestarts(pod.restarts, pod.lastRestart, Date.now()),
  };
}

async function untilAborted(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function settled(kubectl: (...args: string[]) => Promise<string>): Promise<void> {
  for (const name of ['redis-master', 'redis-slave', 'frontend']) {
    await kubectl('rollout', 'status', `deployment/${name}`, '--timeout=120s');
  }
}
