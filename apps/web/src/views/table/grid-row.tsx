import type { Entity, EntityColumn } from '@portolan/shared';
import { memo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';

export interface GridRowProps {
  entity: Entity;
  /** Its place among all rows, from 0. */
  index: number;
  columns: readonly EntityColumn[];
  /** The cluster's clock, in epoch milliseconds. */
  now: number;
  selected: boolean;
  active: boolean;
}

/** The element's id of an entity's row. */
export const rowId = (uid: string): string => `row-${uid}`;

/** One row; drawn anew only when something of it changed, or the clock went on. */
export const GridRow = memo(function GridRow({ entity, index, columns, now, selected, active }: GridRowProps) {
  return (
    <tr
      id={rowId(entity.uid)}
      data-name={entity.name}
      data-uid={entity.uid}
      data-active={active || undefined}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className="-outline-offset-2 h-7 cursor-pointer outline-sel hover:bg-s2 aria-selected:bg-s3 aria-selected:shadow-[inset_3px_0_var(--sel)] group-focus-visible:data-active:outline-2"
    >
      <Cells entity={entity} columns={columns} now={now} />
    </tr>
  );
});

/** What a row prints, which is the same wherever it stands. */
const Cells = memo(function Cells({ entity, columns, now }: Pick<GridRowProps, 'entity' | 'columns' | 'now'>) {
  const { text } = useI18n();
  const { glyph, tone } = entityMark(entity);
  const ill = entity.health === 'ok' ? null : text.healths[entity.health];
  const marked = columns.some(({ title }) => title === 'STATUS') ? 'STATUS' : ill && 'NAME';
  return columns.map(({ title, cell }) => {
    const printed = cell(entity, now);
    return (
      <td
        key={title}
        title={printed}
        className={`truncate whitespace-nowrap px-3 first:pl-6 last:pr-6 ${title === 'NAME' ? 'font-mono' : ''}`}
      >
        {title === marked && (
          <Glyph
            name={glyph}
            className={`mr-1.5 size-3 align-[-2px] ${GLYPH_TONE[tone]}`}
            {...(title === 'NAME' && ill && { label: ill })}
          />
        )}
        {printed}
      </td>
    );
  });
});
