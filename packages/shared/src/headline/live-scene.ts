import type { NodeEntity, PodEntity } from '../entity/core.ts';
import type { Entity } from '../entity/entity.ts';
import type { DeploymentEntity } from '../entity/workloads.ts';
import { deploymentMark, NODE_MARKS, type NodeMark, nodeMark, POD_MARKS, type PodMark, podMark } from '../mark.ts';
import type { Graph, GraphDelta } from '../relations/graph.ts';
import { noteOf, type PodNote } from './pod-note.ts';
import type { Scene } from './scene.ts';
import { type Workload, workloadOf } from './workload.ts';

/** As many entities as are taken in at a stretch. */
const STRETCH = 1_000;

/** A pod's note before and after; null where there is none. */
export type NoteChange = readonly [before: PodNote | null, after: PodNote | null];

/**
 * A scene kept change by change, at the cost of what a change touches: always what gathering it from scratch gives. The
 * pods at rest are only counted.
 */
export class LiveScene implements Scene {
  readonly namespace: string | null;
  readonly nodes = recordOf(NODE_MARKS, () => new Map<string, NodeEntity>());
  readonly pods = recordOf(POD_MARKS, () => 0);
  readonly notes = recordOf(POD_MARKS, () => new Map<string, PodNote>());
  #deployments = 0;
  /** The deployments that are not complete; null for one that is to be looked at anew. */
  readonly #workloads = new Map<string, Workload | null>();
  #graph: Graph | null = null;
  /** What the graph did while it was being taken in; null when it is. */
  #waiting: GraphDelta[] | null = null;

  /** `namespace` is the one whose pods and deployments it holds, null for all. */
  constructor(namespace: string | null) {
    this.namespace = namespace;
  }

  get deployments(): number {
    return this.#deployments;
  }

  workloads(): readonly Workload[] {
    const graph = this.#graph;
    if (graph === null) return [];
    const found: Workload[] = [];
    for (const [uid, known] of this.#workloads) {
      const deployment = known === null ? graph.get(uid) : null;
      const workload = deployment?.kind === 'Deployment' ? workloadOf(deployment, graph) : known;
      if (workload === null) continue;
      if (known === null) this.#workloads.set(uid, workload);
      found.push(workload);
    }
    return found;
  }

  /**
   * Takes in, once, all that `graph` holds, in pieces. Between pieces the graph may change, if each change is told to
   * `apply`; the scene is true when all pieces are done.
   */
  *fill(graph: Graph): Generator<void> {
    this.#graph = graph;
    this.#waiting = [];
    const { namespace } = this;
    const found: Entity[] = [
      ...graph.all('Node'),
      ...(namespace === null ? graph.all('Deployment') : graph.inNamespace('Deployment', namespace)),
      ...(namespace === null ? graph.all('Pod') : graph.inNamespace('Pod', namespace)),
    ];
    for (const [index, entity] of found.entries()) {
      this.#put(null, entity, []);
      if (index % STRETCH === STRETCH - 1) yield;
    }
    const waited = this.#waiting;
    this.#waiting = null;
    for (const delta of waited) this.apply(delta);
  }

  /** Takes in what the graph did; answers how the notes changed, nothing while it is being filled. */
  apply(delta: GraphDelta): NoteChange[] {
    if (this.#waiting !== null) {
      this.#waiting.push(delta);
      return [];
    }
    const changes: NoteChange[] = [];
    for (const entity of delta.removed) this.#put(entity, null, changes);
    for (const [before, after] of delta.updated) this.#put(before, after, changes);
    for (const entity of delta.added) this.#put(null, entity, changes);
    for (const list of [delta.edges.added, delta.edges.removed]) {
      for (const { type, from, to } of list) if (type === 'owner') this.#relate(from, to, changes);
    }
    return changes;
  }

  #put(before: Entity | null, after: Entity | null, changes: NoteChange[]): void {
    const entity = after ?? before;
    if (entity === null) return;
    if (entity.kind === 'Node') this.#putNode(before as NodeEntity | null, after as NodeEntity | null);
    else if (entity.kind === 'Pod') this.#putPod(before as PodEntity | null, after as PodEntity | null, changes);
    else if (entity.kind === 'Deployment')
      this.#putDeployment(before as DeploymentEntity | null, after as DeploymentEntity | null, changes);
    else this.#putOther(before, after, changes);
  }

  #isHere({ namespace }: Entity): boolean {
    return this.namespace === null || namespace === this.namespace;
  }

  #putNode(before: NodeEntity | null, after: NodeEntity | null): void {
    if (before !== null) this.nodes[nodeMark(before)].delete(before.uid);
    if (after !== null) this.nodes[nodeMark(after)].set(after.uid, after);
  }

  #putPod(before: PodEntity | null, after: PodEntity | null, changes: NoteChange[]): void {
    const pod = after ?? before;
    if (pod === null || !this.#isHere(pod)) return;
    const was = before === null ? null : podMark(before);
    if (was !== null) this.pods[was] -= 1;
    if (after !== null) this.pods[podMark(after)] += 1;
    this.#note(before, after, changes);
    for (const owner of [before?.owner, after?.owner]) if (owner) this.#lookAnewAbove(owner.uid);
  }

  /** Writes what there is to say of a pod now in the place of what was said of it. */
  #note(before: PodEntity | null, after: PodEntity | null, changes: NoteChange[]): void {
    const kept = before === null ? undefined : this.notes[podMark(before)];
    const old = (before !== null && kept?.get(before.uid)) || null;
    if (old !== null) kept?.delete(old.pod.uid);
    const now = after === null || this.#graph === null ? null : noteOf(after, this.#graph);
    if (now !== null) this.notes[now.mark].set(now.pod.uid, now);
    if (old !== null || now !== null) changes.push([old, now]);
  }

  #putDeployment(before: DeploymentEntity | null, after: DeploymentEntity | null, changes: NoteChange[]): void {
    const [was, is] = [before && deploymentMark(before), after && deploymentMark(after)];
    if (before !== null && this.#isHere(before)) {
      this.#deployments -= 1;
      this.#workloads.delete(before.uid);
    }
    if (after !== null && this.#isHere(after)) {
      this.#deployments += 1;
      if (is !== 'complete') this.#workloads.set(after.uid, null);
    }
    // Its edges tell of one that comes or goes.
    if (after === null || (was === 'progressing') === (is === 'progressing')) return;
    for (const { to } of this.#graph?.edgesFrom(after.uid, 'owner') ?? []) this.#noteOwned(to, changes);
  }

  /** What stands between a deployment and its pods, or another controller. */
  #putOther(before: Entity | null, after: Entity | null, changes: NoteChange[]): void {
    for (const owner of [before?.owner, after?.owner]) if (owner) this.#lookAnew(owner.uid);
    if (before === null || after === null) return;
    if (before.owner?.uid === after.owner?.uid && before.owner?.name === after.owner?.name) return;
    this.#noteOwned(after.uid, changes);
  }

  #relate(from: string, to: string, changes: NoteChange[]): void {
    this.#lookAnew(from);
    this.#lookAnewAbove(from);
    const owned = this.#graph?.get(to);
    if (owned === undefined) return;
    if (owned.kind === 'Pod') this.#noteAnew(owned, changes);
    else this.#noteOwned(to, changes);
  }

  #noteOwned(uid: string, changes: NoteChange[]): void {
    for (const { to } of this.#graph?.edgesFrom(uid, 'owner') ?? []) {
      const pod = this.#graph?.get(to);
      if (pod?.kind === 'Pod') this.#noteAnew(pod, changes);
    }
  }

  /** What is not noted has nothing that hangs on others. */
  #noteAnew(pod: PodEntity, changes: NoteChange[]): void {
    if (this.notes[podMark(pod)].has(pod.uid)) this.#note(pod, pod, changes);
  }

  #lookAnewAbove(uid: string): void {
    if (this.#waiting !== null) return;
    const owner = this.#graph?.get(uid)?.owner;
    if (owner) this.#lookAnew(owner.uid);
  }

  #lookAnew(uid: string): void {
    if (this.#workloads.has(uid)) this.#workloads.set(uid, null);
  }
}

/** Gathers one namespace, or all with null, in one pass. */
export function sceneOf(graph: Graph, namespace: string | null): Scene {
  const scene = new LiveScene(namespace);
  const pieces = scene.fill(graph);
  while (!pieces.next().done);
  return scene;
}

function recordOf<M extends PodMark | NodeMark, V>(marks: Record<M, unknown>, make: () => V): Record<M, V> {
  return Object.fromEntries(Object.keys(marks).map((mark) => [mark, make()])) as Record<M, V>;
}
