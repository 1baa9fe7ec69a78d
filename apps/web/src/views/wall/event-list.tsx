import type { EventEntity, Graph } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useLive } from '../../store/live.tsx';

/** How many events the wall has room for. */
const ROOM = 3;

const at = (event: EventEntity): number => event.last ?? event.first ?? event.created;

/** The newest events of a cluster, in one pass over all of them. */
export function newestEvents(graph: Graph, room: number): EventEntity[] {
  const newest: EventEntity[] = [];
  for (const event of graph.all('Event')) {
    if (newest.length === room && at(event) <= at(newest[room - 1] ?? event)) continue;
    newest.push(event);
    newest.sort((a, b) => at(b) - at(a) || (a.uid < b.uid ? -1 : 1));
    newest.length = Math.min(newest.length, room);
  }
  return newest;
}

/** What has lately happened, in the cluster's own words. */
export function EventList() {
  const { text, format } = useI18n();
  const live = useLive();
  const events = useMemo(() => newestEvents(live.graph, ROOM), [live]);
  if (events.length === 0) return null;
  return (
    <section>
      <h2 className="text-[1.875rem]/[2rem]">{text.events}</h2>
      <ul className="mt-2 text-[1.75rem]/[2.375rem] text-t2">
        {events.map((event) => (
          <li key={event.uid} className="flex gap-5 whitespace-nowrap">
            <time>{format.time(at(event))}</time>
            <span className={event.type === 'Warning' ? 'text-warn-t' : ''}>{event.reason}</span>
            <span className="min-w-0 truncate">{event.about.name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
