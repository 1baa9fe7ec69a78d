import type { Deployment } from '../api/workloads.ts';
import type { DeploymentEntity } from '../entity/workloads.ts';
import { DEPLOYMENT_MARKS, deploymentMark } from '../mark.ts';
import { projectCommon, projectConditions, projectImages, projectRevision, projectSelector } from './common.ts';

/** What the Deployment controller takes for "no deadline" (`math.MaxInt32`, Kubernetes' deployment_util.go). */
const NO_DEADLINE = 2_147_483_647;

/** A Deployment; its health is that of its mark. */
export function projectDeployment(deployment: Deployment): DeploymentEntity {
  const { spec, status } = deployment;
  const common = projectCommon('Deployment', deployment);
  const replicas = {
    desired: spec.replicas ?? 1,
    current: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
  const conditions = projectConditions(status?.conditions);
  const observed = (status?.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
  const own = {
    paused: spec.paused === true,
    observed,
    settled: observed && isRolledOut(replicas, conditions),
    conditions,
  };
  const deadline = spec.progressDeadlineSeconds ?? NO_DEADLINE;
  return {
    kind: 'Deployment',
    ...common,
    health: DEPLOYMENT_MARKS[deploymentMark({ ...own, created: common.created })].health,
    replicas,
    selector: projectSelector(spec.selector),
    strategy: {
      type: spec.strategy?.type ?? 'RollingUpdate',
      maxSurge: spec.strategy?.rollingUpdate?.maxSurge ?? null,
      maxUnavailable: spec.strategy?.rollingUpdate?.maxUnavailable ?? null,
    },
    revision: projectRevision(deployment),
    deadlineSeconds: deadline >= NO_DEADLINE ? null : deadline,
    images: projectImages(spec.template?.spec),
    ...own,
  };
}

/** Rules of `DeploymentStatusViewer` in kubectl's `pkg/polymorphichelpers/rollout_status.go`. */
function isRolledOut(
  { desired, current, updated, available }: DeploymentEntity['replicas'],
  conditions: DeploymentEntity['conditions'],
): boolean {
  const late = conditions.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded');
  return !late && updated >= desired && current <= updated && available >= updated;
}
