import type { FleetModel } from './model.ts';

/** A pod or a node that was found by its name; `at` is the slot of the pod, or the row of the node. */
export interface Found {
  readonly kind: 'Pod' | 'Node';
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly at: number;
}

/** Who was found first, and how many there are in all. */
export interface FindAnswer {
  readonly found: readonly Found[];
  readonly total: number;
}

/**
 * Pods and nodes whose name holds the text, in whatever case: first those that are called so, then those whose name
 * begins so, then all others; nodes before pods, by name, then namespace; no more than `limit`. A text with a `/` is held
 * against namespace and name. Looks at every name: a few milliseconds for 150,000.
 */
export function findInFleet(model: FleetModel, text: string, limit = 50): FindAnswer {
  const sought = text.trim().toLowerCase();
  if (sought === '') return { found: [], total: 0 };
  const best = new Best(limit);
  for (const [row, node] of model.nodes.entries()) {
    const rank = node === null ? -1 : rankOf(node.name, sought);
    if (node !== null && rank >= 0)
      best.offer(rank, { kind: 'Node', uid: node.uid, namespace: '', name: node.name, at: row });
  }
  const whole = sought.includes('/');
  for (let slot = 0; slot < model.length; slot += 1) {
    const pod = model.entities[slot];
    if (!pod) continue;
    const rank = rankOf(whole ? `${pod.namespace}/${pod.name}` : pod.name, sought);
    if (rank < 0) continue;
    best.offer(rank, { kind: 'Pod', uid: pod.uid, namespace: pod.namespace, name: pod.name, at: slot });
  }
  return { found: best.found(), total: best.total };
}

/** 0 for the name itself, 1 for its beginning, 2 for a part of it, -1 for none. Names of pods and nodes are lower case. */
function rankOf(name: string, sought: string): number {
  const at = name.indexOf(sought);
  if (at !== 0) return at < 0 ? -1 : 2;
  return name.length === sought.length ? 0 : 1;
}

interface Ranked {
  rank: number;
  found: Found;
}

/** The first few of many, kept in order. */
class Best {
  readonly #limit: number;
  readonly #kept: Ranked[] = [];
  total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(rank: number, found: Found): void {
    this.total += 1;
    const ranked = { rank, found };
    const last = this.#kept.at(-1);
    if (this.#kept.length >= this.#limit && last !== undefined && compare(ranked, last) >= 0) return;
    let at = this.#kept.length;
    while (at > 0 && compare(ranked, this.#kept[at - 1] as Ranked) < 0) at -= 1;
    this.#kept.splice(at, 0, ranked);
    if (this.#kept.length > this.#limit) this.#kept.pop();
  }

  found(): Found[] {
    return this.#kept.map(({ found }) => found);
  }
}

function compare(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.found.kind !== b.found.kind) return a.found.kind === 'Node' ? -1 : 1;
  if (a.found.name !== b.found.name) return a.found.name < b.found.name ? -1 : 1;
  if (a.found.namespace !== b.found.namespace) return a.found.namespace < b.found.namespace ? -1 : 1;
  return 0;
}
