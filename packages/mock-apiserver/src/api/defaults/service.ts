import type { KubeObject, Service } from '@portolan/shared';
import type { Admission } from '../resource.ts';
import { freshStatus } from './workloads.ts';

/** Whether another service has a value that an index finds services by. */
export const isTaken = (service: Service, { store }: Admission, index: 'clusterIP' | 'nodePort', value: string) =>
  store
    .by('services', index, value)
    .some(
      ({ metadata }) => metadata.name !== service.metadata.name || metadata.namespace !== service.metadata.namespace,
    );

/** Whether a service's ports are opened on the nodes. */
export const exposesNodePorts = (service: Service) =>
  service.spec.type === 'NodePort' || service.spec.type === 'LoadBalancer';

/** A change of type takes away what the old type had, unless it was changed too (`dropTypeDependentFields`). */
function dropOfType(service: Service, before: Service): void {
  const { spec } = service;
  if (spec.type === 'ExternalName' && before.spec.type !== 'ExternalName' && spec.clusterIP === before.spec.clusterIP) {
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'] as const) {
      delete spec[field];
    }
  }
  if (!exposesNodePorts(before) || exposesNodePorts(service)) return;
  const old = new Set(before.spec.ports?.map(({ nodePort }) => nodePort));
  for (const port of spec.ports ?? []) if (old.has(port.nodePort)) delete port.nodePort;
  delete spec.externalTrafficPolicy;
  delete spec.allocateLoadBalancerNodePorts;
}

/** Defaults of a service, its cluster address and its node ports (`pkg/registry/core/service`). */
export function prepareService(object: KubeObject, previous: KubeObject | undefined, admission: Admission): void {
  const service = object as Service;
  const before = previous as Service | undefined;
  const { spec } = service;
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    port.targetPort ||= port.port;
  }
  if (before) dropOfType(service, before);
  if (spec.type !== 'ExternalName') {
    const isUsed = (ip: string) => isTaken(service, admission, 'clusterIP', ip);
    const named = `${service.metadata.namespace}/${service.metadata.name}`;
    spec.clusterIP ||= before?.spec.clusterIP || admission.addresses.clusterIP(named, isUsed);
    spec.clusterIPs = [spec.clusterIP];
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    spec.internalTrafficPolicy ??= 'Cluster';
  }
  if (spec.sessionAffinity === 'ClientIP') spec.sessionAffinityConfig ??= { clientIP: { timeoutSeconds: 10_800 } };
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  if (exposesNodePorts(service)) {
    spec.externalTrafficPolicy ??= 'Cluster';
    const own = new Set<number>();
    const isUsed = (port: number) => own.has(port) || isTaken(service, admission, 'nodePort', String(port));
    for (const port of spec.ports ?? []) {
      const earlier = before?.spec.ports?.find((old) => old.port === port.port && old.protocol === port.protocol);
      port.nodePort ||= earlier?.nodePort || admission.addresses.nodePort(isUsed);
      own.add(port.nodePort);
    }
  }
  freshStatus(service, previous, { loadBalancer: {} });
}
