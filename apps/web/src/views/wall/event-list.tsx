import type { EventEntity } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { eventTime } from '../../store/newest-events.ts';

/** What has lately happened, in the cluster's own words. */
export function EventList({ events }: { events: readonly EventEntity[] }) {
  const { text, format } = useI18n();
  if (events.length === 0) return null;
  return (
    <section>
      <h2 className="text-[1.875rem]/[2rem]">{text.events}</h2>
      <ul className="mt-2 text-[1.75rem]/[2.375rem] text-t2">
        {events.map((event) => (
          <li key={event.uid} className="flex gap-5 whitespace-nowrap">
            <time>{format.time(eventTime(event))}</time>
            <span className={event.type === 'Warning' ? 'text-warn-t' : ''}>{event.reason}</span>
            <span className="min-w-0 truncate">{event.about.name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
