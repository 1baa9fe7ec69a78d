import type { Pod, Service, ServicePort } from '@portolan/shared';

/** A port of a service as one pod has it. */
export interface ResolvedPort {
  name: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** The container port that a service's port means; undefined where a pod has none of that name (`FindPort`). */
function portNumber({ port, targetPort, protocol = 'TCP' }: ServicePort, pod: Pod): number | undefined {
  if (typeof targetPort === 'number' || targetPort === undefined) return targetPort ?? port;
  return pod.spec.containers
    .flatMap(({ ports = [] }) => ports)
    .find((candidate) => candidate.name === targetPort && (candidate.protocol ?? 'TCP') === protocol)?.containerPort;
}

/** The ports of a service as a pod has them: those it does not have are left out. */
function resolvedPorts({ spec }: Service, pod: Pod): ResolvedPort[] {
  return (spec.ports ?? []).flatMap((port) => {
    const number = portNumber(port, pod);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, port: number, protocol, ...(appProtocol !== undefined && { appProtocol }) }];
  });
}

/** Pods by the ports that they have of a service; one group unless ports are named. */
export function byPorts(service: Service, pods: readonly Pod[]): { ports: ResolvedPort[]; pods: Pod[] }[] {
  const [first] = pods;
  if (!first) return [];
  const isNamed = service.spec.ports?.some(({ targetPort }) => typeof targetPort === 'string');
  if (!isNamed) return [{ ports: resolvedPorts(service, first), pods: [...pods] }];
  const groups = new Map<string, { ports: ResolvedPort[]; pods: Pod[] }>();
  for (const pod of pods) {
    const ports = resolvedPorts(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    groups.set(key, group);
    group.pods.push(pod);
  }
  return [...groups.values()];
}
