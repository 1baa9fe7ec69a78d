import { type NodeMark, nodeTone, type PodMark, podTone, type Tone } from '@portolan/shared';
import type { FleetCounts } from '../../layout/fleet/counts.ts';

/** One count of the legend. `key` is what the address says when it is chosen: `pod/Ready`, `node/NotReady`. */
export interface LegendEntry {
  key: string;
  of: 'pod' | 'node';
  mark: PodMark | NodeMark;
  tone: Tone;
  /** As kubectl prints it; null for pods that are ready, pods that are not ready, and pods on no node. */
  status: string | null;
  count: number;
}

/** The marks of nodes by what their STATUS says; a pressure is a warning whatever it is called. */
const NODE_MARK: Record<string, NodeMark> = {
  Ready: 'ok',
  NotReady: 'fail',
  Unknown: 'unknown',
  SchedulingDisabled: 'cordon',
};

/** STATUS texts that do not say by themselves what the mark means. */
const OWN_WORDS: ReadonlySet<PodMark> = new Set(['ready', 'notready', 'pending']);
/** As the eye should meet them: what is well, then the worst first. */
const ORDER: readonly PodMark[] = [
  'ready',
  'fail',
  'pull',
  'notready',
  'pending',
  'creating',
  'terminating',
  'unknown',
  'completed',
];

/** What there is, counted exactly; pods that are ready and nodes that are Ready come first, even when there are none. */
export function legendOf(counts: FleetCounts): { pods: LegendEntry[]; nodes: LegendEntry[] } {
  const statuses = new Map<string, LegendEntry>();
  for (const { mark, status, pods } of counts.statuses) {
    const own = OWN_WORDS.has(mark);
    const key = own ? `pod/${mark}` : `pod/${status}`;
    const known = statuses.get(key);
    if (known) known.count += pods;
    else statuses.set(key, { key, of: 'pod', mark, tone: podTone(mark), status: own ? null : status, count: pods });
  }
  const ready: LegendEntry = {
    key: 'pod/ready',
    of: 'pod',
    mark: 'ready',
    tone: 'ready',
    status: null,
    count: counts.marks.ready,
  };
  const others = [...statuses.values()].sort(
    (a, b) => ORDER.indexOf(a.mark as PodMark) - ORDER.indexOf(b.mark as PodMark) || b.count - a.count,
  );
  const nodes = counts.nodeStatuses.map(({ status, nodes: count }): LegendEntry => {
    const mark = NODE_MARK[status] ?? 'warn';
    return { key: `node/${status}`, of: 'node', mark, tone: nodeTone(mark), status, count };
  });
  return { pods: [ready, ...others], nodes };
}
