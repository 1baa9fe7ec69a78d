import type { EntityColumn, TableOrder } from '@portolan/shared';
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react';
import type { RowModel } from '../../store/rows/row-model.ts';
import { Glyph } from '../glyph.tsx';
import { columnWidth } from './column-width.ts';
import { GridRow, rowId } from './grid-row.tsx';
import { lineKeys } from './line-keys.ts';
import { ROW, rowByKey } from './row-window.ts';
import { useActiveRow } from './use-active-row.ts';
import { useRowWindow } from './use-row-window.ts';

export interface RowGridProps {
  caption: string;
  columns: readonly EntityColumn[];
  /** Null until they are in order. */
  rows: RowModel | null;
  /** Whether they are being put in another order. */
  busy: boolean;
  order: TableOrder;
  /** The cluster's clock, in epoch milliseconds. */
  now: number;
  stale: boolean;
  selected: string | null;
  onSort(column: string): void;
  onSelect(uid: string): void;
}

/**
 * Rows in columns, of which only those in view are in the document. One stop of the tabulator: the keys move the active
 * row, Enter selects it, and the focus stays with the table whichever rows come and go.
 */
export function RowGrid(props: RowGridProps) {
  const { caption, columns, rows, busy, order, now, stale, selected, onSort, onSelect } = props;
  const { ref, stretch, inView, show } = useRowWindow(rows);
  const { active, activate } = useActiveRow(rows, selected, show);
  const count = rows?.count ?? 0;
  const drawn = rows?.slice(stretch.from, stretch.to) ?? [];
  const activeRow = active === null ? undefined : drawn[active - stretch.from];
  const before = useRef<ReadonlyMap<string, number>>(new Map());
  const lines = lineKeys(
    before.current,
    drawn.map(({ entity }) => entity.uid),
  );
  useLayoutEffect(() => {
    before.current = lines;
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && active !== null) {
      const [row] = rows?.slice(active, active + 1) ?? [];
      if (row) onSelect(row.entity.uid);
    } else {
      const to = rowByKey(event.key, active, { count, ...inView() });
      if (to === null) return;
      activate(to);
    }
    event.preventDefault();
  };
  const onClick = ({ target }: MouseEvent) => {
    const line = target instanceof Element ? target.closest('tr[data-uid]') : null;
    const at = Number(line?.getAttribute('aria-rowindex')) - 2;
    const uid = line?.getAttribute('data-uid');
    if (!uid) return;
    activate(at);
    onSelect(uid);
  };
  return (
    <div
      ref={ref}
      className={`-outline-offset-2 min-h-0 overflow-auto outline-sel [overflow-anchor:none] [scrollbar-gutter:stable] has-[table:focus-visible]:outline-2 ${stale ? 'hatched' : ''}`}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are gone through and selected by keys
        role="grid"
        tabIndex={0}
        aria-rowcount={count + 1}
        aria-busy={busy}
        aria-activedescendant={activeRow && rowId(activeRow.entity.uid)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="group w-full table-fixed border-collapse text-12 outline-none"
        style={{ minWidth: columns.reduce((sum, { title }) => sum + columnWidth(title), 0) }}
      >
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {columns.map(({ title }) => (
            <col key={title} style={{ width: columnWidth(title) }} />
          ))}
        </colgroup>
        <Head columns={columns} order={order} onSort={onSort} />
        <tbody>
          <Gap rows={stretch.from} columns={columns.length} />
          {drawn.map(({ entity }, at) => (
            <GridRow
              key={lines.get(entity.uid)}
              entity={entity}
              index={stretch.from + at}
              columns={columns}
              now={now}
              selected={entity.uid === selected}
              active={entity === activeRow?.entity}
            />
          ))}
          <Gap rows={count - stretch.from - drawn.length} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function Head({ columns, order, onSort }: Pick<RowGridProps, 'columns' | 'order' | 'onSort'>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ title }) => (
          <th
            key={title}
            scope="col"
            aria-sort={order.column === title ? (order.descending ? 'descending' : 'ascending') : 'none'}
            className="sticky top-0 z-1 bg-s1 p-0 text-left text-11 text-t3 shadow-[inset_0_-1px_var(--line)] first:pl-3 last:pr-3"
          >
            <button
              type="button"
              onClick={() => onSort(title)}
              className="flex h-8 w-full items-center gap-1 whitespace-nowrap px-3"
            >
              <span className="truncate">{title}</span>
              <Glyph
                name="chev"
                className={`size-3 flex-none ${order.column === title ? '' : 'invisible'} ${order.descending ? '' : 'rotate-180'}`}
              />
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The room of rows that are not drawn. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
    <tr aria-hidden="true">
      <td colSpan={columns} className="p-0" style={{ height: rows * ROW }} />
    </tr>
  );
}
