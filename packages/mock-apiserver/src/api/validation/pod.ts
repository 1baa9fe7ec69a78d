import { isDeepStrictEqual } from 'node:util';
import type { Container, KubeObject, Pod, PodSpec, PodTemplateSpec, Toleration, Volume } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { validateContainers } from './container.ts';
import {
  duplicate,
  duplicates,
  forbidden,
  invalidValue,
  notNegative,
  notSupported,
  oneOf,
  plain,
  required,
} from './field-error.ts';
import { dnsLabel, dnsSubdomain, follows, qualifiedName, validateLabels, validateSelector } from './names.ts';

/** A pod's spec and what of it may change (`pkg/apis/core/validation/validation.go`). */

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateVolumes(volumes: readonly Volume[], field: string): Cause[] {
  return [
    ...volumes.flatMap((volume, index) => {
      const at = `${field}[${index}]`;
      const { name, ...sources } = volume;
      // In the order they are looked at.
      const [kind, ...more] = Object.keys(plain({ emptyDir: volume.emptyDir, ...sources }) ?? {});
      return [
        ...(name ? follows(dnsLabel, `${at}.name`, name) : [required(`${at}.name`)]),
        ...(kind === undefined ? [required(at, 'must specify a volume type')] : []),
        ...more.map((other) => forbidden(`${at}.${other}`, 'may not specify more than 1 volume type')),
        ...(volume.persistentVolumeClaim && !volume.persistentVolumeClaim.claimName
          ? [required(`${at}.persistentVolumeClaim.claimName`)]
          : []),
        ...(volume.configMap && !volume.configMap.name ? [required(`${at}.configMap.name`)] : []),
        ...(volume.secret && !volume.secret.secretName ? [required(`${at}.secret.secretName`)] : []),
        ...(volume.hostPath && !volume.hostPath.path ? [required(`${at}.hostPath.path`)] : []),
      ];
    }),
    ...duplicates(
      volumes,
      ({ name }) => name,
      (index) => `${field}[${index}].name`,
    ),
  ];
}

function validateToleration({ key, operator, value, effect, tolerationSeconds }: Toleration, field: string): Cause[] {
  const causes = key ? follows(qualifiedName, `${field}.key`, key) : [];
  if (!key && operator !== 'Exists') {
    causes.push(
      invalidValue(
        `${field}.operator`,
        operator ?? '',
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    causes.push(
      invalidValue(`${field}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set"),
    );
  }
  if (operator === 'Exists' && value) {
    causes.push(
      invalidValue(
        `${field}.operator`,
        { key, operator, value, effect },
        "value must be empty when `operator` is 'Exists'",
      ),
    );
  }
  if (operator && !['Equal', 'Exists'].includes(operator)) {
    causes.push(notSupported(`${field}.operator`, operator, ['Equal', 'Exists']));
  }
  return [...causes, ...(effect ? oneOf(`${field}.effect`, effect, EFFECTS) : [])];
}

function validateSpread({ topologySpreadConstraints = [] }: PodSpec, field: string): Cause[] {
  return topologySpreadConstraints.flatMap(({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }, index) => {
    const at = `${field}.topologySpreadConstraints[${index}]`;
    return [
      ...(maxSkew > 0 ? [] : [invalidValue(`${at}.maxSkew`, maxSkew, 'must be greater than zero')]),
      ...(topologyKey
        ? follows(qualifiedName, `${at}.topologyKey`, topologyKey)
        : [required(`${at}.topologyKey`, 'can not be empty')]),
      ...oneOf(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']),
      ...validateSelector(labelSelector, `${at}.labelSelector`),
    ];
  });
}

/** Complains of a pod's spec, whose place is `field`. */
export function validatePodSpec(spec: PodSpec, field: string): Cause[] {
  const volumes = spec.volumes ?? [];
  const { terminationGracePeriodSeconds: grace, activeDeadlineSeconds: deadline, containers = [] } = spec;
  const named = (name: 'nodeName' | 'serviceAccountName' | 'priorityClassName' | 'hostname' | 'subdomain') => {
    const text = spec[name];
    const rule = name === 'hostname' || name === 'subdomain' ? dnsLabel : dnsSubdomain;
    return text ? follows(rule, `${field}.${name}`, text) : [];
  };
  return [
    ...validateVolumes(volumes, `${field}.volumes`),
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...validateContainers(containers, volumes, `${field}.containers`),
    ...validateContainers(spec.initContainers ?? [], volumes, `${field}.initContainers`),
    ...(spec.initContainers ?? []).flatMap(({ name }, index) =>
      containers.some((other) => other.name === name)
        ? [duplicate(`${field}.initContainers[${index}].name`, name)]
        : [],
    ),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...notNegative(`${field}.terminationGracePeriodSeconds`, grace),
    ...(deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647)
      ? [invalidValue(`${field}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')]
      : []),
    ...(['nodeName', 'serviceAccountName', 'priorityClassName', 'hostname', 'subdomain'] as const).flatMap(named),
    ...(spec.tolerations ?? []).flatMap((toleration, index) =>
      validateToleration(toleration, `${field}.tolerations[${index}]`),
    ),
    ...validateSpread(spec, field),
  ];
}

/** Complains of a workload's template. */
export function validateTemplate(template: PodTemplateSpec | undefined, field: string): Cause[] {
  return [
    ...validateLabels(template?.metadata?.labels, `${field}.labels`),
    ...validatePodSpec(template?.spec ?? { containers: [] }, `${field}.spec`),
  ];
}

/** What is compared of a pod before and after: all but images, tolerations added, deadline and readiness of its gates. */
function fixed({ spec }: Pod): unknown {
  const {
    tolerations: _tolerations,
    activeDeadlineSeconds: _deadline,
    nodeName: _node,
    schedulingGates: _gates,
    ...rest
  } = spec;
  const withoutImage = ({ image: _image, ...container }: Container) => container;
  return plain({
    ...rest,
    terminationGracePeriodSeconds: 0,
    containers: spec.containers.map(withoutImage),
    initContainers: spec.initContainers?.map(withoutImage),
  });
}

const FIXED =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validateChange(pod: Pod, before: Pod): Cause[] {
  const causes: Cause[] = [];
  for (const part of ['containers', 'initContainers'] as const) {
    if ((pod.spec[part]?.length ?? 0) === (before.spec[part]?.length ?? 0)) continue;
    return [forbidden(`spec.${part}`, 'pod updates may not add or remove containers')];
  }
  const { activeDeadlineSeconds: now } = pod.spec;
  const then = before.spec.activeDeadlineSeconds;
  const deadline = 'spec.activeDeadlineSeconds';
  if (then !== undefined && now === undefined) {
    causes.push(invalidValue(deadline, null, 'must not update from a positive integer to nil value'));
  } else if (then !== undefined && now !== undefined && now > then) {
    causes.push(invalidValue(deadline, now, 'must be less than or equal to previous value'));
  }
  const kept = (before.spec.tolerations ?? []).every((old) =>
    pod.spec.tolerations?.some(({ tolerationSeconds: _seconds, ...toleration }) => {
      const { tolerationSeconds: _old, ...wanted } = old;
      return isDeepStrictEqual(plain(toleration), plain(wanted));
    }),
  );
  if (!kept)
    causes.push(forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'));
  if (!isDeepStrictEqual(fixed(pod), fixed(before))) causes.push(forbidden('spec', FIXED));
  return causes;
}

/** A pod to be created, or what is changed of one. */
export function validatePod(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const pod = object as Pod;
  const causes = validatePodSpec(pod.spec, 'spec');
  return previous ? [...causes, ...validateChange(pod, previous as Pod)] : causes;
}
