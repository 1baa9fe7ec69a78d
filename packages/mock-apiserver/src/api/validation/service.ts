import type { KubeObject, Service, ServicePort } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { exposesNodePorts, isTaken } from '../defaults/service.ts';
import type { Admission } from '../resource.ts';
import { PROTOCOLS } from './container.ts';
import {
  duplicate,
  duplicates,
  forbidden,
  invalidGoValue,
  invalidValue,
  oneOf,
  portNumber,
  required,
} from './field-error.ts';
import { dnsLabel, dnsSubdomain, follows, portName, validateLabels } from './names.ts';

/** Services (`pkg/apis/core/validation`, `pkg/registry/core/service/ipallocator` and `portallocator`). */

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const NODE_PORTS = { first: 30_000, last: 32_767 };

const isHeadless = ({ spec }: Service) => spec.clusterIP === 'None';

function validatePort({ name, protocol, port, targetPort }: ServicePort, several: boolean, at: string): Cause[] {
  return [
    ...(several && !name ? [required(`${at}.name`)] : []),
    ...(name ? follows(dnsLabel, `${at}.name`, name) : []),
    ...portNumber(`${at}.port`, port ?? 0),
    ...oneOf(`${at}.protocol`, protocol, PROTOCOLS),
    ...(typeof targetPort === 'number' ? portNumber(`${at}.targetPort`, targetPort) : []),
    ...(typeof targetPort === 'string' ? follows(portName, `${at}.targetPort`, targetPort) : []),
  ];
}

/** A port as Go shows what two ports may not share. */
const goPort = ({ protocol, port }: ServicePort) =>
  `core.ServicePort{Name:"", Protocol:${JSON.stringify(protocol ?? '')}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`;

function validatePorts(service: Service): Cause[] {
  const { ports = [], type } = service.spec;
  const needsPorts = type !== 'ExternalName' && !isHeadless(service);
  const seen = new Set<string>();
  const twice = ports.flatMap((port, index) => {
    const key = `${port.protocol}/${port.port}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `Duplicate value: ${goPort(port)}`;
    return [{ reason: 'FieldValueDuplicate', field: `spec.ports[${index}]`, message }];
  });
  return [
    ...(needsPorts && ports.length === 0 ? [required('spec.ports')] : []),
    ...ports.flatMap((port, index) => validatePort(port, ports.length > 1, `spec.ports[${index}]`)),
    ...duplicates(
      ports,
      ({ name }) => name,
      (index) => `spec.ports[${index}].name`,
    ),
    ...twice,
  ];
}

function validateNodePorts(service: Service, admission: Admission): Cause[] {
  const { ports = [], type } = service.spec;
  const given = ports.flatMap(({ nodePort }, index) =>
    nodePort ? [{ nodePort, at: `spec.ports[${index}].nodePort` }] : [],
  );
  if (!exposesNodePorts(service)) {
    return given.map(({ at }) => forbidden(at, `may not be used when \`type\` is '${type}'`));
  }
  return given.flatMap(({ nodePort, at }, index) => {
    if (given.slice(0, index).some((earlier) => earlier.nodePort === nodePort)) return [duplicate(at, nodePort)];
    if (isTaken(service, admission, 'nodePort', String(nodePort)))
      return [invalidValue(at, nodePort, 'provided port is already allocated')];
    if (nodePort >= NODE_PORTS.first && nodePort <= NODE_PORTS.last) return [];
    const range = `${NODE_PORTS.first}-${NODE_PORTS.last}`;
    return [
      invalidValue(at, nodePort, `provided port is not in the valid range. The range of valid ports is ${range}`),
    ];
  });
}

const goIps = (ip: string | undefined) => `[]string{${ip === undefined ? '' : JSON.stringify(ip)}}`;

function validateAddress(service: Service, before: Service | undefined, admission: Admission): Cause[] {
  const { clusterIP: ip, type } = service.spec;
  const kept = before?.spec.clusterIP;
  if (kept && kept !== ip && type !== 'ExternalName') {
    return [invalidGoValue('spec.clusterIPs[0]', goIps(ip), 'may not change once set')];
  }
  if (ip === 'None' && exposesNodePorts(service)) {
    return [invalidValue('spec.clusterIPs[0]', ip, `may not be set to 'None' for ${type} services`)];
  }
  if (before || !ip || ip === 'None') return [];
  const failed = `failed to allocate IP ${ip}`;
  if (!admission.addresses.contains(ip)) {
    const range = `The range of valid IPs is ${admission.addresses.cidr}`;
    return [
      invalidGoValue(
        'spec.clusterIPs',
        goIps(ip),
        `${failed}: the provided IP (${ip}) is not in the valid range. ${range}`,
      ),
    ];
  }
  const taken = isTaken(service, admission, 'clusterIP', ip);
  return taken ? [invalidGoValue('spec.clusterIPs', goIps(ip), `${failed}: provided IP is already allocated`)] : [];
}

function validateExternal({ spec }: Service): Cause[] {
  if (spec.type !== 'ExternalName') return [];
  const name = spec.externalName?.replace(/\.$/, '');
  return name ? follows(dnsSubdomain, 'spec.externalName', name) : [required('spec.externalName')];
}

/** What is wrong with a service, its ports and addresses among the others' included. */
export function validateService(object: KubeObject, previous: KubeObject | undefined, admission: Admission): Cause[] {
  const service = object as Service;
  const { spec } = service;
  return [
    ...validatePorts(service),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']),
    ...validateExternal(service),
    ...oneOf('spec.type', spec.type, TYPES),
    ...validateNodePorts(service, admission),
    ...validateAddress(service, previous as Service | undefined, admission),
    ...oneOf('spec.externalTrafficPolicy', spec.externalTrafficPolicy, ['Cluster', 'Local']),
    ...oneOf('spec.internalTrafficPolicy', spec.internalTrafficPolicy, ['Cluster', 'Local']),
  ];
}
