import {
  compareKeys,
  type Entity,
  Graph,
  type KubeObject,
  project,
  type Random,
  seededRandom,
  sortKeyOf,
} from '@portolan/shared';
import { RowModel } from '../../apps/web/src/store/rows/row-model.ts';
import { quantiles, round } from './statistics.ts';

const PODS = 150_000;
/** Pods of a workload, and workloads of a namespace. */
const EACH = 50;
const WORKLOADS = 8;
/** Changes of a frame at a thousand a second, and frames. */
const CHANGES = 17;
const FRAMES = 600;
/** Rows in view. */
const IN_VIEW = 40;

/** Milliseconds that this thread computes for, which others who compute do not lengthen. */
function cpu(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** A pod as it is found at some time: now and then one has restarted. */
function pod(index: number, version: number, chance: Random): Entity {
  const workload = Math.floor(index / EACH);
  const name = `service-${workload}-${((workload * 2654435761) >>> 0).toString(16)}-${((index * 7919) % 1e6).toString(36)}`;
  const object: KubeObject = {
    metadata: {
      name,
      namespace: `team-${Math.floor(workload / WORKLOADS)}`,
      uid: `uid-${index}`,
      resourceVersion: String(version),
      creationTimestamp: new Date(Date.UTC(2026, 0, 1) + Math.floor(chance() * 1e9)).toISOString(),
    },
    ...{
      spec: { nodeName: `node-${index % 5000}`, containers: [{ name: 'main', image: 'registry.example/web:1' }] },
      status: {
        phase: 'Running',
        podIP: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
        containerStatuses: [{ name: 'main', ready: true, restartCount: chance() < 0.1 ? Math.floor(chance() * 9) : 0 }],
      },
    },
  };
  return project('Pod', object);
}

/** One order: what it costs to fill, against sorting the same at once, and to follow a thousand changes a second. */
function measure(graph: Graph, column: string, chance: Random): object {
  const keyOf = sortKeyOf('Pod', column);
  const floor = cpu(() => {
    const rows = [...graph.all('Pod')].map((entity) => ({ entity, key: keyOf(entity) }));
    rows.sort((a, b) => compareKeys(a.key, b.key) || (a.entity.name < b.entity.name ? -1 : 1));
  });
  const model = new RowModel({ kind: 'Pod', namespace: null, order: { column, descending: false }, filter: null });
  const steps: number[] = [];
  const filled = cpu(() => {
    const fill = model.fill(graph);
    for (let over = false, began = performance.now(); !over; began = performance.now()) {
      over = fill.next().done === true;
      steps.push(performance.now() - began);
    }
  });
  const deltas = Array.from({ length: FRAMES }, (_, frame) => {
    const upserts = Array.from({ length: CHANGES }, () => pod(Math.floor(chance() * PODS), frame + 2, chance));
    return graph.apply({ upserts, removes: [] });
  });
  const [first] = model.slice(PODS / 2, PODS / 2 + 1);
  const followed = cpu(() => {
    for (const delta of deltas) {
      model.apply(delta);
      if (first) model.slice(model.rank(first), model.rank(first) + IN_VIEW);
    }
  });
  return {
    'sorted at once (ms)': round(floor),
    'filled in steps (ms)': round(filled),
    'filled / at once': round(filled / floor),
    'a step, p99 by the clock (ms)': round(quantiles(steps).p99),
    'a frame of 17 changes (ms)': round(followed / FRAMES),
    'frames of changes for one sorting': Math.round((floor * FRAMES) / followed),
  };
}

/** The table's rows of 150,000 pods, in the orders of several columns. */
export async function table(): Promise<Record<string, object>> {
  const chance = seededRandom(1);
  const graph = new Graph();
  for (let from = 0; from < PODS; from += 500) {
    graph.apply({ upserts: Array.from({ length: 500 }, (_, n) => pod(from + n, 1, chance)), removes: [] });
  }
  const columns = ['NAME', 'RESTARTS', 'AGE', 'NODE'];
  return Object.fromEntries(columns.map((column) => [column, measure(graph, column, chance)]));
}
