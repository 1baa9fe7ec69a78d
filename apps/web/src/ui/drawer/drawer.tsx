import { type Entity, type EventEntity, humanDuration } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { kindIcon } from '../../scene/glyph.ts';
import { anything, ofEntities } from '../../store/concern.ts';
import { useClockOffsets, useNow } from '../../store/live.tsx';
import { useGraph } from '../../store/use-graph.ts';
import { entityMark } from '../../views/entity-mark.ts';
import { Glyph } from '../../views/glyph.tsx';
import { LabelChips } from '../../views/label-chip.tsx';
import { Pill } from '../../views/pill.tsx';
import { Conditions } from './conditions.tsx';
import { Containers } from './containers.tsx';
import type { Select } from './entity-link.tsx';
import { Events, mergeEvents } from './events.tsx';
import { Facts } from './facts/facts.tsx';
import { conditionsOf, containersOf } from './manifest.ts';
import { ManifestView } from './manifest-view.tsx';
import { Owners } from './owners.tsx';
import { Related } from './related.tsx';
import { Section } from './section.tsx';
import { useObject } from './use-object.ts';

export interface DrawerProps {
  cluster: string;
  /** The selected entity as it is now, or as it last was when it is `gone`. */
  entity: Entity;
  gone: boolean;
  onSelect: Select;
  onClose(): void;
}

/** The details of the selected thing: what lives in the store is always current, the rest is fetched for its version. */
export function Drawer({ cluster, entity, gone, onSelect, onClose }: DrawerProps) {
  const { text } = useI18n();
  const { offset, skew } = useClockOffsets();
  const now = useNow(1_000) + offset + skew;
  const details = useObject(cluster, entity);
  const conditions = 'conditions' in entity ? entity.conditions : conditionsOf(details.data?.manifest);
  const containers = entity.kind === 'Pod' ? containersOf(details.data?.manifest) : [];
  const fetched = details.data?.events;
  const live = useEventsAbout(entity);
  const events = useMemo(() => mergeEvents(fetched ?? [], live), [fetched, live]);
  return (
    <div className="h-full overflow-y-auto" data-testid="drawer">
      <Heading entity={entity} gone={gone} now={now} onClose={onClose} />
      <Why entity={entity} />
      <Facts entity={entity} now={now} />
      {conditions.length > 0 && (
        <Section title={text.conditions}>
          <Conditions rows={conditions} now={now} />
        </Section>
      )}
      <Owners entity={entity} onSelect={onSelect} />
      <Related entity={entity} onSelect={onSelect} />
      {Object.keys(entity.labels).length > 0 && (
        <Section title={text.labels}>
          <LabelChips labels={entity.labels} />
        </Section>
      )}
      {containers.length > 0 && (
        <Section title={text.containers}>
          <Containers rows={containers} />
        </Section>
      )}
      <Section title={text.events}>
        {details.error && !gone && <p className="mb-2 text-warn-t">{text.detailsFailed(details.error.message)}</p>}
        {details.isPending && events.length === 0 ? (
          <p className="text-t2">{text.fetchingDetails}</p>
        ) : (
          <Events events={events} />
        )}
      </Section>
      {details.data?.manifest ? <ManifestView manifest={details.data.manifest} /> : null}
    </div>
  );
}

/** The live events that speak of an entity; looked for when one of them came, changed or went. */
function useEventsAbout({ uid, namespace }: Entity): EventEntity[] {
  const concern = useMemo(() => ofEntities((one) => one.kind === 'Event' && one.about.uid === uid), [uid]);
  const seen = useGraph(concern);
  return useMemo(
    () => [...seen.graph.inNamespace('Event', namespace)].filter((event) => event.about.uid === uid),
    [seen, uid, namespace],
  );
}

function Heading({ entity, gone, now, onClose }: Pick<DrawerProps, 'entity' | 'gone' | 'onClose'> & { now: number }) {
  const { text } = useI18n();
  const { kind, namespace, name, created } = entity;
  const mark = entityMark(entity);
  const state = mark.text || (entity.health === 'ok' ? '' : text.healths[entity.health]);
  const { graph } = useGraph(anything);
  const owner = entity.owner ? graph.get(entity.owner.uid) : undefined;
  const holder = entity.kind === 'Pod' ? owner : entity;
  const revision = holder && 'revision' in holder ? holder.revision : null;
  return (
    <div className="px-6 pt-4 pb-4">
      <div className="flex items-center text-11 text-t3">
        <Glyph name={kindIcon(kind)} className="mr-1.5 size-4 text-t2" />
        <span>{namespace ? text.kindIn(kind, namespace) : kind}</span>
        <button
          type="button"
          onClick={onClose}
          aria-label={text.close}
          className="-my-2 -mr-2 ml-auto grid size-8 place-items-center rounded-tile text-t2 hover:bg-s3"
        >
          <Glyph name="close" />
        </button>
      </div>
      <h2 className="mt-1 break-all font-mono text-15/6 tracking-[-.3px]">{name}</h2>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {state && (
          <Pill tone={mark.tone} glyph={mark.glyph}>
            {state}
          </Pill>
        )}
        {revision !== null && <Pill tone="gone">{text.revision(revision)}</Pill>}
        {created > 0 && <span className="text-12 text-t2">{text.old(humanDuration(now - created))}</span>}
      </div>
      {gone && <p className="mt-3 rounded-card bg-gone-bg p-3 text-gone-t">{text.gone}</p>}
    </div>
  );
}

/** Why it is not as it should be, in the cluster's own words. */
function Why({ entity }: { entity: Entity }) {
  const { tone, text } = entityMark(entity);
  const reason = entity.kind === 'Pod' || entity.kind === 'PersistentVolume' ? entity.reason : null;
  if (!reason || reason === text) return null;
  const ground = {
    ready: 'bg-ready-bg',
    start: 'bg-start-bg',
    warn: 'bg-warn-bg',
    fail: 'bg-fail-bg',
    gone: 'bg-gone-bg',
  };
  return (
    <p className={`mx-2 mb-4 break-words rounded-card p-4 text-13/[18px] ${ground[tone]}`} data-testid="reason">
      {reason}
    </p>
  );
}
