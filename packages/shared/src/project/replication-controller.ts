import type { ReplicationController } from '../api/workloads.ts';
import type { ReplicationControllerEntity } from '../entity/workloads.ts';
import { projectCommon, projectConditions, projectImages } from './common.ts';
import { intern } from './intern.ts';
import { projectReplicas, replicaHealth } from './replica-set.ts';

/** A ReplicationController. */
export function projectReplicationController(controller: ReplicationController): ReplicationControllerEntity {
  const replicas = projectReplicas(controller);
  const conditions = projectConditions(controller.status?.conditions);
  return {
    kind: 'ReplicationController',
    ...projectCommon('ReplicationController', controller),
    health: replicaHealth(replicas, conditions),
    replicas,
    selector: controller.spec.selector ? intern(controller.spec.selector) : null,
    images: projectImages(controller.spec.template?.spec),
    conditions,
  };
}
