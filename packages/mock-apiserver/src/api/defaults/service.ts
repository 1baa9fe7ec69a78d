import type { KubeObject, Service } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import type { Admission } from '../resource.ts';

/** Whether another service has a value that an index finds services by. */
const isTaken = (service: Service, { store }: Admission, index: 'clusterIP' | 'nodePort', value: string) =>
  store
    .by('services', index, value)
    .some(
      ({ metadata }) => metadata.name !== service.metadata.name || metadata.namespace !== service.metadata.namespace,
    );

const exposesNodePorts = (service: Service) => service.spec.type === 'NodePort' || service.spec.type === 'LoadBalancer';

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
  if (spec.type !== 'ExternalName') {
    const isUsed = (ip: string) => isTaken(service, admission, 'clusterIP', ip);
    const named = `${service.metadata.namespace}/${service.metadata.name}`;
    spec.clusterIP ||= before?.spec.clusterIP || admission.addresses.clusterIP(named, isUsed);
    spec.clusterIPs = [spec.clusterIP];
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    spec.internalTrafficPolicy ??= 'Cluster';
  }
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
  service.status ??= { loadBalancer: {} };
}

/** What `pkg/apis/core/validation` would say of ports and addresses. */
export function validateService(object: KubeObject, previous: KubeObject | undefined, admission: Admission): Cause[] {
  const service = object as Service;
  const before = previous as Service | undefined;
  const causes: Cause[] = [];
  if (service.spec.type !== 'ExternalName' && service.spec.clusterIP !== 'None' && !service.spec.ports?.length) {
    causes.push({ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.ports' });
  }
  if (before?.spec.clusterIP && before.spec.clusterIP !== service.spec.clusterIP) {
    const message = `Invalid value: ${JSON.stringify([service.spec.clusterIP])}: may not change once set`;
    causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.clusterIPs[0]' });
  }
  const ip = service.spec.clusterIP;
  if (!before && ip && ip !== 'None') {
    const value = `Invalid value: ${JSON.stringify([ip])}`;
    if (!admission.addresses.contains(ip)) {
      const message = `${value}: failed to allocate IP ${ip}: the provided IP is not in the valid range. The range of valid IPs is ${admission.addresses.cidr}`;
      causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.clusterIPs' });
    } else if (isTaken(service, admission, 'clusterIP', ip)) {
      const message = `${value}: failed to allocate IP ${ip}: provided IP is already allocated`;
      causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.clusterIPs' });
    }
  }
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    if (!port.nodePort) continue;
    const field = `spec.ports[${index}].nodePort`;
    if (isTaken(service, admission, 'nodePort', String(port.nodePort))) {
      const message = `Invalid value: ${port.nodePort}: provided port is already allocated`;
      causes.push({ reason: 'FieldValueInvalid', message, field });
    } else if (port.nodePort < 30_000 || port.nodePort > 32_767) {
      const message = `Invalid value: ${port.nodePort}: provided port is not in the valid range. The range of valid ports is 30000-32767`;
      causes.push({ reason: 'FieldValueInvalid', message, field });
    }
  }
  return causes;
}
