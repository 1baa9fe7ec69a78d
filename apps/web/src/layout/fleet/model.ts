import {
  type Entity,
  type Graph,
  type GraphDelta,
  type NodeEntity,
  type NodeMark,
  nodeMark,
  type PodEntity,
  podMark,
  ShardedMap,
} from '@portolan/shared';
import { CountKeeper, type FleetCounts } from './counts.ts';
import { CODE_OF_MARK } from './marks.ts';
import type { PodColumns } from './plan.ts';
import { orderKey } from './pod-order.ts';

/** The row of a pod that is on no node. */
export const NO_NODE = 0;
/** What may stand between a pod and its workload. */
const MIDDLE = ['ReplicaSet', 'Job'] as const;
/** As many entities as are taken in at a stretch. */
const STRETCH = 1_000;

/** A node that the graph holds, or that only its pods name; then `entity` is null, its mark `unknown`. */
export interface NodeRow {
  /** The node's uid, or `node/<name>` for one that only pods name. */
  uid: string;
  name: string;
  entity: NodeEntity | null;
  mark: NodeMark;
  /** How many pods name it. */
  pods: number;
  /** What those of them that run or will run ask for, and may take at most. */
  readonly asked: NodeAsked;
}

/** Sums over the pods of a node that are neither Succeeded nor Failed: millicores and bytes, as the scheduler counts them. */
export interface NodeAsked {
  requests: { cpu: number; memory: number };
  limits: { cpu: number; memory: number };
}

/** What a change touched: slots of pods and rows of nodes. One may be named more than once, or have nothing new. */
export interface FleetTouch {
  pods: number[];
  nodes: number[];
}

/**
 * The pods as columns and the nodes as rows, kept change by change at the cost of what a change touches. A pod has its
 * slot and a node its row for as long as they live; both are used again. Row `NO_NODE` is nobody's.
 */
export class FleetModel implements PodColumns {
  readonly #nodes: (NodeRow | null)[] = [null];
  readonly entities: (PodEntity | null)[] = [];
  /** By row; the objects change in place, and are the model's alone to change. */
  readonly nodes: (Readonly<NodeRow> | null)[] = this.#nodes;
  /** By slot: see `POD_MARK_CODES`, `orderKey`, and the row of its node. */
  marks = new Uint8Array(0);
  keys = new Uint32Array(0);
  nodeOf = new Int32Array(0);
  /** By slot: as what it is counted. */
  #countedAs = new Int32Array(0);
  #length = 0;
  #graph: Graph | null = null;
  readonly #slots = new ShardedMap<number>();
  readonly #rows = new Map<string, number>();
  readonly #freeSlots: number[] = [];
  readonly #freeRows: number[] = [];
  readonly #keeper = new CountKeeper();
  readonly #namespace: string | null;

  /** `namespace` is the one whose pods it holds, null for all. */
  constructor(namespace: string | null = null) {
    this.#namespace = namespace;
  }

  get length(): number {
    return this.#length;
  }

  /** The graph that it was last filled from: where owners of owners are looked up. */
  get graph(): Graph | null {
    return this.#graph;
  }

  counts(): FleetCounts {
    return this.#keeper.counts();
  }

  slotOf(uid: string): number | undefined {
    return this.#slots.get(uid);
  }

  /** The row of the node of that name. */
  rowOf(name: string): number | undefined {
    return this.#rows.get(name);
  }

  /**
   * Becomes what `graph` holds, in pieces, and adds what that touched to `touch`. Who is in both keeps slot and row.
   * Between pieces the graph may change, if each change is told to `apply`.
   */
  *fill(graph: Graph, touch: FleetTouch): Generator<void> {
    const before = this.#graph;
    this.#graph = graph;
    const wasEmpty = this.#length === 0 && this.#rows.size === 0;
    let done = 0;
    for (const node of graph.all('Node')) {
      this.#put(node, touch);
      if (++done % STRETCH === 0) yield;
    }
    for (const pod of graph.all('Pod')) {
      this.#put(pod, touch);
      if (++done % STRETCH === 0) yield;
    }
    if (wasEmpty) return;
    yield* this.#sweep(graph, touch);
    if (before !== null && before !== graph) yield* this.#compareOwners(before, graph, touch);
  }

  /** Lets go of what `graph` does not hold. */
  *#sweep(graph: Graph, touch: FleetTouch): Generator<void> {
    let done = 0;
    for (let slot = 0; slot < this.#length; slot += 1) {
      const pod = this.entities[slot];
      if (pod && graph.get(pod.uid) === undefined) this.#removePod(pod.uid, touch);
      if (++done % STRETCH === 0) yield;
    }
    for (const row of this.nodes) {
      if (row?.entity && graph.get(row.uid) === undefined) this.#removeNode(row.entity, touch);
    }
  }

  /** Touches pods whose owner came to be, ceased to be, or has another owner. */
  *#compareOwners(before: Graph, after: Graph, touch: FleetTouch): Generator<void> {
    let done = 0;
    for (const [graph, other] of [
      [before, after],
      [after, before],
    ] as const) {
      for (const kind of MIDDLE) {
        for (const { uid, owner } of graph.all(kind)) {
          if (other.get(uid)?.owner?.uid !== owner?.uid) {
            for (const { to } of graph.edgesFrom(uid, 'owner')) this.#touch(to, touch);
          }
          if (++done % STRETCH === 0) yield;
        }
      }
    }
  }

  /** Takes in what the graph said that it did. */
  apply({ added, updated, removed, edges }: GraphDelta): FleetTouch {
    const touch: FleetTouch = { pods: [], nodes: [] };
    for (const entity of removed) {
      if (entity.kind === 'Pod') this.#removePod(entity.uid, touch);
      else if (entity.kind === 'Node') this.#removeNode(entity, touch);
    }
    for (const [before, after] of updated) {
      this.#put(after, touch);
      if (MIDDLE.some((kind) => kind === after.kind) && before.owner?.uid !== after.owner?.uid)
        this.#touchOwned(after.uid, touch);
    }
    for (const entity of added) this.#put(entity, touch);
    for (const list of [edges.added, edges.removed]) {
      for (const { type, to } of list) if (type === 'owner') this.#touch(to, touch);
    }
    return touch;
  }

  /** A pod's workload is its owner's owner, which came to be another. */
  #touchOwned(uid: string, touch: FleetTouch): void {
    for (const { to } of this.#graph?.edgesFrom(uid, 'owner') ?? []) this.#touch(to, touch);
  }

  #touch(uid: string, touch: FleetTouch): void {
    const slot = this.#slots.get(uid);
    if (slot !== undefined) touch.pods.push(slot);
  }

  #put(entity: Entity, touch: FleetTouch): void {
    if (entity.kind === 'Pod') {
      if (this.#namespace === null || entity.namespace === this.#namespace) this.#putPod(entity, touch);
    } else if (entity.kind === 'Node') this.#putNode(entity, touch);
  }

  #putPod(pod: PodEntity, touch: FleetTouch): void {
    const known = this.#slots.get(pod.uid);
    if (known !== undefined && this.entities[known]?.version === pod.version) {
      this.entities[known] = pod;
      return;
    }
    const slot = known ?? this.#newSlot(pod);
    const before = this.entities[slot] ?? null;
    const code = CODE_OF_MARK[podMark(pod)];
    if (before !== null) this.#keeper.removePod(this.#countedAs[slot] as number);
    if (before !== null) this.#ask(slot, before, -1);
    if (before === null || before.node !== pod.node) {
      if (before !== null) this.#leaveNode(slot, touch);
      this.nodeOf[slot] = pod.node === null || pod.node === '' ? NO_NODE : this.#joinNode(pod.node, touch);
    }
    if (before === null || before.owner?.uid !== pod.owner?.uid) this.keys[slot] = orderKey(pod);
    this.#ask(slot, pod, 1);
    this.entities[slot] = pod;
    this.marks[slot] = code;
    this.#countedAs[slot] = this.#keeper.addPod(code, pod.status);
    touch.pods.push(slot);
  }

  #newSlot(pod: PodEntity): number {
    const slot = this.#freeSlots.pop() ?? this.#length;
    if (slot === this.#length) this.#length += 1;
    if (slot >= this.marks.length) this.#grow(Math.max(256, this.marks.length * 2));
    this.#slots.set(pod.uid, slot);
    return slot;
  }

  #grow(length: number): void {
    this.marks = grown(this.marks, new Uint8Array(length));
    this.keys = grown(this.keys, new Uint32Array(length));
    this.nodeOf = grown(this.nodeOf, new Int32Array(length));
    this.#countedAs = grown(this.#countedAs, new Int32Array(length));
  }

  #removePod(uid: string, touch: FleetTouch): void {
    const slot = this.#slots.get(uid);
    if (slot === undefined) return;
    this.#keeper.removePod(this.#countedAs[slot] as number);
    this.#ask(slot, this.entities[slot] as PodEntity, -1);
    this.#leaveNode(slot, touch);
    this.#slots.delete(uid);
    this.entities[slot] = null;
    this.#freeSlots.push(slot);
    touch.pods.push(slot);
  }

  /** Counts what a pod asks of the node that its slot is on, once more or once less. */
  #ask(slot: number, { phase, requests, limits }: PodEntity, by: 1 | -1): void {
    const node = this.#nodes[this.nodeOf[slot] as number];
    if (!node || phase === 'Succeeded' || phase === 'Failed') return;
    const { asked } = node;
    asked.requests.cpu += by * (requests?.cpu ?? 0);
    asked.requests.memory += by * (requests?.memory ?? 0);
    asked.limits.cpu += by * (limits?.cpu ?? 0);
    asked.limits.memory += by * (limits?.memory ?? 0);
  }

  #joinNode(name: string, touch: FleetTouch): number {
    const row = this.#rows.get(name) ?? this.#newRow(name, touch);
    (this.#nodes[row] as NodeRow).pods += 1;
    return row;
  }

  #leaveNode(slot: number, touch: FleetTouch): void {
    const row = this.nodeOf[slot] as number;
    const node = this.#nodes[row];
    this.nodeOf[slot] = NO_NODE;
    if (!node) return;
    node.pods -= 1;
    this.#forgetIfNobody(row, touch);
  }

  #newRow(name: string, touch: FleetTouch): number {
    const row = this.#freeRows.pop() ?? this.#nodes.length;
    this.#nodes[row] = { uid: `node/${name}`, name, entity: null, mark: 'unknown', pods: 0, asked: nothingAsked() };
    this.#rows.set(name, row);
    touch.nodes.push(row);
    return row;
  }

  #putNode(entity: NodeEntity, touch: FleetTouch): void {
    const row = this.#rows.get(entity.name) ?? this.#newRow(entity.name, touch);
    const node = this.#nodes[row] as NodeRow;
    if (node.entity !== null) this.#keeper.countNode(node.entity, -1);
    this.#keeper.countNode(entity, 1);
    Object.assign(node, { uid: entity.uid, entity, mark: nodeMark(entity) });
    touch.nodes.push(row);
  }

  #removeNode({ uid, name }: NodeEntity, touch: FleetTouch): void {
    const row = this.#rows.get(name);
    const node = row === undefined ? null : this.#nodes[row];
    // A node of the same name may have come before it went.
    if (row === undefined || !node?.entity || node.uid !== uid) return;
    this.#keeper.countNode(node.entity, -1);
    Object.assign(node, { uid: `node/${name}`, entity: null, mark: 'unknown' });
    touch.nodes.push(row);
    this.#forgetIfNobody(row, touch);
  }

  #forgetIfNobody(row: number, touch: FleetTouch): void {
    const node = this.#nodes[row];
    if (!node || node.entity !== null || node.pods > 0) return;
    this.#rows.delete(node.name);
    this.#nodes[row] = null;
    this.#freeRows.push(row);
    touch.nodes.push(row);
  }
}

function nothingAsked(): NodeAsked {
  return { requests: { cpu: 0, memory: 0 }, limits: { cpu: 0, memory: 0 } };
}

/** The longer column, begun with the shorter one. */
export function grown<A extends Uint8Array | Uint32Array | Int32Array>(column: A, longer: A): A {
  longer.set(column);
  return longer;
}
