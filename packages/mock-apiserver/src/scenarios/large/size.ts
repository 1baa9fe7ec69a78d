/** How large a large cluster is, and how many changes of pods a second it lives through. */
export interface ClusterSize {
  nodes: number;
  pods: number;
  churn: number;
}

/** Kubernetes' own limits for one cluster. */
const DEFAULT = { nodes: 5000, pods: 150_000 };

/** What a node takes at most; some room is left for what churn brings. */
const MOST_PODS_A_NODE = 100;

/** Changes a second that a cluster of so many pods lives through when nobody says otherwise: each pod every hour or so. */
const PODS_A_CHANGE = 3000;

/** A size that no cluster can have. */
export class SizeError extends Error {
  readonly reason = 'impossibleSize';

  constructor(message: string) {
    super(message);
    this.name = 'SizeError';
  }
}

/** The size asked for, with what is not said filled in; throws SizeError for one that no cluster can have. */
export function sizeOf(asked: Partial<ClusterSize> = {}): ClusterSize {
  const nodes = asked.nodes ?? DEFAULT.nodes;
  const pods = asked.pods ?? (asked.nodes === undefined ? DEFAULT.pods : nodes * (DEFAULT.pods / DEFAULT.nodes));
  const churn = asked.churn ?? Math.max(1, Math.round(pods / PODS_A_CHANGE));
  if (!Number.isSafeInteger(nodes) || nodes < 1 || nodes > 20_000) {
    throw new SizeError(`a cluster of ${nodes} nodes is not simulated: give 1 to 20,000`);
  }
  if (!Number.isSafeInteger(pods) || pods < 0 || pods > nodes * MOST_PODS_A_NODE) {
    throw new SizeError(
      `${pods} pods do not fit on ${nodes} nodes: give 0 to ${nodes * MOST_PODS_A_NODE}, ${MOST_PODS_A_NODE} a node`,
    );
  }
  if (!(churn >= 0) || churn > 10_000) {
    throw new SizeError(`${churn} changes a second are not simulated: give 0 (none) to 10,000`);
  }
  return { nodes, pods, churn };
}
