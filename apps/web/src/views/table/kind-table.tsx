import {
  type ColumnsOf,
  columnsOf,
  type Entity,
  type Kind,
  placeOf,
  sortRows,
  type TableOrder,
} from '@portolan/shared';
import { useMemo, useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useLive, useNow, useSources } from '../../store/live.tsx';
import { entityMark } from '../entity-mark.ts';
import { gapWords } from '../gap-words.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import { KindSelect } from './kind-select.tsx';

/** More rows than this cost more than they tell; the rest is counted. */
const LIMIT = 1_000;

export interface KindTableProps {
  kind: Kind;
  namespace: string;
  selected: string | null;
  onKind(kind: Kind): void;
  onSelect(uid: string): void;
}

/** What there is of one kind as kubectl prints it, with the same selection as the chart. */
export function KindTable({ kind, namespace, selected, onKind, onSelect }: KindTableProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const live = useLive();
  const { offset, skew, sources } = live;
  const [order, setOrder] = useState<TableOrder>({ column: 'NAME', descending: false });
  const now = useNow(1_000);
  const age = useSources(now).find((one) => one.kind === kind);
  const place = placeOf(kind, namespace);
  const columns: ColumnsOf<Kind> = columnsOf(kind);
  const rows = useMemo(
    () => sortRows(kind, live.graph.inNamespace(kind, place), order, Date.now()),
    [live, kind, place, order],
  );
  const gap = gapOf(sources, [kind]);
  const sortBy = (column: string) =>
    setOrder((before) => ({ column, descending: before.column === column && !before.descending }));
  return (
    <div className="flex max-h-[40%] flex-none flex-col border-line border-t bg-s1" data-testid="kind-table">
      <div className="flex flex-none items-center gap-4 px-6 py-1.5 text-12">
        <KindSelect kind={kind} onKind={onKind} />
        <span className="text-t2" data-testid="row-count">
          {gap && rows.length === 0 ? '–' : text.objectsIn(rows.length, format.number(rows.length), place)}
        </span>
        {age?.state === 'stale' && <span className="text-warn-t">{text.stale(format.freshness(age.age))}</span>}
      </div>
      <div className={`min-h-0 overflow-auto ${age?.state === 'stale' ? 'hatched' : ''}`}>
        <table className="w-full border-collapse text-12">
          <caption className="sr-only">{place === '' ? kind : text.kindIn(kind, place)}</caption>
          <thead>
            <tr>
              {columns.map(({ title }) => (
                <th
                  key={title}
                  scope="col"
                  aria-sort={order.column === title ? (order.descending ? 'descending' : 'ascending') : 'none'}
                  className="sticky top-0 bg-s1 p-0 text-left text-11 text-t3 shadow-[inset_0_-1px_var(--line)] first:pl-3 last:pr-3"
                >
                  <button
                    type="button"
                    onClick={() => sortBy(title)}
                    className="flex h-8 w-full items-center gap-1 whitespace-nowrap px-3"
                  >
                    {title}
                    <Glyph
                      name="chev"
                      className={`size-3 ${order.column === title ? '' : 'invisible'} ${order.descending ? '' : 'rotate-180'}`}
                    />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, LIMIT).map((entity) => (
              <Row
                key={entity.uid}
                entity={entity}
                columns={columns}
                now={now + offset + skew}
                selected={entity.uid === selected}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="px-6 py-3 text-t2">{gap ? gapWords(gap, i18n) : text.noneOfKind(kind, place)}</p>
        )}
        {rows.length > LIMIT && (
          <p className="px-6 py-3 text-t2">{text.rowsOf(format.number(LIMIT), format.number(rows.length))}</p>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  entity: Entity;
  columns: ColumnsOf<Kind>;
  /** The cluster's clock, in epoch milliseconds. */
  now: number;
  selected: boolean;
  onSelect(uid: string): void;
}

function Row({ entity, columns, now, selected, onSelect }: RowProps) {
  const { text } = useI18n();
  const { glyph, tone } = entityMark(entity);
  const ill = entity.health === 'ok' ? null : text.healths[entity.health];
  const marked = columns.some(({ title }) => title === 'STATUS') ? 'STATUS' : ill && 'NAME';
  return (
    <tr
      data-name={entity.name}
      data-uid={entity.uid}
      aria-selected={selected}
      onClick={() => onSelect(entity.uid)}
      className="h-7 cursor-pointer hover:bg-s2 aria-selected:bg-s3 aria-selected:shadow-[inset_3px_0_var(--sel)]"
    >
      {columns.map(({ title, cell }) => {
        const printed = cell(entity, now);
        return (
          <td key={title} title={printed} className="max-w-72 truncate whitespace-nowrap px-3 first:pl-6 last:pr-6">
            {title === marked && (
              <Glyph
                name={glyph}
                className={`mr-1.5 size-3 align-[-2px] ${GLYPH_TONE[tone]}`}
                {...(title === 'NAME' && ill && { label: ill })}
              />
            )}
            {title === 'NAME' ? (
              <button type="button" className="font-mono" aria-pressed={selected}>
                {printed}
              </button>
            ) : (
              printed
            )}
          </td>
        );
      })}
    </tr>
  );
}
