import { guestbook } from './guestbook/guestbook.ts';
import { haControlPlane } from './ha-control-plane/ha-control-plane.ts';
import { kubeSystem } from './kube-system/kube-system.ts';
import { largeScenario } from './large/large.ts';
import { microk8s } from './microk8s/microk8s.ts';
import { podNetwork } from './pod-network/pod-network.ts';
import { replicationController } from './replication-controller/replication-controller.ts';
import type { ScenarioScript } from './scenario.ts';
import { service } from './service/service.ts';
import { spark } from './spark/spark.ts';

const ALL: readonly ScenarioScript[] = [
  guestbook,
  replicationController,
  service,
  microk8s,
  haControlPlane,
  spark,
  kubeSystem,
  podNetwork,
  // Small until somebody says how large.
  largeScenario({ nodes: 12, pods: 120 }),
];

/** The scenarios that the embedded cluster plays, by name. */
export const SCRIPTS: Readonly<Record<string, ScenarioScript>> = Object.fromEntries(
  ALL.map((script) => [script.name, script]),
);

/** Their names. */
export const SCENARIOS: readonly string[] = Object.keys(SCRIPTS);
