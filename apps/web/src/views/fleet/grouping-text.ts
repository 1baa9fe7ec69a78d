import type { Grouping } from '../../layout/fleet/plan.ts';

const LABEL = 'label:';

/** What needs no label's key, in the order in which it is offered. */
export const GROUPINGS = ['zone', 'namespace', 'workload', 'pool', 'owner', 'image', 'phase'] as const;

/** A grouping as an address says it: `zone`, or `label:app` for a label's key. */
export function groupingText(grouping: Grouping): string {
  return grouping.by === 'label' ? LABEL + grouping.key : grouping.by;
}

/** Reads what an address says; null, and what is no grouping, is `zone`. */
export function parseGrouping(text: string | null): Grouping {
  if (text?.startsWith(LABEL) && text.length > LABEL.length) return { by: 'label', key: text.slice(LABEL.length) };
  return { by: GROUPINGS.find((by) => by === text) ?? 'zone' };
}
