import type { Gateway, GatewayRef, HTTPRoute } from '../api/gateway.ts';
import type { Condition } from '../api/meta.ts';
import type { ConditionSummary, Health } from '../entity/common.ts';
import type { GatewayEntity, HTTPRouteEntity } from '../entity/network.ts';
import { projectCommon, projectConditions } from './common.ts';

/** A Gateway of the Gateway API, v1 or v1beta1; it is well when it is accepted and programmed. */
export function projectGateway(gateway: Gateway): GatewayEntity {
  const { spec = { gatewayClassName: '' }, status } = gateway;
  const attached = new Map((status?.listeners ?? []).map((one) => [one.name, one.attachedRoutes ?? null]));
  const conditions = projectConditions(status?.conditions);
  return {
    kind: 'Gateway',
    ...projectCommon('Gateway', gateway),
    health: gatewayHealth(conditions),
    class: spec.gatewayClassName ?? '',
    addresses: (status?.addresses ?? []).map(({ value }) => value),
    listeners: (spec.listeners ?? []).map(({ name, hostname, port, protocol }) => ({
      name,
      hostname: hostname || null,
      port,
      protocol,
      attached: attached.get(name) ?? null,
    })),
    conditions,
  };
}

/** A controller that has not looked yet leaves the conditions Unknown, or out. */
function gatewayHealth(conditions: readonly ConditionSummary[]): Health {
  const status = (type: string) => conditions.find((condition) => condition.type === type)?.status;
  if (status('Accepted') === 'False') return 'failing';
  if (status('Programmed') === 'False') return 'warning';
  return status('Programmed') === 'True' ? 'ok' : 'progressing';
}

/** An HTTPRoute of the Gateway API, v1 or v1beta1; it is well when every parent accepts it and finds its backends. */
export function projectHttpRoute(route: HTTPRoute): HTTPRouteEntity {
  const common = projectCommon('HTTPRoute', route);
  const { spec = {}, status } = route;
  const told = status?.parents ?? [];
  const parents = (spec.parentRefs ?? []).map((ref) => {
    const conditions = told.filter(({ parentRef }) => isSame(parentRef, ref)).flatMap((one) => one.conditions ?? []);
    const accepted = truth(conditions, 'Accepted');
    const resolved = truth(conditions, 'ResolvedRefs');
    return {
      kind: ref.kind ?? 'Gateway',
      namespace: ref.namespace ?? common.namespace,
      name: ref.name,
      section: ref.sectionName ?? null,
      accepted,
      resolved,
      reason: conditions.find(({ status: state }) => state === 'False')?.reason ?? null,
    };
  });
  return {
    kind: 'HTTPRoute',
    ...common,
    health: routeHealth(parents),
    hostnames: spec.hostnames ?? [],
    parents,
    backends: (spec.rules ?? []).flatMap(({ backendRefs }) =>
      (backendRefs ?? []).map(({ kind, namespace, name, port, weight }) => ({
        kind: kind ?? 'Service',
        namespace: namespace ?? common.namespace,
        name,
        port: port ?? null,
        weight: weight ?? 1,
      })),
    ),
  };
}

function isSame(a: GatewayRef, b: GatewayRef): boolean {
  return (['kind', 'namespace', 'name', 'sectionName', 'port'] as const).every(
    (part) =>
      (a[part] ?? '') === (b[part] ?? '') || (part === 'kind' && (a.kind ?? 'Gateway') === (b.kind ?? 'Gateway')),
  );
}

/** Several controllers may speak of one parent; one refusal outweighs the rest. */
function truth(conditions: readonly Condition[], type: string): boolean | null {
  const states = conditions.filter((condition) => condition.type === type).map(({ status }) => status);
  if (states.includes('False')) return false;
  return states.includes('True') ? true : null;
}

function routeHealth(parents: HTTPRouteEntity['parents']): Health {
  if (parents.some(({ accepted }) => accepted === false)) return 'failing';
  if (parents.some(({ resolved }) => resolved === false)) return 'warning';
  return parents.every(({ accepted }) => accepted === true) ? 'ok' : 'progressing';
}
