import { headlineText, type NodeEntity, nodeMark } from '@portolan/shared';
import type { I18n } from '../../i18n/i18n.tsx';
import type { FleetCounts } from '../../layout/fleet/counts.ts';

/** The verdict over the whole fleet, the worst first: nodes, then pods that fail, then what waits, else that all is well. */
export function fleetTitle(counts: FleetCounts, nodes: Iterable<NodeEntity>, { text, format, language }: I18n): string {
  const nodeCount = (status: string) => counts.nodeStatuses.find((one) => one.status === status)?.nodes ?? 0;
  const bad = nodeCount('NotReady') > 0 ? [...nodes].filter((node) => nodeMark(node) === 'fail') : [];
  const first = bad[0];
  if (first !== undefined) {
    const [zone, inZone] = mostFrequent(bad.map((one) => one.zone));
    return headlineText(
      { id: 'nodesNotReady', params: { count: bad.length, node: first.name, zone, inZone }, tone: 'fail' },
      language,
    );
  }
  const failing = counts.statuses.filter(({ mark }) => mark === 'fail' || mark === 'pull');
  const worst = failing.reduce((most, one) => (one.pods > (most?.pods ?? 0) ? one : most), failing[0]);
  if (worst !== undefined) {
    const others = failing.reduce((sum, { pods }) => sum + pods, 0) - worst.pods;
    return text.fleetFailing(
      worst.pods,
      format.number(worst.pods),
      worst.status,
      others > 0 ? format.number(others) : '',
    );
  }
  if (counts.marks.pending > 0) return text.fleetWaiting(counts.marks.pending, format.number(counts.marks.pending));
  return text.fleetWell(counts.nodes, format.number(counts.nodes));
}

function mostFrequent(zones: readonly (string | null)[]): [string | null, number] {
  const counted = new Map<string | null, number>();
  for (const zone of zones) counted.set(zone, (counted.get(zone) ?? 0) + 1);
  let most: [string | null, number] = [null, 0];
  for (const one of counted) if (one[1] > most[1]) most = one;
  return most;
}
