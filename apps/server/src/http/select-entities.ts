import { type Entity, Graph, KINDS, type Kind, matches, type Selector } from '@portolan/shared';
import type { z } from 'zod';
import type { ClusterPort } from './cluster-port.ts';
import type { topology } from './schemas.ts';

/** Entities by kind, namespace and labels; cluster-scoped kinds pass every namespace. Empty lists mean everything. */
export function selectEntities(
  cluster: ClusterPort,
  { kinds, namespaces, selector }: { kinds: readonly Kind[]; namespaces: readonly string[]; selector: Selector },
): Entity[] {
  const wanted = KINDS.filter((kind) => kinds.length === 0 || kinds.includes(kind));
  return wanted.flatMap((kind) =>
    [...cluster.entities(kind)].filter(
      ({ namespace, labels }) =>
        (namespaces.length === 0 || namespace === '' || namespaces.includes(namespace)) && matches(selector, labels),
    ),
  );
}

/** Kinds that only tell of others, and are no things in the picture. */
const TELLING: ReadonlySet<Kind> = new Set(['Event', 'NodeMetrics', 'PodMetrics']);

/** The graph over these entities, without those that only tell of others. */
export function topologyOf(entities: readonly Entity[]): Pick<z.infer<typeof topology>, 'nodes' | 'edges'> {
  const nodes = entities.filter(({ kind }) => !TELLING.has(kind));
  const graph = new Graph();
  const { edges } = graph.apply({ upserts: [...nodes], removes: [] });
  return { nodes, edges: edges.added };
}

/**
 * The events about an entity, the newest last. As `kubectl describe` asks: by kind, name and namespace, and by uid
 * where the event has one; a node's events name it in place of its uid.
 */
export function eventsAbout(cluster: ClusterPort, { kind, namespace, name, uid }: Entity): Entity[] {
  const events: Extract<Entity, { kind: 'Event' }>[] = [];
  for (const event of cluster.entities('Event')) {
    if (event.kind !== 'Event') continue;
    const { about } = event;
    const same = about.kind === kind && about.name === name && (namespace === '' || about.namespace === namespace);
    if (same && (about.uid === null || about.uid === uid || about.uid === name)) events.push(event);
  }
  const time = (event: (typeof events)[number]) => event.last ?? event.first ?? event.created;
  return events.sort((a, b) => time(a) - time(b));
}
