import { isDeepStrictEqual } from 'node:util';
import {
  type CronJob,
  type DaemonSet,
  type Deployment,
  fromLabelSelector,
  type IntOrString,
  type Job,
  type JobSpec,
  type KubeObject,
  type LabelSelector,
  matches,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { scheduleProblem } from './cron-schedule.ts';
import {
  forbidden,
  goMap,
  goSelector,
  invalidGoValue,
  invalidValue,
  notNegative,
  notSupported,
  oneOf,
  plain,
  required,
} from './field-error.ts';
import { neededOneOf, validateSelector } from './names.ts';
import { validateTemplate } from './pod.ts';

/** The workloads of apps/v1, batch/v1 and core/v1 (`pkg/apis/apps/validation`, `pkg/apis/batch/validation`). */

const IMMUTABLE = 'field is immutable';
const TEMPLATE = 'spec.template';

function validateSelected(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  kind: string,
): Cause[] {
  // A selector that is absent selects nothing, not even the template.
  if (!selector) return [required('spec.selector'), mismatch(template)];
  const empty = !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length;
  const causes = validateSelector(selector, 'spec.selector');
  if (empty) {
    causes.push(invalidGoValue('spec.selector', goSelector(selector), `empty selector is invalid for ${kind}`));
  } else if (causes.length === 0 && !matches(fromLabelSelector(selector), template?.metadata?.labels ?? {})) {
    causes.push(mismatch(template));
  }
  return causes;
}

const mismatch = (template: PodTemplateSpec | undefined) =>
  invalidGoValue(
    `${TEMPLATE}.metadata.labels`,
    goMap(template?.metadata?.labels),
    '`selector` does not match template `labels`',
  );

/** What keeps running has pods that are always started again, without an end. */
function validateRunning(template: PodTemplateSpec | undefined, kind: string): Cause[] {
  const { restartPolicy, activeDeadlineSeconds } = template?.spec ?? {};
  const at = `${TEMPLATE}.spec`;
  return [
    ...(restartPolicy && restartPolicy !== 'Always'
      ? [notSupported(`${at}.restartPolicy`, restartPolicy, ['Always'])]
      : []),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${at}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

function sameSelector(now: unknown, before: unknown, selector: LabelSelector | undefined): Cause[] {
  if (before === undefined || isDeepStrictEqual(plain(now), plain(before))) return [];
  return [invalidGoValue('spec.selector', goSelector(selector), IMMUTABLE)];
}

/** A count or a percentage that is not below zero, and at most 100 % (`ValidatePositiveIntOrPercent`). */
function countOrPercent(field: string, value: IntOrString | undefined): Cause[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return notNegative(field, value);
  if (!/^\d+%$/.test(value)) {
    const words =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    return [invalidValue(field, value, words)];
  }
  return [];
}

const isZero = (value: IntOrString | undefined) => value === 0 || value === '0%';

function validateRollingUpdate(
  { maxSurge, maxUnavailable }: { maxSurge?: IntOrString; maxUnavailable?: IntOrString },
  at: string,
): Cause[] {
  const causes = [
    ...countOrPercent(`${at}.maxUnavailable`, maxUnavailable),
    ...countOrPercent(`${at}.maxSurge`, maxSurge),
  ];
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    causes.push(invalidValue(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  if (typeof maxUnavailable === 'string' && Number.parseInt(maxUnavailable, 10) > 100) {
    causes.push(invalidValue(`${at}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%'));
  }
  return causes;
}

export function validateDeployment(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec } = object as Deployment;
  const { strategy = {}, minReadySeconds = 0, progressDeadlineSeconds } = spec;
  const causes = [
    ...notNegative('spec.replicas', spec.replicas),
    ...validateSelected(spec.selector, spec.template, 'deployment'),
    ...validateTemplate(spec.template, TEMPLATE),
    ...validateRunning(spec.template, 'Deployment'),
    ...oneOf('spec.strategy.type', strategy.type, ['Recreate', 'RollingUpdate']),
    ...(strategy.type === 'Recreate' && strategy.rollingUpdate
      ? [forbidden('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")]
      : []),
    ...(strategy.type === 'RollingUpdate'
      ? validateRollingUpdate(strategy.rollingUpdate ?? {}, 'spec.strategy.rollingUpdate')
      : []),
    ...notNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...notNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...notNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds
      ? [invalidValue('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')]
      : []),
  ];
  return [
    ...causes,
    ...sameSelector(spec.selector, (previous as Deployment | undefined)?.spec.selector, spec.selector),
  ];
}

export function validateReplicaSet(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec } = object as ReplicaSet;
  return [
    ...notNegative('spec.replicas', spec.replicas),
    ...notNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateSelected(spec.selector, spec.template, 'deployment'),
    ...validateTemplate(spec.template, TEMPLATE),
    ...validateRunning(spec.template, 'ReplicaSet'),
    ...sameSelector(spec.selector, (previous as ReplicaSet | undefined)?.spec.selector, spec.selector),
  ];
}

export function validateReplicationController(object: KubeObject): Cause[] {
  const { spec } = object as ReplicationController;
  const selector = spec.selector ?? {};
  const chosen = Object.keys(selector).length > 0;
  const labels = spec.template?.metadata?.labels ?? {};
  const covers = Object.entries(selector).every(([key, value]) => labels[key] === value);
  return [
    ...notNegative('spec.replicas', spec.replicas),
    ...(chosen ? [] : [required('spec.selector')]),
    ...(spec.template ? validateTemplate(spec.template, TEMPLATE) : [required(TEMPLATE)]),
    ...(spec.template && !covers ? [mismatch(spec.template)] : []),
    ...validateRunning(spec.template, 'ReplicationController'),
  ];
}

export function validateDaemonSet(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec } = object as DaemonSet;
  const { updateStrategy = {} } = spec;
  return [
    ...validateSelected(spec.selector, spec.template, 'daemonset'),
    ...validateTemplate(spec.template, TEMPLATE),
    ...validateRunning(spec.template, 'DaemonSet'),
    ...notNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...oneOf('spec.updateStrategy.type', updateStrategy.type, ['RollingUpdate', 'OnDelete']),
    ...(updateStrategy.type === 'RollingUpdate'
      ? validateRollingUpdate(updateStrategy.rollingUpdate ?? {}, 'spec.updateStrategy.rollingUpdate')
      : []),
    ...sameSelector(spec.selector, (previous as DaemonSet | undefined)?.spec.selector, spec.selector),
  ];
}

/** What of a StatefulSet's spec may change. */
function fixedSet({ spec }: StatefulSet): unknown {
  const {
    replicas: _replicas,
    template: _template,
    updateStrategy: _strategy,
    minReadySeconds: _seconds,
    ordinals: _ordinals,
    revisionHistoryLimit: _limit,
    persistentVolumeClaimRetentionPolicy: _policy,
    ...rest
  } = spec;
  return plain({
    ...rest,
    volumeClaimTemplates: rest.volumeClaimTemplates?.map(({ status: _status, ...claim }) => claim),
  });
}

export function validateStatefulSet(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const set = object as StatefulSet;
  const { spec } = set;
  const partition = spec.updateStrategy?.rollingUpdate?.partition;
  const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({ name: metadata?.name ?? '', claim: true }));
  // A claim's template gives a volume to mount.
  const template = spec.template && {
    ...spec.template,
    spec: { ...spec.template.spec, volumes: [...(spec.template.spec?.volumes ?? []), ...claims] },
  };
  const causes = [
    ...notNegative('spec.replicas', spec.replicas),
    ...validateSelected(spec.selector, spec.template, 'statefulset'),
    ...validateTemplate(template, TEMPLATE),
    ...validateRunning(spec.template, 'StatefulSet'),
    ...neededOneOf('spec.podManagementPolicy', spec.podManagementPolicy, ['OrderedReady', 'Parallel']),
    ...oneOf('spec.updateStrategy.type', spec.updateStrategy?.type, ['RollingUpdate', 'OnDelete']),
    ...notNegative('spec.updateStrategy.rollingUpdate.partition', partition),
    ...notNegative('spec.minReadySeconds', spec.minReadySeconds),
  ];
  if (previous && !isDeepStrictEqual(fixedSet(set), fixedSet(previous as StatefulSet))) {
    const words =
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    causes.push(forbidden('spec', words));
  }
  return causes;
}

function validateJobSpec(spec: JobSpec, at: string): Cause[] {
  const restart = spec.template?.spec?.restartPolicy;
  const indexed = spec.completionMode === 'Indexed';
  return [
    ...notNegative(`${at}.parallelism`, spec.parallelism),
    ...notNegative(`${at}.completions`, spec.completions),
    ...notNegative(`${at}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...notNegative(`${at}.backoffLimit`, spec.backoffLimit),
    ...notNegative(`${at}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished),
    ...oneOf(`${at}.completionMode`, spec.completionMode, ['NonIndexed', 'Indexed']),
    ...(indexed && spec.completions === undefined
      ? [required(`${at}.completions`, 'when completion mode is Indexed')]
      : []),
    ...validateTemplate(spec.template, `${at}.template`),
    ...(restart === 'Always' || restart === undefined
      ? [required(`${at}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')]
      : []),
  ];
}

export function validateJob(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec } = object as Job;
  const before = (previous as Job | undefined)?.spec;
  const causes = validateJobSpec(spec, 'spec');
  const labels = spec.template?.metadata?.labels ?? {};
  if (spec.selector && !matches(fromLabelSelector(spec.selector), labels)) causes.push(mismatch(spec.template));
  if (!before) return causes;
  causes.push(...sameSelector(spec.selector, before.selector, spec.selector));
  for (const name of ['template', 'completions', 'completionMode'] as const) {
    const elastic =
      name === 'completions' && spec.completionMode === 'Indexed' && spec.completions === spec.parallelism;
    if (!elastic && !isDeepStrictEqual(plain(spec[name]), plain(before[name]))) {
      causes.push(invalidValue(`spec.${name}`, spec[name], IMMUTABLE));
    }
  }
  return causes;
}

const LONGEST_CRON_NAME = 52;

export function validateCronJob(object: KubeObject): Cause[] {
  const { metadata, spec } = object as CronJob;
  const causes: Cause[] = [];
  if ((metadata.name ?? '').length > LONGEST_CRON_NAME) {
    causes.push(invalidValue('metadata.name', metadata.name, `must be no more than ${LONGEST_CRON_NAME} characters`));
  }
  const problem = spec.schedule ? scheduleProblem(spec.schedule) : undefined;
  if (!spec.schedule) causes.push(required('spec.schedule'));
  else if (problem !== undefined) causes.push(invalidValue('spec.schedule', spec.schedule, problem));
  return [
    ...causes,
    ...notNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...neededOneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...notNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...notNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
    ...validateJobSpec(spec.jobTemplate?.spec ?? {}, 'spec.jobTemplate.spec'),
  ];
}
