import { type Entity, type GraphDelta, type Kind, type NodeEntity, nodeMark } from '@portolan/shared';

/** Whether a change of the graph concerns somebody. */
export type Concern = (delta: GraphDelta) => boolean;

/** Any change concerns. */
export const anything: Concern = () => true;

/** What concerns one of two concerns. */
export function either(one: Concern, other: Concern): Concern {
  return (delta) => one(delta) || other(delta);
}

/** Changes of a kind concern, in one namespace or anywhere. */
export function ofKind(kind: Kind, namespace?: string): Concern {
  return ofEntities((entity) => entity.kind === kind && (namespace === undefined || entity.namespace === namespace));
}

/** Changes of what stands in a namespace concern, but not its events, which are told of one by one. */
export function ofNamespace(namespace: string): Concern {
  return ofEntities((entity) => standsIn(entity, namespace));
}

/** Entities that are so concern, before or after. */
export function ofEntities(is: (entity: Entity) => boolean): Concern {
  return ({ added, updated, removed }) =>
    added.some(is) || removed.some(is) || updated.some(([before, after]) => is(after) || is(before));
}

/**
 * What the picture of a namespace shows: what stands in it, nodes that come, go or wear another mark, and of the nodes
 * that are `drawn`, by name, whatever happens to them and how many pods they run.
 */
export function ofPicture(namespace: string, drawn: () => ReadonlySet<string>): Concern {
  const comesOrGoes = (entity: Entity) =>
    standsIn(entity, namespace) || entity.kind === 'Node' || (entity.kind === 'Pod' && isOn(entity.node, drawn()));
  return ({ added, updated, removed }) =>
    added.some(comesOrGoes) ||
    removed.some(comesOrGoes) ||
    updated.some(([before, after]) => {
      if (standsIn(after, namespace)) return true;
      if (after.kind === 'Node') return drawn().has(after.name) || nodeMark(after) !== nodeMark(before as NodeEntity);
      if (after.kind !== 'Pod' || before.kind !== 'Pod') return false;
      if (after.node === before.node && after.phase === before.phase) return false;
      return isOn(after.node, drawn()) || isOn(before.node, drawn());
    });
}

function standsIn({ kind, namespace: of }: Entity, namespace: string): boolean {
  return of === namespace && kind !== 'Event';
}

function isOn(node: string | null, drawn: ReadonlySet<string>): boolean {
  return node !== null && drawn.has(node);
}
