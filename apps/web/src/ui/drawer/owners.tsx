import type { Entity, Graph } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { anything } from '../../store/concern.ts';
import { useGraph } from '../../store/use-graph.ts';
import { OwnerChain, type Select } from './entity-link.tsx';
import { Section } from './section.tsx';

/** The owners of an entity that the graph holds, the topmost first. */
export function ownersOf(graph: Graph, entity: Entity): Entity[] {
  const chain: Entity[] = [];
  let owner = entity.owner ? graph.get(entity.owner.uid) : undefined;
  while (owner && !chain.includes(owner)) {
    chain.unshift(owner);
    owner = owner.owner ? graph.get(owner.owner.uid) : undefined;
  }
  return chain;
}

/** Who made it, as links. */
export function Owners({ entity, onSelect }: { entity: Entity; onSelect: Select }) {
  const { text } = useI18n();
  const { graph } = useGraph(anything);
  const chain = ownersOf(graph, entity);
  if (chain.length === 0) return null;
  const aside =
    entity.kind === 'Pod' ? [entity.node ?? text.notScheduled, entity.ip ?? text.noIp].join(', ') : entity.kind;
  return (
    <Section title={text.ownerChain}>
      <OwnerChain
        chain={chain}
        self={{ kind: entity.kind, name: text.thisOne(entity.kind) }}
        aside={aside}
        onSelect={onSelect}
      />
    </Section>
  );
}
