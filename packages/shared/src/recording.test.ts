import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Pod } from './api/core.ts';
import type { KubeList, KubeObject, WatchEvent } from './api/meta.ts';
import { decodeColumns, encodeColumns } from './columns/columns.ts';
import { type Entity, entity } from './entity/entity.ts';
import { KIND_TABLE, type KindRow } from './kinds.ts';
import { printPod } from './print/pod.ts';
import { project } from './project/project.ts';
import { Graph } from './relations/graph.ts';

/** What a real Kubernetes 1.20.2 sent while a guestbook lived and died. */
type Line = { t: number } & (
  | { resource: string; list: KubeList }
  | { resource: string; event: WatchEvent }
  | { mark: string }
);

const FIXTURE = new URL('../fixtures/guestbook-1.20.2.ndjson.gz', import.meta.url);
const LINES = gunzipSync(readFileSync(FIXTURE))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
const ROWS = new Map(KIND_TABLE.filter((row) => row.read.pollMs === null).map((row) => [row.plural, row]));

/** One object that came or went, of a kind that is read. */
interface Step {
  row: KindRow;
  object: KubeObject;
  gone: boolean;
}

function stepsOf(line: Line): Step[] {
  if ('mark' in line) return [];
  const row = ROWS.get(line.resource);
  if (row === undefined) return [];
  if ('list' in line) return line.list.items.map((object) => ({ row, object, gone: false }));
  const { event } = line;
  if (event.type === 'BOOKMARK' || event.type === 'ERROR') return [];
  return [{ row, object: event.object, gone: event.type === 'DELETED' }];
}

const STEPS = LINES.flatMap(stepsOf);
const isPod = ({ row }: Step) => row.kind === 'Pod';
const PODS = STEPS.filter(isPod).map(({ object }) => object as Pod);

function take(graph: Graph, { row, object, gone }: Step): void {
  if (gone) graph.apply({ upserts: [], removes: [{ kind: row.kind, uid: object.metadata.uid }] });
  else graph.apply({ upserts: [project(row.kind, object)], removes: [] });
}

function entitiesOf(graph: Graph): Entity[] {
  return KIND_TABLE.flatMap((row) => [...graph.all(row.kind)]);
}

function edgesOf(graph: Graph): string[] {
  return entitiesOf(graph)
    .flatMap(({ uid }) => graph.edgesFrom(uid))
    .map(({ type, from, to, ready }) => `${type} ${from} ${to} ${ready}`)
    .sort();
}

/** The graph as it stands at each action that was recorded, and at the end. */
function atMarks(look: (graph: Graph, mark: string) => void): void {
  const graph = new Graph();
  for (const line of LINES) {
    if ('mark' in line) look(graph, line.mark);
    for (const step of stepsOf(line)) take(graph, step);
  }
  look(graph, 'the end');
}

describe('a guestbook recorded from Kubernetes 1.20.2', () => {
  it('[K2] every object projects to an entity that its schema accepts as it is', () => {
    expect(STEPS.length).toBeGreaterThan(900);
    for (const { row, object } of STEPS) {
      const made = project(row.kind, object);
      expect(entity.parse(made)).toEqual(made);
    }
  });

  it('[R1] ends where the last states say', () => {
    const last = new Map<string, Entity>();
    const graph = new Graph();
    for (const step of STEPS) {
      take(graph, step);
      if (step.gone) last.delete(step.object.metadata.uid);
      else last.set(step.object.metadata.uid, project(step.row.kind, step.object));
    }
    expect(new Map(entitiesOf(graph).map((each) => [each.uid, each]))).toEqual(last);
    expect([...graph.all('Deployment')]).toEqual([]);
    expect(graph.counts()).toMatchObject({ Node: 2, Pod: 11, StatefulSet: 1, DaemonSet: 1, Job: 1 });
  });

  it('[R8] relations kept change by change equal those built at once, at every mark', () => {
    const marks: string[] = [];
    atMarks((graph, mark) => {
      marks.push(mark);
      const atOnce = new Graph();
      atOnce.apply({ upserts: entitiesOf(graph).reverse(), removes: [] });
      expect(edgesOf(atOnce)).toEqual(edgesOf(graph));
      expect(atOnce.digest).toBe(graph.digest);
    });
    expect(marks).toHaveLength(22);
  });

  it('[R9] columns bring every kind back, at every mark', () => {
    atMarks((graph) => {
      for (const { kind } of KIND_TABLE) {
        const all = [...graph.all(kind)];
        const columns = JSON.parse(JSON.stringify(encodeColumns(all)));
        expect(decodeColumns(kind, all.length, columns)).toEqual(all);
      }
    });
  });

  it('[R6] at rest each of the six guestbook pods is placed, owned, and selected as ready', () => {
    atMarks((graph, mark) => {
      if (mark !== 'rolling update frontend to v2') return;
      const pods = [...graph.inNamespace('Pod', 'default')];
      expect(pods).toHaveLength(6);
      for (const { uid } of pods) {
        expect(graph.edgesTo(uid, 'owner')).toHaveLength(1);
        expect(graph.edgesFrom(uid, 'placement')).toHaveLength(1);
        expect(graph.edgesTo(uid, 'selection').map((edge) => edge.ready)).toEqual([true]);
      }
    });
  });

  it('[R6] pods on a frozen node are selected as not ready', () => {
    const told = new Set<boolean | null>();
    const graph = new Graph();
    for (const step of STEPS) {
      take(graph, step);
      for (const pod of graph.all('Pod')) {
        if (pod.status !== 'Running' || pod.isReady || pod.ready[0] === 0) continue;
        for (const edge of graph.edgesTo(pod.uid, 'selection')) told.add(edge.ready);
      }
    }
    expect(told).toContain(false);
  });

  it('[K5] every pod goes Pending, ContainerCreating, Running, Terminating, and never back', () => {
    const order = ['Pending 0/1', 'ContainerCreating 0/1', 'Running 1/1', 'Terminating 1/1', 'Terminating 0/1'];
    const reached = new Map<string, number>();
    for (const pod of PODS) {
      const { status, ready } = printPod(pod);
      const stage = order.indexOf(`${status} ${ready.join('/')}`);
      expect(stage).toBeGreaterThanOrEqual(reached.get(pod.metadata.uid) ?? 0);
      reached.set(pod.metadata.uid, stage);
    }
    expect(reached.size).toBeGreaterThan(40);
  });

  it('[K5] while frontend rolls out, at least two of its pods stay ready', () => {
    const graph = new Graph();
    let rolling = false;
    let steps = 0;
    for (const line of LINES) {
      if ('mark' in line) rolling = /rolling update|pause and resume|undo/.test(line.mark);
      for (const step of stepsOf(line)) {
        take(graph, step);
        if (!rolling || !isPod(step)) continue;
        steps++;
        const ready = [...graph.all('Pod')].filter((pod) => pod.name.startsWith('frontend-') && pod.ready[0] === 1);
        expect(ready.length).toBeGreaterThanOrEqual(2);
      }
    }
    expect(steps).toBeGreaterThan(50);
  });

  it('[K6] [K7] none of the three rules that differ on 1.20 is touched here: its apiserver printed the same', () => {
    const ended = PODS.filter(({ status }) => status?.phase === 'Succeeded' || status?.phase === 'Failed');
    const deletedAfterItEnded = ended.filter((pod) => pod.metadata.deletionTimestamp !== undefined);
    const withSidecars = PODS.filter((pod) => pod.spec.initContainers?.some((each) => each.restartPolicy === 'Always'));
    const restarted = PODS.filter((pod) => printPod(pod).restarts > 0);
    expect({ deletedAfterItEnded, withSidecars, restarted }).toEqual({
      deletedAfterItEnded: [],
      withSidecars: [],
      restarted: [],
    });
  });
});
