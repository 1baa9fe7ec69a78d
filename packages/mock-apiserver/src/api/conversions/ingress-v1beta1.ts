import type { Ingress, IngressBackend, KubeObject } from '@portolan/shared';
import type { Conversion } from '../resource.ts';

/** A backend as v1beta1 writes it: a service's name and its port, by number or by name. */
interface BackendV1beta1 {
  serviceName?: string;
  servicePort?: number | string;
  resource?: IngressBackend['resource'];
}

interface IngressV1beta1 extends KubeObject {
  spec?: Omit<NonNullable<Ingress['spec']>, 'defaultBackend' | 'rules'> & {
    backend?: BackendV1beta1;
    rules?: { host?: string; http?: { paths: { path?: string; pathType?: string; backend: BackendV1beta1 }[] } }[];
  };
  status?: Ingress['status'];
}

function fromBackend({ service, resource }: IngressBackend): BackendV1beta1 {
  if (!service) return { ...(resource && { resource }) };
  return { serviceName: service.name, servicePort: service.port?.name ?? service.port?.number ?? 0 };
}

function toBackend({ serviceName, servicePort, resource }: BackendV1beta1): IngressBackend {
  if (!serviceName) return { ...(resource && { resource }) };
  const port = typeof servicePort === 'string' ? { name: servicePort } : { number: servicePort ?? 0 };
  return { service: { name: serviceName, port } };
}

function fromStored(object: KubeObject): KubeObject {
  const { spec, ...rest } = object as Ingress;
  if (!spec) return object;
  const { defaultBackend, rules, ...same } = spec;
  const converted: IngressV1beta1['spec'] = {
    ...same,
    ...(defaultBackend && { backend: fromBackend(defaultBackend) }),
    ...(rules && {
      rules: rules.map(({ http, ...rule }) => ({
        ...rule,
        ...(http && { http: { paths: http.paths.map((path) => ({ ...path, backend: fromBackend(path.backend) })) } }),
      })),
    }),
  };
  return { ...rest, spec: converted } as KubeObject;
}

function toStored(object: KubeObject): KubeObject {
  const { spec, ...rest } = object as IngressV1beta1;
  if (!spec) return object;
  const { backend, rules, ...same } = spec;
  const converted: Ingress['spec'] = {
    ...same,
    ...(backend && { defaultBackend: toBackend(backend) }),
    ...(rules && {
      rules: rules.map(({ http, ...rule }) => ({
        ...rule,
        ...(http && {
          http: {
            paths: (http.paths ?? []).map(({ pathType = 'ImplementationSpecific', backend: of, ...path }) => ({
              ...path,
              pathType,
              backend: toBackend(of ?? {}),
            })),
          },
        }),
      })),
    }),
  };
  return { ...rest, spec: converted } as KubeObject;
}

/** An Ingress of extensions/v1beta1 beside the networking.k8s.io/v1 that is stored (`pkg/apis/networking/v1beta1/conversion.go`). */
export const ingressV1beta1: Conversion = { fromStored, toStored };
