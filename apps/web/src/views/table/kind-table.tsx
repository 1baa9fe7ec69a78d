import { columnsIn, type Kind, placeOf, type TableOrder } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useClockOffsets, useNow, useSources, useSynced, useToldSources } from '../../store/live.tsx';
import type { RowFilter } from '../../store/rows/row-model.ts';
import { useRows } from '../../store/rows/use-rows.ts';
import { gapWords } from '../gap-words.ts';
import { KindSelect } from './kind-select.tsx';
import { RowGrid } from './row-grid.tsx';

export interface KindTableProps {
  kind: Kind;
  /** Null for all of them. */
  namespace: string | null;
  /** Which of the kind's objects are rows, compared by identity; all, where it is not given. */
  filter?: RowFilter | null;
  /** Null for the names, upwards. */
  sort: TableOrder | null;
  selected: string | null;
  onKind(kind: Kind): void;
  /** Null for the names, upwards. */
  onSort(order: TableOrder | null): void;
  onSelect(uid: string): void;
}

const FIRST = { column: 'NAME', descending: false };

/** What there is of one kind as kubectl prints it, with the same selection as the picture. */
export function KindTable({
  kind,
  namespace,
  filter = null,
  sort,
  selected,
  onKind,
  onSort,
  onSelect,
}: KindTableProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const { offset, skew } = useClockOffsets();
  const sources = useToldSources();
  const synced = useSynced();
  const now = useNow(1_000);
  const age = useSources(now).find((one) => one.kind === kind);
  const place = placeOf(kind, namespace);
  const columns = useMemo(() => columnsIn(kind, namespace), [kind, namespace]);
  const { column, descending } = sort ?? FIRST;
  const order = useMemo(() => ({ column, descending }), [column, descending]);
  const query = useMemo(() => ({ kind, namespace: place, order, filter }), [kind, place, order, filter]);
  const shown = useRows(query);
  // Rows of another place say nothing of this one, and none say nothing before the cluster is known.
  const ours = shown.rows?.query.kind === kind && shown.rows.query.namespace === place;
  const rows = synced && ours ? shown.rows : null;
  const gap = gapOf(sources, [kind]);
  const count = rows?.count ?? 0;
  const sortBy = (title: string) => {
    const next = { column: title, descending: column === title && !descending };
    onSort(next.column === FIRST.column && !next.descending ? null : next);
  };
  const counted = filter === null ? text.objectsIn : text.matchingIn;
  const none = filter === null ? text.noneOfKind(kind, place ?? '') : text.noneMatches(kind);
  return (
    <div className="flex max-h-[40%] flex-none flex-col border-line border-t bg-s1" data-testid="kind-table">
      <div className="flex flex-none items-center gap-4 px-6 py-1.5 text-12">
        <KindSelect kind={kind} onKind={onKind} />
        <span className="text-t2" data-testid="row-count">
          {rows === null || (gap && count === 0) ? '–' : counted(count, format.number(count), place ?? '')}
        </span>
        {age?.state === 'stale' && <span className="text-warn-t">{text.stale(format.freshness(age.age))}</span>}
      </div>
      <RowGrid
        caption={place ? text.kindIn(kind, place) : kind}
        columns={columns}
        rows={rows}
        busy={shown.filling}
        order={order}
        now={now + offset + skew}
        stale={age?.state === 'stale'}
        selected={selected}
        onSort={sortBy}
        onSelect={onSelect}
      />
      {rows && count === 0 && <p className="flex-none px-6 py-3 text-t2">{gap ? gapWords(gap, i18n) : none}</p>}
    </div>
  );
}
