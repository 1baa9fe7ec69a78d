import type { EndpointSlice, ObjectReference } from '../api/core.ts';
import type { EndpointSliceEntity } from '../entity/core.ts';
import { projectCommon } from './common.ts';

/**
 * An EndpointSlice of discovery.k8s.io v1 or v1beta1. As the API asks of its consumers, an unknown `ready` counts as
 * ready and an unknown `serving` follows `ready`; v1beta1 names the node in its topology.
 */
export function projectEndpointSlice(slice: EndpointSlice): EndpointSliceEntity {
  const common = projectCommon('EndpointSlice', slice);
  return {
    kind: 'EndpointSlice',
    ...common,
    health: 'ok',
    service: common.labels['kubernetes.io/service-name'] ?? null,
    endpoints: (slice.endpoints ?? []).map(({ addresses, conditions, nodeName, topology, targetRef }) => {
      const ready = conditions?.ready ?? true;
      return {
        pod: podOf(targetRef),
        addresses: addresses ?? [],
        node: nodeName ?? topology?.['kubernetes.io/hostname'] ?? null,
        ready,
        serving: conditions?.serving ?? ready,
        terminating: conditions?.terminating ?? false,
      };
    }),
    ports: (slice.ports ?? []).map(({ name, port, protocol }) => ({
      name: name || null,
      port: port ?? null,
      protocol: protocol ?? 'TCP',
    })),
  };
}

/** The uid of the pod that a target reference names; null when it names something else. */
export function podOf(reference: ObjectReference | null | undefined): string | null {
  return reference?.kind === 'Pod' ? (reference.uid ?? null) : null;
}
