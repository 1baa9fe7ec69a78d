/** What the drawer reads out of a pod's manifest; anything may be missing. Times are epoch milliseconds. */
export interface ConditionRow {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string | null;
  message: string | null;
  since: number | null;
}

/** One container with its state in the cluster's own words, such as `CrashLoopBackOff` or `running`. */
export interface ContainerRow {
  name: string;
  image: string;
  init: boolean;
  ready: boolean;
  restarts: number;
  state: string;
  message: string | null;
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A pod's conditions in the order in which they come true; others keep their own. */
const ORDER = ['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'];

/** The conditions of any object's status. */
export function conditionsOf(manifest: unknown): ConditionRow[] {
  const rows = list(fields(fields(manifest).status).conditions).map((one) => {
    const since = Date.parse(text(one.lastTransitionTime) ?? '');
    return {
      type: text(one.type) ?? '',
      status: one.status === 'True' || one.status === 'False' ? one.status : ('Unknown' as const),
      reason: text(one.reason),
      message: text(one.message),
      since: Number.isNaN(since) ? null : since,
    } satisfies ConditionRow;
  });
  return rows.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
}

/** The containers of a pod, init containers first, each joined with its status by name. */
export function containersOf(manifest: unknown): ContainerRow[] {
  const spec = fields(fields(manifest).spec);
  const status = fields(fields(manifest).status);
  const rows = (specs: unknown, statuses: unknown, init: boolean) =>
    list(specs).map((container) => {
      const current = list(statuses).find((one) => one.name === container.name) ?? {};
      return { ...stateOf(current), name: text(container.name) ?? '', image: text(container.image) ?? '', init };
    });
  return [
    ...rows(spec.initContainers, status.initContainerStatuses, true),
    ...rows(spec.containers, status.containerStatuses, false),
  ];
}

function stateOf(status: Fields): Pick<ContainerRow, 'ready' | 'restarts' | 'state' | 'message'> {
  const state = fields(status.state);
  const word = ['waiting', 'terminated', 'running'].find((name) => name in state) ?? 'waiting';
  const inner = fields(state[word]);
  return {
    ready: status.ready === true,
    restarts: typeof status.restartCount === 'number' ? status.restartCount : 0,
    state: text(inner.reason) ?? word,
    message: text(inner.message),
  };
}
