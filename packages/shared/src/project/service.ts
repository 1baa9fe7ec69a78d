import type { Service } from '../api/core.ts';
import type { ServiceEntity } from '../entity/core.ts';
import { externalAddresses } from '../print/service.ts';
import { projectCommon } from './common.ts';
import { intern } from './intern.ts';

/** A Service; one of type LoadBalancer progresses while it waits for its address. */
export function projectService(service: Service): ServiceEntity {
  const { type = 'ClusterIP', clusterIP, ports, selector } = service.spec;
  const external = externalAddresses(service);
  return {
    kind: 'Service',
    ...projectCommon('Service', service),
    health: type === 'LoadBalancer' && external.length === 0 ? 'progressing' : 'ok',
    type,
    clusterIP: clusterIP || null,
    external,
    ports: (ports ?? []).map(({ name, port, targetPort, nodePort, protocol }) => ({
      name: name || null,
      port,
      targetPort: targetPort ?? null,
      nodePort: nodePort || null,
      protocol: protocol ?? 'TCP',
    })),
    selector: selector && Object.keys(selector).length > 0 ? intern(selector) : null,
  };
}
