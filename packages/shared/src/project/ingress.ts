import type { Ingress, IngressBackend } from '../api/networking.ts';
import type { IngressEntity } from '../entity/network.ts';
import { balancerAddresses } from '../print/service.ts';
import { projectCommon } from './common.ts';

/** An Ingress of networking.k8s.io v1 or v1beta1, or of extensions/v1beta1. */
export function projectIngress(ingress: Ingress): IngressEntity {
  const { spec, status } = ingress;
  const rules = spec?.rules ?? [];
  const fallback = spec?.defaultBackend ?? spec?.backend;
  return {
    kind: 'Ingress',
    ...projectCommon('Ingress', ingress),
    health: 'ok',
    class: spec?.ingressClassName ?? null,
    addresses: balancerAddresses(status?.loadBalancer?.ingress),
    hosts: rules.map(({ host }) => host || null),
    tls: (spec?.tls?.length ?? 0) > 0,
    fallback: fallback === undefined ? null : projectBackend(fallback),
    rules: rules.flatMap(({ host, http }) => {
      const paths = http?.paths ?? [];
      if (paths.length === 0) return [{ host: host || null, path: null, backend: null }];
      return paths.map(({ path, backend }) => ({
        host: host || null,
        path: path || null,
        backend: projectBackend(backend),
      }));
    }),
  };
}

function projectBackend({ service, serviceName, servicePort }: IngressBackend): IngressEntity['fallback'] {
  const port = service?.port?.name || service?.port?.number || servicePort;
  return { service: service?.name ?? serviceName ?? null, port: port || null };
}
