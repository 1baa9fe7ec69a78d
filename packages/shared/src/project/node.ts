import type { Node, ResourceList } from '../api/core.ts';
import type { NodeEntity } from '../entity/core.ts';
import { NODE_MARKS, nodeMark } from '../mark.ts';
import { printNodeRoles, printNodeStatus } from '../print/node.ts';
import { projectCommon, projectConditions } from './common.ts';
import { intern } from './intern.ts';

/** A Node; its address is the InternalIP, its zone the label of the topology (or of its beta). */
export function projectNode(node: Node): NodeEntity {
  const common = projectCommon('Node', node);
  const { labels } = common;
  const own = {
    status: printNodeStatus(node),
    unschedulable: node.spec?.unschedulable === true,
    conditions: projectConditions(node.status?.conditions),
  };
  return {
    kind: 'Node',
    ...common,
    health: NODE_MARKS[nodeMark(own)].health,
    ...own,
    roles: printNodeRoles(labels),
    kubelet: node.status?.nodeInfo?.kubeletVersion || null,
    zone: labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? null,
    address: node.status?.addresses?.find((address) => address.type === 'InternalIP')?.address ?? null,
    capacity: projectResources(node.status?.capacity),
    allocatable: projectResources(node.status?.allocatable),
    taints: (node.spec?.taints ?? []).map(({ key, value, effect }) => ({ key, value: value || null, effect })),
  };
}

function projectResources(list: ResourceList | undefined): NodeEntity['capacity'] {
  return intern({ cpu: list?.cpu ?? null, memory: list?.memory ?? null, pods: list?.pods ?? null });
}
