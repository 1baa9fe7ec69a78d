import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  KubeObject,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '@portolan/shared';
import { defaultTemplate } from './pod-spec.ts';

/** What extensions/v1beta1 means by "no deadline" and "no history limit": the largest 32-bit number. */
export const UNLIMITED = 2_147_483_647;

function labelsFromTemplate(object: Deployment | ReplicationController): void {
  const labels = object.spec.template?.metadata?.labels;
  if (labels && Object.keys(object.metadata.labels ?? {}).length === 0) object.metadata.labels = { ...labels };
}

/** Rolling updates' parameters: absent ones from the given default, and none where the strategy is Recreate. */
function defaultStrategy(deployment: Deployment, surge: number | string): void {
  deployment.spec.strategy ??= {};
  const { strategy } = deployment.spec;
  strategy.type ??= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate = {
    maxUnavailable: strategy.rollingUpdate?.maxUnavailable ?? surge,
    maxSurge: strategy.rollingUpdate?.maxSurge ?? surge,
  };
}

/** `pkg/apis/apps/v1/defaults.go`, SetDefaults_Deployment. */
export function prepareDeployment(object: KubeObject): void {
  const deployment = object as Deployment;
  deployment.spec.replicas ??= 1;
  defaultTemplate(deployment.spec.template);
  defaultStrategy(deployment, '25%');
  deployment.spec.revisionHistoryLimit ??= 10;
  deployment.spec.progressDeadlineSeconds ??= 600;
  deployment.status ??= {};
}

/** `pkg/apis/extensions/v1beta1/defaults.go`: selector and labels from the template, one more and one less, no limits. */
export function prepareExtensionsDeployment(object: KubeObject): void {
  const deployment = object as Deployment;
  const labels = deployment.spec.template?.metadata?.labels;
  if (labels) deployment.spec.selector ??= { matchLabels: { ...labels } };
  labelsFromTemplate(deployment);
  deployment.spec.replicas ??= 1;
  defaultTemplate(deployment.spec.template);
  defaultStrategy(deployment, 1);
  deployment.spec.revisionHistoryLimit ??= UNLIMITED;
  deployment.spec.progressDeadlineSeconds ??= UNLIMITED;
  deployment.status ??= {};
}

export function prepareReplicaSet(object: KubeObject): void {
  const replicaSet = object as ReplicaSet;
  replicaSet.spec.replicas ??= 1;
  defaultTemplate(replicaSet.spec.template);
  replicaSet.status ??= { replicas: 0 };
}

/** `pkg/apis/core/v1/defaults.go`, SetDefaults_ReplicationController. */
export function prepareReplicationController(object: KubeObject): void {
  const controller = object as ReplicationController;
  const labels = controller.spec.template?.metadata?.labels;
  if (labels && Object.keys(controller.spec.selector ?? {}).length === 0) controller.spec.selector = { ...labels };
  labelsFromTemplate(controller);
  controller.spec.replicas ??= 1;
  defaultTemplate(controller.spec.template);
  controller.status ??= { replicas: 0 };
}

export function prepareStatefulSet(object: KubeObject): void {
  const set = object as StatefulSet & { spec: { revisionHistoryLimit?: number } };
  set.spec.replicas ??= 1;
  defaultTemplate(set.spec.template);
  set.spec.podManagementPolicy ??= 'OrderedReady';
  set.spec.updateStrategy ??= {};
  set.spec.updateStrategy.type ??= 'RollingUpdate';
  if (set.spec.updateStrategy.type === 'RollingUpdate') {
    set.spec.updateStrategy.rollingUpdate = { partition: 0, ...set.spec.updateStrategy.rollingUpdate };
  }
  set.spec.revisionHistoryLimit ??= 10;
  set.status ??= { replicas: 0 };
}

export function prepareDaemonSet(object: KubeObject): void {
  const set = object as DaemonSet & { spec: { revisionHistoryLimit?: number } };
  defaultTemplate(set.spec.template);
  set.spec.updateStrategy ??= {};
  set.spec.updateStrategy.type ??= 'RollingUpdate';
  if (set.spec.updateStrategy.type === 'RollingUpdate') {
    set.spec.updateStrategy.rollingUpdate = {
      maxUnavailable: 1,
      maxSurge: 0,
      ...set.spec.updateStrategy.rollingUpdate,
    };
  }
  set.spec.revisionHistoryLimit ??= 10;
  set.status ??= { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
}

/** `pkg/registry/batch/job/strategy.go`: the selector is the job's own uid, which only the store knows; its name serves. */
export function prepareJob(object: KubeObject, previous: KubeObject | undefined): void {
  const job = object as Job;
  job.spec.backoffLimit ??= 6;
  job.spec.parallelism ??= 1;
  job.spec.completions ??= 1;
  job.spec.suspend ??= false;
  defaultTemplate(job.spec.template);
  if (!previous && !job.spec.selector) {
    const labels = { 'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name };
    job.spec.template.metadata = {
      ...job.spec.template.metadata,
      labels: { ...job.spec.template.metadata?.labels, ...labels },
    };
    job.spec.selector = { matchLabels: { 'batch.kubernetes.io/job-name': job.metadata.name } };
    job.metadata.labels ??= { ...job.spec.template.metadata.labels };
  }
  job.status ??= {};
}

export function prepareCronJob(object: KubeObject): void {
  const cron = object as CronJob;
  cron.spec.suspend ??= false;
  cron.spec.concurrencyPolicy ??= 'Allow';
  cron.status ??= {};
}
