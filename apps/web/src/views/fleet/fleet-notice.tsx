import type { Counts, Kind, Source } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useConnection, useStore, useSynced, useToldSources } from '../../store/live.tsx';
import { gapWords } from '../gap-words.ts';
import { NoticeCard } from '../notice-card.tsx';
import { ReceivingNotice } from '../receiving-notice.tsx';

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
  const { text } = i18n;
  const synced = useSynced();
  const store = useStore();
  const sources = useToldSources();
  const { connection } = useConnection();
  if (!synced) {
    return <ReceivingNotice>{() => <Progress rows={arrivingRows(sources, store.arriving() ?? {})} />}</ReceivingNotice>;
  }
  const gap = gapOf(sources, ['Node', 'Pod']);
  if (gap !== null) {
    return (
      <NoticeCard title={gapWords(gap, i18n)}>
        {gap.problem !== null && text.problem(gap.problem)}
        {gap.state === 'pending' && <Progress rows={listedRows(sources)} />}
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

/** How far one kind has come; `expected` is null where nobody says how many there are. */
interface Row {
  kind: Kind;
  received: number;
  expected: number | null;
}

/** As many kinds as a card lists: those of which there is most. */
const LISTED = 6;

/** What comes from the server: of how many of each kind it told when the stream began. */
function arrivingRows(sources: readonly Source[], arrived: Counts): Row[] {
  return sources
    .filter(({ objects }) => objects > 0)
    .sort((a, b) => b.objects - a.objects)
    .slice(0, LISTED)
    .map(({ kind, objects }) => ({ kind, received: arrived[kind] ?? 0, expected: objects }));
}

/** What the server itself is still reading from the apiserver. */
function listedRows(sources: readonly Source[]): Row[] {
  return sources.flatMap(({ kind, current, reading }) =>
    current === null && reading !== null ? [{ kind, received: reading.received, expected: reading.expected }] : [],
  );
}

/** A bar a kind, where it is known how many there are, and the numbers. */
function Progress({ rows }: { rows: readonly Row[] }) {
  const { text, format } = useI18n();
  return (
    <ul className="mt-3 grid grid-cols-[auto_1fr_auto] gap-x-3 gap-y-1 text-12">
      {rows.map(({ kind, received, expected }) => (
        <li key={kind} className="col-span-3 grid grid-cols-subgrid items-center">
          <span>{kind}</span>
          <span className="h-2 overflow-hidden rounded-xs bg-s4">
            {expected !== null && (
              <span className="block h-full bg-edge" style={{ width: `${shareOf(received, expected)}%` }} />
            )}
          </span>
          <span className="text-right text-t2">
            {expected === null
              ? text.sourceReadingSome(format.number(received))
              : text.fleetOf(format.number(received), format.number(expected))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** In percent; what came meanwhile may be more than was told. */
function shareOf(received: number, expected: number): number {
  return Math.min(100, (100 * received) / Math.max(1, expected));
}
