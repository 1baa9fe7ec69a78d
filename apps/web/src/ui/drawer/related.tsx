import type { Edge, EdgeType, Entity, Graph, Kind } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { firstOf } from '../../layout/first-of.ts';
import { anything } from '../../store/concern.ts';
import { gapOf } from '../../store/gap.ts';
import { useToldSources } from '../../store/live.tsx';
import { useGraph } from '../../store/use-graph.ts';
import { gapWords } from '../../views/gap-words.ts';
import { EntityLink, type Select } from './entity-link.tsx';
import { Section } from './section.tsx';

/** A list of neighbours: along which relation, in which direction, under which title. */
interface Relatives {
  edge: EdgeType;
  from: 'here' | 'there';
  kind: Kind;
  title: 'selectedBy' | 'runsOnNode' | 'revisions' | 'pods';
  /** What is said when there is none. */
  none?: 'selectedByNone' | 'notScheduled';
}

/** The neighbours that are listed, by the kind of the selected entity. */
const RELATED: Partial<Record<Kind, readonly Relatives[]>> = {
  Pod: [
    { edge: 'placement', from: 'here', kind: 'Node', title: 'runsOnNode', none: 'notScheduled' },
    { edge: 'selection', from: 'there', kind: 'Service', title: 'selectedBy', none: 'selectedByNone' },
  ],
  Service: [{ edge: 'selection', from: 'here', kind: 'Pod', title: 'pods' }],
  Deployment: [{ edge: 'owner', from: 'here', kind: 'ReplicaSet', title: 'revisions' }],
  ReplicaSet: [{ edge: 'owner', from: 'here', kind: 'Pod', title: 'pods' }],
  ReplicationController: [{ edge: 'owner', from: 'here', kind: 'Pod', title: 'pods' }],
  StatefulSet: [{ edge: 'owner', from: 'here', kind: 'Pod', title: 'pods' }],
  DaemonSet: [{ edge: 'owner', from: 'here', kind: 'Pod', title: 'pods' }],
  Job: [{ edge: 'owner', from: 'here', kind: 'Pod', title: 'pods' }],
  Node: [{ edge: 'placement', from: 'there', kind: 'Pod', title: 'pods' }],
};

/** More neighbours than this are counted, not listed. */
const LIMIT = 50;

const other = (edge: Edge, uid: string) => (edge.from === uid ? edge.to : edge.from);

/** The first of its neighbours, as many as are listed, and how many there are. */
function relatives(graph: Graph, { uid }: Entity, { edge, from, kind }: Relatives): { first: Entity[]; all: number } {
  const edges = from === 'here' ? graph.edgesFrom(uid, edge) : graph.edgesTo(uid, edge);
  const found = edges.flatMap((one) => graph.get(other(one, uid)) ?? []).filter((one) => one.kind === kind);
  const revision = (one: Entity) => ('revision' in one ? (one.revision ?? 0) : 0);
  const order = (a: Entity, b: Entity) => revision(b) - revision(a) || (a.name < b.name ? -1 : 1);
  return { first: firstOf(found, LIMIT, order), all: found.length };
}

/** What it is related to, as links: the services that select a pod, the pods of a service, the revisions of a deployment. */
export function Related({ entity, onSelect }: { entity: Entity; onSelect: Select }) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const { graph } = useGraph(anything);
  const sources = useToldSources();
  return (RELATED[entity.kind] ?? []).map((relation) => {
    const gap = gapOf(sources, [relation.kind]);
    const { first, all } = relatives(graph, entity, relation);
    return (
      <Section key={relation.title} title={text[relation.title]}>
        {first.map((one) => (
          <EntityLink key={one.uid} entity={one} onSelect={onSelect} />
        ))}
        {all === 0 && (
          <p className="text-t2">{gap ? gapWords(gap, i18n) : relation.none ? text[relation.none] : text.none}</p>
        )}
        {all > LIMIT && <p className="mt-1 text-t2">{text.ofPods(format.number(LIMIT), format.number(all))}</p>}
      </Section>
    );
  });
}
