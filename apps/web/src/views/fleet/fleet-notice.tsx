import type { Source } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useConnection, useSynced, useToldSources } from '../../store/live.tsx';
import { gapWords } from '../gap-words.ts';
import { NoticeCard, Slots } from '../notice-card.tsx';

export interface FleetNoticeProps {
  /** Everything has been counted, and there is nothing to draw. */
  empty: boolean;
  /** Null for all namespaces. */
  namespace: string | null;
  /** The fleet is laid out. */
  drawn: boolean;
}

/** What is true while there is no picture: how much has come, what may not be listed, that there is nothing. */
export function FleetNotice({ empty, namespace, drawn }: FleetNoticeProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const synced = useSynced();
  const sources = useToldSources();
  const { connection } = useConnection();
  if (!synced) {
    if (connection.state !== 'syncing') return <NoticeCard title={text.waitingTitle}>{text.connecting}</NoticeCard>;
    const { received, expected } = connection;
    return (
      <NoticeCard title={text.loadingTitle}>
        {expected > 0 ? text.received(format.number(received), format.number(expected)) : ' '}
        <Slots share={expected === 0 ? 0 : received / expected} />
      </NoticeCard>
    );
  }
  const gap = gapOf(sources, ['Node', 'Pod']);
  if (gap !== null) {
    return (
      <NoticeCard title={gapWords(gap, i18n)}>
        {gap.problem !== null && text.problem(gap.problem)}
        {gap.state === 'pending' && <Progress sources={sources} />}
      </NoticeCard>
    );
  }
  if (!drawn) return <NoticeCard title={text.fleetDrawing}> </NoticeCard>;
  if (!empty) return null;
  return (
    <NoticeCard title={text.noneOfKind('Pod', namespace ?? '')}>
      {connection.state === 'live' ? text.watchIsLive : text.watchIsNotLive}
    </NoticeCard>
  );
}

/** How far each kind has come that is being read: where the apiserver says how many there are, as a share of them. */
function Progress({ sources }: { sources: readonly Source[] }) {
  const { text, format } = useI18n();
  const reading = sources.filter(({ current, reading }) => current === null && reading !== null);
  return (
    <ul className="mt-2 flex flex-col gap-1">
      {reading.map(({ kind, reading }) => {
        const received = format.number(reading?.received ?? 0);
        const expected = reading?.expected ?? null;
        return (
          <li key={kind} className="flex items-center gap-3">
            <span className="w-28 truncate">{kind}</span>
            <span className="h-2 flex-1 overflow-hidden rounded-xs bg-s4">
              {expected !== null && (
                <span
                  className="block h-full bg-edge"
                  style={{ width: `${(100 * (reading?.received ?? 0)) / Math.max(1, expected)}%` }}
                />
              )}
            </span>
            <span>
              {expected === null ? text.sourceReadingSome(received) : text.fleetOf(received, format.number(expected))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
