import type { EventEntity } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useToldSources } from '../../store/live.tsx';
import { byNewest, eventTime } from '../../store/newest-events.ts';
import { gapWords } from '../../views/gap-words.ts';

/** Events of both lists, one a uid (the later version of it), newest first. */
export function mergeEvents(fetched: readonly EventEntity[], live: readonly EventEntity[]): EventEntity[] {
  const byUid = new Map([...fetched, ...live].map((event) => [event.uid, event]));
  return [...byUid.values()].sort(byNewest);
}

/** Events with the time, the reason, and the cluster's own message. */
export function Events({ events, about = false }: { events: readonly EventEntity[]; about?: boolean }) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const sources = useToldSources();
  const gap = gapOf(sources, ['Event']);
  if (events.length === 0) return <p className="text-t2">{gap ? gapWords(gap, i18n) : text.noEvents}</p>;
  return (
    <ul className="flex flex-col gap-2.5">
      {events.map((event) => (
        <li key={event.uid} className="flex gap-3">
          <time className="flex-none font-mono text-12 text-t3" dateTime={new Date(eventTime(event)).toISOString()}>
            {format.time(eventTime(event))}
          </time>
          <div className="min-w-0 flex-1">
            <div className="flex gap-2">
              <b className={event.type === 'Warning' ? 'text-warn-t' : ''}>{event.reason}</b>
              {about && <span className="min-w-0 truncate font-mono text-12 text-t2">{event.about.name}</span>}
              {event.count > 1 && (
                <span className="ml-auto text-12 text-t2">{text.times(format.number(event.count))}</span>
              )}
            </div>
            <p className="line-clamp-3 break-words text-12 text-t2" title={event.message}>
              {event.message}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
