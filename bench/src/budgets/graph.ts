import { decodeColumns, type Entity, Graph, type MessageData } from '@portolan/shared';
import { heldBytes } from '../heap.ts';
import { snapshotOf } from '../page-snapshot.ts';
import type { Row } from './row.ts';

const MIB = 1024 ** 2;
/** As many entities at a time as a page's store applies. */
const SLICE = 25;

/** What comes of some work, and the seconds of a processor that it took. */
interface Timed<T> {
  made: T;
  seconds: number;
}

function timed<T>(work: () => T): Timed<T> {
  const before = process.threadCpuUsage();
  const made = work();
  const { user, system } = process.threadCpuUsage(before);
  return { made, seconds: (user + system) / 1e6 };
}

/** Clocks of processors are coarse: what is short is done again until it has taken this long. */
const LEAST_SECONDS = 0.3;

/** The seconds of a processor that some work takes each time that it is done again. */
function secondsOf(work: () => unknown): number {
  let [seconds, times] = [0, 0];
  for (; seconds < LEAST_SECONDS; times++) seconds += timed(work).seconds;
  return seconds / times;
}

type Part = MessageData<'snapshot'>;

const parse = (parts: readonly string[]) => parts.map((part): Part => JSON.parse(part));
const decode = (parts: readonly Part[]) =>
  parts.map(({ kind, count, columns }): Entity[] => decodeColumns(kind, count, columns));

function graphOf(parts: readonly Entity[][]): Graph {
  const graph = new Graph();
  for (const part of parts) {
    for (let at = 0; at < part.length; at += SLICE) graph.apply({ upserts: part.slice(at, at + SLICE), removes: [] });
  }
  return graph;
}

/** Every entity by its uid, and nothing else. */
function mapOf(parts: readonly Entity[][]): Map<string, Entity> {
  const map = new Map<string, Entity>();
  for (const part of parts) for (const entity of part) map.set(entity.uid, entity);
  return map;
}

const CHANGES = 20_000;

/** Microseconds that a graph needs for the change of one pod, which loses its node or comes to one. */
function changeOf(graph: Graph): number {
  const pods = [...graph.all('Pod')];
  const stride = Math.ceil(pods.length / 1009);
  const { seconds } = timed(() => {
    for (let change = 0; change < CHANGES; change++) {
      const { uid } = pods[(change * stride) % pods.length] as Entity;
      const held = graph.get(uid);
      if (held?.kind !== 'Pod') continue;
      const node = held.node === null ? 'node' : null;
      graph.apply({ upserts: [{ ...held, node, version: `changed-${change}` }], removes: [] });
    }
  });
  return (seconds * 1e6) / CHANGES;
}

/**
 * From the parts of a snapshot to the graph: what decoding and applying need, in time and in memory, each by itself. The
 * floor is to parse the text and to find each entity by its uid.
 */
export async function graph(pods: number): Promise<Row[]> {
  const { parts, digest } = snapshotOf(pods);
  const parsed = parse(parts);
  const empty = heldBytes();
  const decoded = timed(() => decode(parsed));
  const full = heldBytes();
  const applied = timed(() => graphOf(decoded.made));
  const held = heldBytes();
  if (applied.made.digest !== digest) throw new Error('the graph is not the snapshot');
  const floor = secondsOf(() => parse(parts)) + secondsOf(() => mapOf(decoded.made));
  return [
    { what: 'graph: decode (s of CPU)', figure: decoded.seconds, budget: null, grows: true },
    { what: 'graph: apply (s of CPU)', figure: applied.seconds, budget: 0.9, grows: true },
    { what: 'graph: floor (s of CPU)', figure: floor, budget: null },
    { what: 'graph: decode and apply to floor', figure: (decoded.seconds + applied.seconds) / floor, budget: null },
    { what: 'graph: entities (MiB)', figure: (full - empty) / MIB, budget: null, grows: true },
    { what: 'graph: indexes and edges (MiB)', figure: (held - full) / MIB, budget: 55, grows: true },
    { what: 'graph: a change of one pod (µs of CPU)', figure: changeOf(applied.made), budget: null },
  ];
}
