/** How often nodes show signs of life, and how long the control plane waits for them; all in simulated seconds. */
export interface NodeTimings {
  /** How often a kubelet renews its lease, and looks whether its status is still what it wrote (`nodeLeaseDurationSeconds` / 4). */
  heartbeatSeconds: number;
  /** How often it writes its status though nothing changed (`nodeStatusReportFrequency`). */
  statusSeconds: number;
  /** How often the controller looks at the nodes (`--node-monitor-period`). */
  monitorSeconds: number;
  /** How long it waits for a sign of life (`--node-monitor-grace-period`). */
  graceSeconds: number;
  /** How long pods stay on a node that gives none, unless they say otherwise (`--default-unreachable-toleration-seconds`). */
  evictionSeconds: number;
}

/** The defaults of Kubernetes. */
export const DEFAULT_TIMINGS: NodeTimings = {
  heartbeatSeconds: 10,
  statusSeconds: 300,
  monitorSeconds: 5,
  graceSeconds: 40,
  evictionSeconds: 300,
};
