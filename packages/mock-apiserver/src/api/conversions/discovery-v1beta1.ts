import type { EndpointSlice, KubeObject } from '@portolan/shared';
import type { Conversion } from '../resource.ts';

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

const converted = (object: KubeObject, change: (endpoint: Endpoint) => Endpoint): KubeObject => {
  const slice = object as EndpointSlice;
  return { ...slice, ...(slice.endpoints && { endpoints: slice.endpoints.map(change) }) } as KubeObject;
};

/** discovery.k8s.io/v1beta1 says in a topology what v1 says of node and zone (`pkg/apis/discovery/v1beta1/conversion.go`). */
export const discoveryV1beta1: Conversion = {
  fromStored: (object) =>
    converted(object, ({ zone, ...endpoint }) => {
      const { nodeName } = endpoint;
      const topology = { ...endpoint.topology, ...(nodeName && { [HOST]: nodeName }), ...(zone && { [ZONE]: zone }) };
      return { ...endpoint, ...(Object.keys(topology).length > 0 && { topology }) };
    }),
  toStored: (object) =>
    converted(object, ({ topology, ...endpoint }) => {
      const nodeName = endpoint.nodeName ?? topology?.[HOST];
      const zone = topology?.[ZONE];
      return { ...endpoint, ...(nodeName && { nodeName }), ...(zone && { zone }) };
    }),
};
