import { isDeepStrictEqual } from 'node:util';
import type { Ingress, IngressBackend, IngressClass, IngressRule, KubeObject, NetworkPolicy } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { PROTOCOLS } from './container.ts';
import {
  forbidden,
  invalidGoValue,
  invalidValue,
  notSupported,
  oneOf,
  plain,
  portNumber,
  required,
} from './field-error.ts';
import { dns1035Label, dnsSubdomain, follows, portName, validateSelector, wildcardSubdomain } from './names.ts';

/** Ingresses and policies (`pkg/apis/networking/validation`). */

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

function validateBackend(backend: IngressBackend | undefined, field: string): Cause[] {
  const { service, resource } = backend ?? {};
  if (service && resource) return [invalidValue(field, '', 'cannot set both resource and service backends')];
  if (resource) return [];
  if (!service) return [invalidValue(field, '', 'resource or service backend is required')];
  const at = `${field}.service`;
  const { name, number } = service.port ?? {};
  const port = !name && !number ? [required(field, 'port name or number is required')] : [];
  return [
    ...(service.name ? follows(dns1035Label, `${at}.name`, service.name) : [required(`${at}.name`)]),
    ...(name && number ? [invalidValue(field, '', 'cannot set both port name & port number')] : port),
    ...(number ? portNumber(`${at}.port.number`, number) : []),
    ...(name ? follows(portName, `${at}.port.name`, name) : []),
  ];
}

const hostRule = (host: string) => (host.includes('*') ? wildcardSubdomain : dnsSubdomain);

function validateRule({ host, http }: IngressRule, field: string): Cause[] {
  const causes = host ? follows(hostRule(host), `${field}.host`, host) : [];
  if (!http) return causes;
  if (!http.paths?.length) return [...causes, required(`${field}.http.paths`)];
  const paths = http.paths.flatMap(({ path = '', pathType, backend }, index) => {
    const at = `${field}.http.paths[${index}]`;
    const absolute = path.startsWith('/') || (path === '' && pathType === 'ImplementationSpecific');
    return [
      ...(!pathType ? [required(`${at}.pathType`, 'pathType must be specified')] : []),
      ...(pathType && !PATH_TYPES.includes(pathType) ? [notSupported(`${at}.pathType`, pathType, PATH_TYPES)] : []),
      ...(pathType && !absolute ? [invalidValue(`${at}.path`, path, 'must be an absolute path')] : []),
      ...['//', '/./', '/../', '%2f', '%2F']
        .filter((part) => path.includes(part))
        .map((part) => invalidValue(`${at}.path`, path, `must not contain '${part}'`)),
      ...validateBackend(backend, `${at}.backend`),
    ];
  });
  return [...causes, ...paths];
}

export function validateIngress(object: KubeObject): Cause[] {
  const { spec = {} } = object as Ingress;
  const { rules = [], defaultBackend, ingressClassName, tls = [] } = spec;
  const causes: Cause[] = [];
  if (rules.length === 0 && !defaultBackend) {
    causes.push(
      invalidGoValue('spec', '[]networking.IngressRule(nil)', 'either `defaultBackend` or `rules` must be specified'),
    );
  }
  if (defaultBackend) causes.push(...validateBackend(defaultBackend, 'spec.defaultBackend'));
  for (const [index, rule] of rules.entries()) causes.push(...validateRule(rule, `spec.rules[${index}]`));
  for (const [index, { hosts = [] }] of tls.entries()) {
    for (const [at, host] of hosts.entries())
      causes.push(...follows(hostRule(host), `spec.tls[${index}].hosts[${at}]`, host));
  }
  if (ingressClassName !== undefined) causes.push(...follows(dnsSubdomain, 'spec.ingressClassName', ingressClassName));
  return causes;
}

export function validateIngressClass(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec = {} } = object as IngressClass;
  const before = (previous as IngressClass | undefined)?.spec;
  if (!before || isDeepStrictEqual(plain(before.controller), plain(spec.controller))) {
    return spec.controller === undefined || spec.controller.includes('/')
      ? []
      : [invalidValue('spec.controller', spec.controller, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return [invalidValue('spec.controller', spec.controller, 'field is immutable')];
}

type Rules = NonNullable<NonNullable<NetworkPolicy['spec']>['ingress']>;

export function validateNetworkPolicy(object: KubeObject): Cause[] {
  const { spec = {} } = object as NetworkPolicy;
  const rules = (list: Rules | undefined, field: string, side: 'from' | 'to') =>
    (list ?? []).flatMap((rule, index) => {
      const peers = (rule as Record<typeof side, Rules[number]['from']>)[side] ?? [];
      return [
        ...(rule.ports ?? []).flatMap(({ protocol, port }, at) => [
          ...oneOf(`${field}[${index}].ports[${at}].protocol`, protocol, PROTOCOLS),
          ...(typeof port === 'number' ? portNumber(`${field}[${index}].ports[${at}].port`, port) : []),
        ]),
        ...peers.flatMap(({ podSelector, namespaceSelector, ipBlock }, at) => {
          const place = `${field}[${index}].${side}[${at}]`;
          const chosen = podSelector !== undefined || namespaceSelector !== undefined;
          return [
            ...(!chosen && !ipBlock ? [required(place, 'must specify a peer')] : []),
            ...(chosen && ipBlock ? [forbidden(place, 'may not specify both ipBlock and another peer')] : []),
          ];
        }),
      ];
    });
  return [
    ...validateSelector(spec.podSelector, 'spec.podSelector'),
    ...rules(spec.ingress, 'spec.ingress', 'from'),
    ...rules(spec.egress as Rules | undefined, 'spec.egress', 'to'),
    ...(spec.policyTypes ?? [])
      .filter((type) => type !== 'Ingress' && type !== 'Egress')
      .map((type) => notSupported('spec.policyTypes', type, ['Egress', 'Ingress'])),
  ];
}
