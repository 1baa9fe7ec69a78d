import type { Endpoints } from '../api/core.ts';
import type { Endpoint, EndpointsEntity } from '../entity/core.ts';
import { projectCommon } from './common.ts';
import { podOf } from './endpoint-slice.ts';

/** Endpoints: one backend an address; those not ready are neither serving. */
export function projectEndpoints(endpoints: Endpoints): EndpointsEntity {
  const common = projectCommon('Endpoints', endpoints);
  const subsets = endpoints.subsets ?? [];
  return {
    kind: 'Endpoints',
    ...common,
    health: 'ok',
    service: common.name,
    endpoints: subsets.flatMap((subset) => [
      ...(subset.addresses ?? []).map((address) => backend(address, true)),
      ...(subset.notReadyAddresses ?? []).map((address) => backend(address, false)),
    ]),
    ports: subsets.flatMap((subset) =>
      (subset.ports ?? []).map(({ name, port, protocol }) => ({
        name: name || null,
        port,
        protocol: protocol ?? 'TCP',
      })),
    ),
  };
}

type Address = NonNullable<NonNullable<Endpoints['subsets']>[number]['addresses']>[number];

function backend({ ip, nodeName, targetRef }: Address, ready: boolean): Endpoint {
  return { pod: podOf(targetRef), addresses: [ip], node: nodeName ?? null, ready, serving: ready, terminating: false };
}
