import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '@portolan/shared';

/** Whether a value meets a requirement; `Gt` and `Lt` compare whole numbers (`component-helpers/scheduling/corev1/nodeaffinity`). */
function meets(value: string | undefined, { operator, values = [] }: NodeSelectorRequirement): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

/** Whether a node meets all of a term's requirements; an empty term matches nothing. */
export function matchesTerm(
  { metadata }: Node,
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => meets(metadata.labels?.[requirement.key], requirement)) &&
    matchFields.every((requirement) => requirement.key === 'metadata.name' && meets(metadata.name, requirement))
  );
}

/** Whether a pod's node selector and its required node affinity let it on a node (`GetRequiredNodeAffinity`). */
export function matchesNode({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const selected = Object.entries(nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value);
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return selected && (!required || required.nodeSelectorTerms.some((term) => matchesTerm(node, term)));
}
