import { isDeepStrictEqual } from 'node:util';
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

/** Where a DaemonSet's count of templates stands. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** What extensions/v1beta1 means by "no deadline" and "no history limit": the largest 32-bit number. */
export const UNLIMITED = 2_147_483_647;

/** A new object begins with the status of its kind, whatever was sent. */
export function freshStatus<T extends KubeObject>(
  object: T & { status?: unknown },
  previous: KubeObject | undefined,
  status: object,
): void {
  if (!previous || object.status === undefined) object.status = status;
}

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
export function prepareDeployment(object: KubeObject, previous: KubeObject | undefined): void {
  const deployment = object as Deployment;
  deployment.spec.replicas ??= 1;
  defaultTemplate(deployment.spec.template);
  defaultStrategy(deployment, '25%');
  deployment.spec.revisionHistoryLimit ??= 10;
  deployment.spec.progressDeadlineSeconds ??= 600;
  freshStatus(deployment, previous, {});
}

/** `pkg/apis/extensions/v1beta1/defaults.go`: selector and labels from the template, one more and one less, no limits. */
export function prepareExtensionsDeployment(object: KubeObject, previous: KubeObject | undefined): void {
  const deployment = object as Deployment;
  const labels = deployment.spec.template?.metadata?.labels;
  if (labels) deployment.spec.selector ??= { matchLabels: { ...labels } };
  labelsFromTemplate(deployment);
  deployment.spec.replicas ??= 1;
  defaultTemplate(deployment.spec.template);
  defaultStrategy(deployment, 1);
  deployment.spec.revisionHistoryLimit ??= UNLIMITED;
  deployment.spec.progressDeadlineSeconds ??= UNLIMITED;
  freshStatus(deployment, previous, {});
}

export function prepareReplicaSet(object: KubeObject, previous: KubeObject | undefined): void {
  const replicaSet = object as ReplicaSet;
  replicaSet.spec.replicas ??= 1;
  defaultTemplate(replicaSet.spec.template);
  freshStatus(replicaSet, previous, { replicas: 0 });
}

/** `pkg/apis/core/v1/defaults.go`, SetDefaults_ReplicationController. */
export function prepareReplicationController(object: KubeObject, previous: KubeObject | undefined): void {
  const controller = object as ReplicationController;
  const labels = controller.spec.template?.metadata?.labels;
  if (labels && Object.keys(controller.spec.selector ?? {}).length === 0) controller.spec.selector = { ...labels };
  labelsFromTemplate(controller);
  controller.spec.replicas ??= 1;
  defaultTemplate(controller.spec.template);
  freshStatus(controller, previous, { replicas: 0 });
}

export function prepareStatefulSet(object: KubeObject, previous: KubeObject | undefined): void {
  const set = object as StatefulSet;
  set.spec.replicas ??= 1;
  defaultTemplate(set.spec.template);
  set.spec.podManagementPolicy ??= 'OrderedReady';
  set.spec.updateStrategy ??= {};
  set.spec.updateStrategy.type ??= 'RollingUpdate';
  if (set.spec.updateStrategy.type === 'RollingUpdate') {
    set.spec.updateStrategy.rollingUpdate = { partition: 0, ...set.spec.updateStrategy.rollingUpdate };
  }
  set.spec.revisionHistoryLimit ??= 10;
  set.spec.persistentVolumeClaimRetentionPolicy ??= { whenDeleted: 'Retain', whenScaled: 'Retain' };
  for (const claim of set.spec.volumeClaimTemplates ?? []) {
    claim.apiVersion ??= 'v1';
    claim.kind ??= 'PersistentVolumeClaim';
    claim.spec.volumeMode ??= 'Filesystem';
    claim.status = { phase: 'Pending' };
  }
  freshStatus(set, previous, { replicas: 0, availableReplicas: 0 });
}

/** How often the template was changed, which apps/v1 keeps in an annotation (`pkg/registry/apps/daemonset/strategy.go`). */
function countTemplates(set: DaemonSet, previous: DaemonSet | undefined): void {
  const count = Number(previous?.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0);
  const changed = !previous || !isDeepStrictEqual(previous.spec.template, set.spec.template);
  const generation = String(count + (changed ? 1 : 0));
  set.metadata.annotations = { ...set.metadata.annotations, [TEMPLATE_GENERATION]: generation };
}

export function prepareDaemonSet(object: KubeObject, previous: KubeObject | undefined): void {
  const set = object as DaemonSet;
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
  countTemplates(set, previous as DaemonSet | undefined);
  freshStatus(set, previous, {
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  });
}

/** `pkg/apis/batch/v1/defaults.go`, SetDefaults_Job: one pod that succeeds, unless something else is asked for. */
export function prepareJob(object: KubeObject, previous: KubeObject | undefined): void {
  const job = object as Job;
  const { spec } = job;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.manualSelector ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  defaultTemplate(spec.template);
  freshStatus(job, previous, {});
}

const JOB = 'batch.kubernetes.io/';

/** Selector and labels by the job's own uid, unless they are said by hand (`pkg/registry/batch/job/strategy.go`). */
export function identifyJob(object: KubeObject): void {
  const job = object as Job;
  const { name, uid } = job.metadata;
  const { template } = job.spec;
  if (!job.spec.manualSelector && !job.spec.selector) {
    const marks = {
      [`${JOB}controller-uid`]: uid,
      [`${JOB}job-name`]: name,
      'controller-uid': uid,
      'job-name': name,
    };
    template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...marks } };
    job.spec.selector = { matchLabels: { [`${JOB}controller-uid`]: uid } };
  }
  const labels = template.metadata?.labels;
  if (labels && Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = { ...labels };
}

export function prepareCronJob(object: KubeObject, previous: KubeObject | undefined): void {
  const cron = object as CronJob;
  cron.spec.suspend ??= false;
  cron.spec.concurrencyPolicy ??= 'Allow';
  cron.spec.successfulJobsHistoryLimit ??= 3;
  cron.spec.failedJobsHistoryLimit ??= 1;
  const { jobTemplate } = cron.spec;
  if (jobTemplate) {
    jobTemplate.metadata = { ...jobTemplate.metadata, creationTimestamp: null };
    defaultTemplate(jobTemplate.spec?.template);
  }
  freshStatus(cron, previous, {});
}
