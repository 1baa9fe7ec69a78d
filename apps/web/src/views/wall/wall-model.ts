import {
  type EventEntity,
  type Graph,
  type GraphDelta,
  LiveScene,
  type NoteChange,
  type Verdict,
  verdictOf,
} from '@portolan/shared';
import type { Kept } from '../../store/kept-feed.ts';
import { NewestEvents } from '../../store/newest-events.ts';
import { PodProblems } from './pod-problems.ts';
import { type Problems, worstProblems } from './problems.ts';
import { type RolloutsUnderWay, rolloutsOf } from './rollouts.tsx';
import { type Zone, zonesOf } from './zones.ts';

/** How many of so many are as they should be. */
export interface Share {
  ready: number;
  all: number;
}

/** What the wall shows of a cluster, of one moment. */
export interface WallFigures {
  graph: Graph;
  verdict: Verdict;
  nodes: Share;
  pods: Share;
  zones: readonly Zone[];
  problems: Problems;
  rollouts: RolloutsUnderWay;
  events: readonly EventEntity[];
}

/** How many problems and events the wall has room for. */
const PROBLEMS = 6;
const EVENTS = 3;
/** As many notes as are taken in at a stretch. */
const STRETCH = 1_000;

/**
 * What a wall shows, kept change by change, at the cost of what a change touches. Asking for figures costs what is not at
 * rest, and one pass over the nodes if one of them changed.
 */
export class WallModel implements Kept {
  readonly #scene = new LiveScene(null);
  readonly #problems = new PodProblems();
  readonly #events = new NewestEvents(EVENTS, null);
  #graph: Graph | null = null;
  #zones: Zone[] | null = null;
  /** How notes changed while they were being taken in; null when they are. */
  #waiting: NoteChange[] | null = [];

  *fill(graph: Graph): Generator<void> {
    this.#graph = graph;
    this.#events.fill(graph);
    yield* this.#scene.fill(graph);
    const notes = Object.values(this.#scene.notes).flatMap((some) => [...some.values()]);
    this.#waiting = [];
    for (const [index, note] of notes.entries()) {
      this.#problems.change([null, note]);
      if (index % STRETCH === STRETCH - 1) yield;
    }
    const waited = this.#waiting;
    this.#waiting = null;
    for (const change of waited) this.#problems.change(change);
  }

  apply(delta: GraphDelta): boolean {
    for (const change of this.#scene.apply(delta)) {
      if (this.#waiting === null) this.#problems.change(change);
      else this.#waiting.push(change);
    }
    this.#events.apply(delta);
    if (touchesNodes(delta)) this.#zones = null;
    return true;
  }

  /** What is shown now; null before it was filled. */
  figures(): WallFigures | null {
    const graph = this.#graph;
    if (graph === null || this.#waiting !== null) return null;
    const scene = this.#scene;
    const { completed, ...others } = scene.pods;
    const all = Object.values(scene.nodes).reduce((sum, some) => sum + some.size, 0);
    this.#zones ??= zonesOf(graph.all('Node'));
    return {
      graph,
      verdict: verdictOf(scene),
      nodes: { ready: all - scene.nodes.fail.size - scene.nodes.unknown.size, all },
      pods: { ready: others.ready, all: Object.values(others).reduce((sum, pods) => sum + pods, 0) },
      zones: this.#zones,
      problems: worstProblems(scene, this.#problems, graph, PROBLEMS),
      rollouts: rolloutsOf(scene),
      events: this.#events.list,
    };
  }
}

function touchesNodes({ added, updated, removed }: GraphDelta): boolean {
  return (
    added.some(({ kind }) => kind === 'Node') ||
    updated.some(([{ kind }]) => kind === 'Node') ||
    removed.some(({ kind }) => kind === 'Node')
  );
}
