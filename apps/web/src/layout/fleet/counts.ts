import type { NodeEntity, PodMark } from '@portolan/shared';
import { CODE_OF_MARK } from './marks.ts';
import { POD_MARK_CODES } from './plan.ts';

/** What there is of the fleet, in numbers; always what counting from scratch gives. */
export interface FleetCounts {
  readonly pods: number;
  readonly nodes: number;
  readonly marks: Readonly<Record<PodMark, number>>;
  /** Pods that are not Ready by STATUS as kubectl prints it; in the order of marks, then the most first. */
  readonly statuses: readonly { readonly mark: PodMark; readonly status: string; readonly pods: number }[];
  /**
   * Nodes by what their STATUS says and by their pressures, in a fixed order and none that is 0. A node counts for each
   * that holds: one that is `Ready,SchedulingDisabled` counts as Ready and as SchedulingDisabled.
   */
  readonly nodeStatuses: readonly { readonly status: string; readonly nodes: number }[];
}

const NODE_STATUSES = [
  'Ready',
  'NotReady',
  'Unknown',
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
  'SchedulingDisabled',
];

/** What `FleetCounts.nodeStatuses` counts a node as. */
export function statusesOfNode(node: Pick<NodeEntity, 'status' | 'conditions'>): string[] {
  const says = new Set(node.status.split(','));
  for (const { type, status } of node.conditions) if (status === 'True' && type !== 'Ready') says.add(type);
  return NODE_STATUSES.filter((status) => says.has(status));
}

/** Counts kept change by change. Each pod is counted under the number that `addPod` answered for it. */
export class CountKeeper {
  readonly #idOf = POD_MARK_CODES.map(() => new Map<string, number>());
  readonly #kinds: { mark: PodMark; status: string; pods: number }[] = [];
  readonly #nodeStatuses = new Map(NODE_STATUSES.map((status) => [status, 0]));
  #pods = 0;
  #nodes = 0;

  addPod(code: number, status: string): number {
    this.#pods += 1;
    const idOf = this.#idOf[code] as Map<string, number>;
    let id = idOf.get(status);
    if (id === undefined) {
      id = this.#kinds.push({ mark: POD_MARK_CODES[code] as PodMark, status, pods: 0 }) - 1;
      idOf.set(status, id);
    }
    (this.#kinds[id] as { pods: number }).pods += 1;
    return id;
  }

  removePod(id: number): void {
    this.#pods -= 1;
    (this.#kinds[id] as { pods: number }).pods -= 1;
  }

  /** Counts a node in (1) or out (-1). */
  countNode(node: NodeEntity, by: 1 | -1): void {
    this.#nodes += by;
    for (const status of statusesOfNode(node)) {
      this.#nodeStatuses.set(status, (this.#nodeStatuses.get(status) ?? 0) + by);
    }
  }

  /** Costs what there are different statuses. */
  counts(): FleetCounts {
    const marks = Object.fromEntries(POD_MARK_CODES.map((mark) => [mark, 0])) as Record<PodMark, number>;
    for (const { mark, pods } of this.#kinds) marks[mark] += pods;
    const statuses = this.#kinds
      .filter(({ mark, pods }) => pods > 0 && mark !== 'ready')
      .map((kind) => ({ ...kind }))
      .sort((a, b) => CODE_OF_MARK[a.mark] - CODE_OF_MARK[b.mark] || b.pods - a.pods || (a.status < b.status ? -1 : 1));
    const nodeStatuses = [...this.#nodeStatuses]
      .filter(([, nodes]) => nodes > 0)
      .map(([status, nodes]) => ({ status, nodes }));
    return { pods: this.#pods, nodes: this.#nodes, marks, statuses, nodeStatuses };
  }
}
