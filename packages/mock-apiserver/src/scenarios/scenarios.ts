import { backup } from './backup/backup.ts';
import { guestbook } from './guestbook/guestbook.ts';
import { haControlPlane } from './ha-control-plane/ha-control-plane.ts';
import { harbor } from './harbor/harbor.ts';
import { keras } from './keras/keras.ts';
import { kubeSystem } from './kube-system/kube-system.ts';
import { kubeadm } from './kubeadm/kubeadm.ts';
import { largeScenario } from './large/large.ts';
import { microk8s } from './microk8s/microk8s.ts';
import { nodeNotReady } from './node-not-ready/node-not-ready.ts';
import { podNetwork } from './pod-network/pod-network.ts';
import { replicationController } from './replication-controller/replication-controller.ts';
import type { ScenarioScript } from './scenario.ts';
import { service } from './service/service.ts';
import { smallClusterScript } from './small-cluster/small-cluster.ts';
import { spark } from './spark/spark.ts';
import { springbootMysql } from './springboot-mysql/springboot-mysql.ts';

const ALL: readonly ScenarioScript[] = [
  guestbook,
  replicationController,
  service,
  kubeadm,
  microk8s,
  haControlPlane,
  harbor,
  nodeNotReady,
  keras,
  spark,
  springbootMysql,
  kubeSystem,
  podNetwork,
  smallClusterScript,
  backup,
  // Small until somebody says how large.
  largeScenario({ nodes: 12, pods: 120 }),
];

/** The scenarios that the embedded cluster plays, by name. */
export const SCRIPTS: Readonly<Record<string, ScenarioScript>> = Object.fromEntries(
  ALL.map((script) => [script.name, script]),
);

/** Their names. */
export const SCENARIOS: readonly string[] = Object.keys(SCRIPTS);
