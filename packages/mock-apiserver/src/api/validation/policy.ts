import { isDeepStrictEqual } from 'node:util';
import type {
  HorizontalPodAutoscaler,
  KubeObject,
  LimitRange,
  Metric,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Role,
  RoleBinding,
} from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { validateQuantity } from './container.ts';
import { forbidden, invalidValue, notNegative, notSupported, oneOf, plain, required } from './field-error.ts';
import { follows, pathSegment, qualifiedName, validateSelector } from './names.ts';

/** What governs others: autoscalers, budgets, quotas, roles, priorities (`pkg/apis/…/validation`). */

const SOURCES: Record<Metric<'target'>['type'], Exclude<keyof Metric<'target'>, 'type'>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

function validateMetric(metric: Metric<'target'>, field: string): Cause[] {
  if (!metric.type) return [required(`${field}.type`, 'must specify a metric source type')];
  const source = SOURCES[metric.type];
  if (source === undefined) return [notSupported(`${field}.type`, metric.type, Object.keys(SOURCES).sort())];
  const target = metric[source]?.target;
  if (!metric[source]) return [required(`${field}.${source}`, 'must populate information for the given metric source')];
  const at = `${field}.${source}.target`;
  const { type, averageUtilization: utilization } = target ?? {};
  return [
    ...(type === undefined ? [required(`${at}.type`, 'must specify a metric target type')] : []),
    ...oneOf(`${at}.type`, type, ['Utilization', 'Value', 'AverageValue']),
    ...(utilization !== undefined && utilization < 1
      ? [invalidValue(`${at}.averageUtilization`, utilization, 'must be greater than 0')]
      : []),
  ];
}

export function validateAutoscaler(object: KubeObject): Cause[] {
  const { spec } = object as HorizontalPodAutoscaler;
  const { minReplicas = 1, maxReplicas = 0, scaleTargetRef, metrics = [] } = spec;
  return [
    ...(minReplicas < 1 ? [invalidValue('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')] : []),
    ...(maxReplicas < 1 ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(maxReplicas < minReplicas
      ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...(['kind', 'name'] as const).flatMap((part) =>
      scaleTargetRef?.[part]
        ? follows(pathSegment, `spec.scaleTargetRef.${part}`, scaleTargetRef[part])
        : [required(`spec.scaleTargetRef.${part}`)],
    ),
    ...metrics.flatMap((metric, index) => validateMetric(metric, `spec.metrics[${index}]`)),
  ];
}

export function validateBudget(object: KubeObject): Cause[] {
  const { spec = {} } = object as PodDisruptionBudget;
  const { minAvailable, maxUnavailable } = spec;
  const causes: Cause[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    causes.push(invalidValue('spec', spec, 'minAvailable and maxUnavailable cannot be both set'));
  }
  for (const [name, value] of Object.entries({ minAvailable, maxUnavailable })) {
    if (typeof value === 'number') causes.push(...notNegative(`spec.${name}`, value));
    else if (value !== undefined && !/^\d+%$/.test(value)) {
      const words =
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
      causes.push(invalidValue(`spec.${name}`, value, words));
    } else if (value !== undefined && Number.parseInt(value, 10) > 100) {
      causes.push(invalidValue(`spec.${name}`, value, 'must not be greater than 100%'));
    }
  }
  return [
    ...causes,
    ...validateSelector(spec.selector, 'spec.selector'),
    ...oneOf('spec.unhealthyPodEvictionPolicy', spec.unhealthyPodEvictionPolicy, ['AlwaysAllow', 'IfHealthyBudget']),
  ];
}

export function validateQuota(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec = {} } = object as ResourceQuota;
  const before = (previous as ResourceQuota | undefined)?.spec;
  return [
    ...Object.entries(spec.hard ?? {}).flatMap(([name, quantity]) => [
      ...follows(qualifiedName, `spec.hard[${name}]`, name),
      ...validateQuantity(`spec.hard[${name}]`, quantity),
    ]),
    ...(before && !isDeepStrictEqual(plain(before.scopes), plain(spec.scopes))
      ? [invalidValue('spec.scopes', spec.scopes, 'field is immutable')]
      : []),
  ];
}

export function validateLimitRange(object: KubeObject): Cause[] {
  const { spec } = object as LimitRange;
  return (spec?.limits ?? []).flatMap((item, index) => {
    const at = `spec.limits[${index}]`;
    const parts = ['max', 'min', 'default', 'defaultRequest'] as const;
    const quantities = parts.flatMap((part) =>
      Object.entries(item[part] ?? {}).flatMap(([name, quantity]) =>
        validateQuantity(`${at}.${part}[${name}]`, quantity),
      ),
    );
    const forPods = item.type === 'Pod' && (item.default || item.defaultRequest);
    return [
      ...(item.type ? [] : [required(`${at}.type`)]),
      ...quantities,
      ...(forPods ? [forbidden(`${at}.default`, "may not be specified when `type` is 'Pod'")] : []),
    ];
  });
}

export function validateRole(object: KubeObject): Cause[] {
  const namespaced = object.metadata.namespace !== undefined;
  return ((object as Role).rules ?? []).flatMap(({ verbs, apiGroups, resources, nonResourceURLs }, index) => {
    const at = `rules[${index}]`;
    const causes: Cause[] = [];
    if (!verbs?.length) causes.push(required(`${at}.verbs`, 'verbs must contain at least one value'));
    if (nonResourceURLs?.length) {
      if (namespaced) {
        causes.push(
          invalidValue(`${at}.nonResourceURLs`, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'),
        );
      }
      if (apiGroups?.length || resources?.length) {
        causes.push(
          invalidValue(
            `${at}.nonResourceURLs`,
            nonResourceURLs,
            'rules cannot apply to both regular resources and non-resource URLs',
          ),
        );
      }
      return causes;
    }
    if (!apiGroups?.length)
      causes.push(required(`${at}.apiGroups`, 'resource rules must supply at least one api group'));
    if (!resources?.length)
      causes.push(required(`${at}.resources`, 'resource rules must supply at least one resource'));
    return causes;
  });
}

export function validateRoleBinding(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { roleRef, subjects = [], metadata } = object as RoleBinding;
  const before = previous as RoleBinding | undefined;
  const kinds = metadata.namespace === undefined ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  const causes: Cause[] = [
    ...oneOf('roleRef.apiGroup', roleRef?.apiGroup, ['rbac.authorization.k8s.io']),
    ...oneOf('roleRef.kind', roleRef?.kind ?? '', kinds),
    ...(roleRef?.name ? follows(pathSegment, 'roleRef.name', roleRef.name) : [required('roleRef.name')]),
  ];
  for (const [index, { kind, name, namespace }] of subjects.entries()) {
    const at = `subjects[${index}]`;
    if (!name) causes.push(required(`${at}.name`));
    causes.push(...oneOf(`${at}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group']));
    if (kind === 'ServiceAccount' && !namespace && metadata.namespace === undefined)
      causes.push(required(`${at}.namespace`));
  }
  if (before && !isDeepStrictEqual(plain(before.roleRef), plain(roleRef))) {
    causes.push(invalidValue('roleRef', roleRef, 'cannot change roleRef'));
  }
  return causes;
}

const HIGHEST_USER_PRIORITY = 1_000_000_000;

export function validatePriorityClass(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { metadata, value, preemptionPolicy } = object as PriorityClass;
  const before = previous as PriorityClass | undefined;
  const causes: Cause[] = [];
  const system = (metadata.name ?? '').startsWith('system-');
  if (system && !before) {
    const why = `${metadata.name} is not a known system priority class`;
    const words = `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`;
    causes.push(forbidden('metadata.name', words));
  }
  if (!system && value > HIGHEST_USER_PRIORITY) {
    causes.push(forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`));
  }
  if (before && before.value !== value) causes.push(forbidden('value', 'may not be changed in an update.'));
  if (before && before.preemptionPolicy !== preemptionPolicy) {
    causes.push(invalidValue('preemptionPolicy', preemptionPolicy, 'field is immutable'));
  }
  return [...causes, ...oneOf('preemptionPolicy', preemptionPolicy, ['Never', 'PreemptLowerPriority'])];
}
