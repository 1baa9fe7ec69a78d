import { useCallback } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { NewestEvents } from '../store/newest-events.ts';
import { useKept } from '../store/use-kept.ts';
import { Events } from './drawer/events.tsx';

/** How many of the newest events are listed. */
const LIMIT = 30;

/** The right column while nothing is selected: what has lately happened in the namespace, in the cluster's own words. */
export function NamespacePanel({ namespace, onPresenter }: { namespace: string; onPresenter: (() => void) | null }) {
  const { text } = useI18n();
  const { kept } = useKept(useCallback(() => new NewestEvents(LIMIT, namespace), [namespace]));
  const events = kept?.list ?? [];
  return (
    <section aria-labelledby="events" className="h-full overflow-y-auto p-6">
      <div className="flex items-center">
        <h2 id="events" className="text-15">
          {text.eventsIn(namespace)}
        </h2>
        {onPresenter && (
          <button
            type="button"
            onClick={onPresenter}
            className="ml-auto h-7 rounded-tile border border-line bg-s2 px-3 text-t2 hover:text-t1"
          >
            {text.presenterShow}
          </button>
        )}
      </div>
      <p className="mt-2 mb-4 text-t2">{text.selectHint}</p>
      <Events events={events} about />
    </section>
  );
}
