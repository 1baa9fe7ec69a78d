import {
  type Container,
  compareQuantities,
  type EnvVar,
  type Probe,
  parseQuantity,
  QuantityError,
  type Volume,
} from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import {
  duplicates,
  invalidValue,
  missing,
  NOT_NEGATIVE,
  notNegative,
  oneOf,
  portNumber,
  required,
} from './field-error.ts';
import { dnsLabel, follows, portName, qualifiedName } from './names.ts';

/** A pod's containers (`pkg/apis/core/validation/validation.go`). */

export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const STANDARD_RESOURCES = ['cpu', 'ephemeral-storage', 'memory'];
const ENV_NAME = /^[ -<>-~]+$/;
const VALUE_SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'] as const;
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;

function validatePorts(ports: Container['ports'] = [], field: string): Cause[] {
  return [
    ...ports.flatMap(({ name, containerPort, hostPort, protocol }, index) => {
      const at = `${field}[${index}]`;
      return [
        ...(name ? follows(portName, `${at}.name`, name) : []),
        ...(containerPort ? portNumber(`${at}.containerPort`, containerPort) : [required(`${at}.containerPort`)]),
        ...(hostPort ? portNumber(`${at}.hostPort`, hostPort) : []),
        ...oneOf(`${at}.protocol`, protocol, PROTOCOLS),
      ];
    }),
    ...duplicates(
      ports,
      ({ name }) => name,
      (index) => `${field}[${index}].name`,
    ),
  ];
}

function validateEnv(env: EnvVar[] = [], field: string): Cause[] {
  return env.flatMap(({ name, value, valueFrom }, index) => {
    const at = `${field}[${index}]`;
    const causes: Cause[] = [];
    if (!name) causes.push(required(`${at}.name`));
    else if (!ENV_NAME.test(name)) {
      const words = "a valid environment variable name must consist only of printable ASCII characters other than '='";
      causes.push(invalidValue(`${at}.name`, name, words));
    }
    if (!valueFrom) return causes;
    const sources = VALUE_SOURCES.filter((source) => valueFrom[source] !== undefined);
    if (sources.length === 0) {
      const words = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
      causes.push(invalidValue(`${at}.valueFrom`, '', words));
    } else if (value) {
      causes.push(invalidValue(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    } else if (sources.length > 1) {
      causes.push(invalidValue(`${at}.valueFrom`, '', 'may not have more than one field specified at a time'));
    }
    for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
      const ref = valueFrom[source];
      if (ref && !ref.name) causes.push(required(`${at}.valueFrom.${source}.name`));
      if (ref && !ref.key) causes.push(required(`${at}.valueFrom.${source}.key`));
    }
    return causes;
  });
}

/** A quantity that stands for a resource: a number, and not below zero. */
export function validateQuantity(field: string, quantity: unknown): Cause[] {
  try {
    return parseQuantity(String(quantity)) < 0n ? [invalidValue(field, String(quantity), NOT_NEGATIVE)] : [];
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    return [invalidValue(field, String(quantity), 'must be a valid quantity')];
  }
}

function resourceName(field: string, name: string): Cause[] {
  const problems = follows(qualifiedName, field, name);
  if (problems.length > 0 || name.includes('/')) return problems;
  if (STANDARD_RESOURCES.includes(name) || name.startsWith('hugepages-')) return [];
  return [
    invalidValue(field, name, 'must be a standard resource type or fully qualified'),
    invalidValue(field, name, 'must be a standard resource for containers'),
  ];
}

function validateResources(
  { requests = {}, limits = {} }: NonNullable<Container['resources']>,
  field: string,
): Cause[] {
  const each = Object.entries({ limits, requests }).flatMap(([part, list]) =>
    Object.entries(list).flatMap(([name, quantity]) => {
      const at = `${field}.${part}[${name}]`;
      return [...resourceName(at, name), ...validateQuantity(at, quantity)];
    }),
  );
  if (each.length > 0) return each;
  return Object.entries(requests).flatMap(([name, quantity]) => {
    const limit = limits[name];
    if (limit === undefined || compareQuantities(quantity, limit) <= 0) return [];
    return [invalidValue(`${field}.requests`, quantity, `must be less than or equal to ${name} limit of ${limit}`)];
  });
}

function validateMounts(container: Container, volumes: readonly Volume[], field: string): Cause[] {
  const mounts = container.volumeMounts ?? [];
  const paths = new Set<string>();
  return mounts.flatMap(({ name, mountPath }, index) => {
    const at = `${field}[${index}]`;
    const causes: Cause[] = [];
    if (!name) causes.push(required(`${at}.name`));
    if (!volumes.some((volume) => volume.name === name)) causes.push(missing(`${at}.name`, name ?? ''));
    if (!mountPath) causes.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) causes.push(invalidValue(`${at}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    return causes;
  });
}

function validateProbe(probe: Probe | undefined, field: string, once: boolean): Cause[] {
  if (!probe) return [];
  const given = HANDLERS.filter((handler) => probe[handler] !== undefined);
  const causes: Cause[] = [];
  if (given.length === 0) causes.push(required(field, 'must specify a handler type'));
  for (const handler of given.slice(1)) {
    causes.push({
      reason: 'FieldValueForbidden',
      field: `${field}.${handler}`,
      message: 'Forbidden: may not specify more than 1 handler type',
    });
  }
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port;
  const portField = `${field}.${given[0]}.port`;
  if (typeof port === 'number') causes.push(...portNumber(portField, port));
  else if (port !== undefined) causes.push(...follows(portName, portField, port));
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    causes.push(...notNegative(`${field}.${name}`, probe[name]));
  }
  if (once && probe.successThreshold !== 1) {
    causes.push(invalidValue(`${field}.successThreshold`, probe.successThreshold, 'must be 1'));
  }
  return causes;
}

/** Complains of one container, whose place is `field`. */
function validateContainer(container: Container, volumes: readonly Volume[], field: string): Cause[] {
  const { name, image } = container;
  return [
    ...(name ? follows(dnsLabel, `${field}.name`, name) : [required(`${field}.name`)]),
    ...(image ? [] : [required(`${field}.image`)]),
    ...(image && image !== image.trim()
      ? [invalidValue(`${field}.image`, image, 'must not have leading or trailing whitespace')]
      : []),
    ...validateProbe(container.livenessProbe, `${field}.livenessProbe`, true),
    ...validateProbe(container.startupProbe, `${field}.startupProbe`, true),
    ...validateProbe(container.readinessProbe, `${field}.readinessProbe`, false),
    ...validatePorts(container.ports, `${field}.ports`),
    ...validateEnv(container.env, `${field}.env`),
    ...validateMounts(container, volumes, `${field}.volumeMounts`),
    ...oneOf(`${field}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...oneOf(`${field}.terminationMessagePolicy`, container.terminationMessagePolicy, [
      'FallbackToLogsOnError',
      'File',
    ]),
    ...validateResources(container.resources ?? {}, `${field}.resources`),
  ];
}

/** Complains of a pod's containers, of each and of names that stand twice. */
export function validateContainers(
  containers: readonly Container[],
  volumes: readonly Volume[],
  field: string,
): Cause[] {
  return [
    ...containers.flatMap((container, index) => validateContainer(container, volumes, `${field}[${index}]`)),
    ...duplicates(
      containers,
      ({ name }) => name,
      (index) => `${field}[${index}].name`,
    ),
  ];
}
