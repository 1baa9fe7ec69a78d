import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useLive, useNow } from '../../store/live.tsx';
import { entityMark } from '../entity-mark.ts';
import { gapWords } from '../gap-words.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import { COLUMNS, type Column, type Order, type PodRow, podRows } from './pod-rows.ts';

/** More rows than this cost more than they tell; the chart has them all. */
const LIMIT = 1_000;

export interface PodTableProps {
  namespace: string;
  selected: string | null;
  onSelect(uid: string): void;
}

/** The chart's pods as a table, with the same selection. */
export function PodTable({ namespace, selected, onSelect }: PodTableProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const { graph, offset, skew, sources } = useLive();
  const [order, setOrder] = useState<Order>({ column: 'NAME', descending: false });
  const rows = podRows(graph, namespace, order, useNow(1_000) + offset + skew);
  const gap = gapOf(sources, ['Pod']);
  const sortBy = (column: Column) =>
    setOrder((now) => ({ column, descending: now.column === column && !now.descending }));
  return (
    <div className="max-h-[40%] flex-none overflow-auto border-line border-t bg-s1" data-testid="pod-table">
      <table className="w-full border-collapse text-12">
        <caption className="sr-only">{text.tableCaption(namespace)}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={order.column === column ? (order.descending ? 'descending' : 'ascending') : 'none'}
                className="sticky top-0 bg-s1 p-0 text-left text-11 text-t3 shadow-[inset_0_-1px_var(--line)] first:pl-3 last:pr-3"
              >
                <button
                  type="button"
                  onClick={() => sortBy(column)}
                  className="flex h-8 w-full items-center gap-1 px-3"
                >
                  {column}
                  <Glyph
                    name="chev"
                    className={`size-3 ${order.column === column ? '' : 'invisible'} ${order.descending ? '' : 'rotate-180'}`}
                  />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, LIMIT).map((row) => (
            <Row key={row.pod.uid} row={row} selected={row.pod.uid === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="px-6 py-3 text-t2">{gap ? gapWords(gap, i18n) : text.noPods(namespace)}</p>}
      {rows.length > LIMIT && (
        <p className="px-6 py-3 text-t2">{text.ofPods(format.number(LIMIT), format.number(rows.length))}</p>
      )}
    </div>
  );
}

interface RowProps {
  row: PodRow;
  selected: boolean;
  onSelect(uid: string): void;
}

function Row({ row: { pod, cells }, selected, onSelect }: RowProps) {
  const mark = entityMark(pod);
  return (
    <tr
      data-name={pod.name}
      data-uid={pod.uid}
      aria-selected={selected}
      onClick={() => onSelect(pod.uid)}
      className="h-7 cursor-pointer hover:bg-s2 aria-selected:bg-s3 aria-selected:shadow-[inset_3px_0_var(--sel)]"
    >
      {COLUMNS.map((column) => (
        <td key={column} className="max-w-72 truncate whitespace-nowrap px-3 first:pl-6 last:pr-6">
          {column === 'NAME' ? (
            <button type="button" className="font-mono" aria-pressed={selected}>
              {cells.NAME}
            </button>
          ) : (
            <>
              {column === 'STATUS' && (
                <Glyph name={mark.glyph} className={`mr-1.5 size-3 align-[-2px] ${GLYPH_TONE[mark.tone]}`} />
              )}
              {cells[column]}
            </>
          )}
        </td>
      ))}
    </tr>
  );
}
