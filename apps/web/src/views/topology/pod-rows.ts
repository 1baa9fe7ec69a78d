import { formatRestarts, type Graph, humanDuration, type PodEntity } from '@portolan/shared';

/** The columns of `kubectl get pods -o wide`, as far as they are shown. */
export const COLUMNS = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE'] as const;
export type Column = (typeof COLUMNS)[number];

/** The order of the table: one column, upwards or downwards, then by name. */
export interface Order {
  column: Column;
  descending: boolean;
}

/** One row: a cell a column, printed as kubectl prints it. */
export interface PodRow {
  pod: PodEntity;
  cells: Record<Column, string>;
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const COMPARE: Record<Column, (a: PodEntity, b: PodEntity) => number> = {
  NAME: (a, b) => compareText(a.name, b.name),
  READY: (a, b) => a.ready[0] - b.ready[0] || a.ready[1] - b.ready[1],
  STATUS: (a, b) => compareText(a.status, b.status),
  RESTARTS: (a, b) => a.restarts - b.restarts,
  AGE: (a, b) => b.created - a.created,
  IP: (a, b) => compareText(padded(a.ip), padded(b.ip)),
  NODE: (a, b) => compareText(a.node ?? '', b.node ?? ''),
};

/** Addresses compare by their numbers: 10.0.0.9 stands before 10.0.0.10. */
const padded = (ip: string | null) => (ip ?? '').replace(/\d+/g, (digits) => digits.padStart(3, '0'));

/** The pods of a namespace in an order; `now` is the server's clock in epoch milliseconds. */
export function podRows(graph: Graph, namespace: string, { column, descending }: Order, now: number): PodRow[] {
  const sign = descending ? -1 : 1;
  const pods = [...graph.inNamespace('Pod', namespace)].sort(
    (a, b) => sign * COMPARE[column](a, b) || COMPARE.NAME(a, b),
  );
  return pods.map((pod) => ({
    pod,
    cells: {
      NAME: pod.name,
      READY: pod.ready.join('/'),
      STATUS: pod.status,
      RESTARTS: formatRestarts(pod.restarts, pod.lastRestart, now),
      AGE: humanDuration(now - pod.created),
      IP: pod.ip ?? '<none>',
      NODE: pod.node ?? '<none>',
    },
  }));
}
