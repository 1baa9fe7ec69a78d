/** Why a pod may not go to a node, in the scheduler's words. */
export interface Refusal {
  reason: string;
  /** No pod's leaving would help (`UnschedulableAndUnresolvable`). */
  helpless?: true;
}

const UNHELPFUL = 'Preemption is not helpful for scheduling';
const NO_VICTIMS = 'No preemption victims found for incoming pod';

/** `2 Insufficient cpu, 1 node(s) were unschedulable`: what stands in the way, by how often. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

/** What preemption found out: nothing where it made room. */
export function preemptionWords(refusals: readonly (readonly Refusal[])[], never: boolean): string {
  if (never) return 'preemption: not eligible due to preemptionPolicy=Never.';
  const reasons = refusals.map((of) => (of.some(({ helpless }) => helpless) ? UNHELPFUL : NO_VICTIMS));
  return `preemption: 0/${refusals.length} nodes are available: ${histogram(reasons)}.`;
}

/** The message of an unschedulable pod (`framework.FitError`): each node's reasons, or one that holds for all. */
export function refusalWords(refusals: readonly (readonly Refusal[])[], everywhere: string | undefined): string {
  if (refusals.length === 0) return 'no nodes available to schedule pods';
  const reasons = everywhere ?? histogram(refusals.flatMap((of) => of.map(({ reason }) => reason)));
  return `0/${refusals.length} nodes are available: ${reasons}.`;
}
