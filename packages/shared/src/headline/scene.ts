import type { NodeEntity } from '../entity/core.ts';
import type { NodeMark, PodMark } from '../mark.ts';
import type { PodNote } from './pod-note.ts';
import type { Workload } from './workload.ts';

/**
 * What the rules look at: numbers, and one by one only what is not at rest. Nodes belong to every scope. What it holds
 * does not depend on the order in which it came.
 */
export interface Scene {
  readonly namespace: string | null;
  /** Nodes by mark, and by uid. */
  readonly nodes: Readonly<Record<NodeMark, ReadonlyMap<string, NodeEntity>>>;
  readonly pods: Readonly<Record<PodMark, number>>;
  /** Pods by mark, and by uid; none that are ready or completed. */
  readonly notes: Readonly<Record<PodMark, ReadonlyMap<string, PodNote>>>;
  /** How many deployments there are, at rest or not. */
  readonly deployments: number;
  /** Those that are not complete. Costs what has changed below them since it was asked for last. */
  workloads(): readonly Workload[];
}
