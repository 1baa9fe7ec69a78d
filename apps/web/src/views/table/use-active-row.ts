import type { Entity, Graph } from '@portolan/shared';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from '../../store/live.tsx';
import type { RowModel } from '../../store/rows/row-model.ts';

/**
 * The row that keys start from: its index now, wherever it has moved to; where it has gone, that of the one that took its
 * place; null before there is any. What is selected elsewhere becomes the active row and is shown, once.
 */
export function useActiveRow(rows: RowModel | null, selected: string | null, show: (index: number) => void) {
  const store = useStore();
  const [entity, setEntity] = useState<Entity | null>(null);
  const followed = useRef<string | null>(null);
  const activate = useCallback(
    (index: number) => {
      const [row] = rows?.slice(index, index + 1) ?? [];
      if (!row) return;
      setEntity(row.entity);
      show(index);
    },
    [rows, show],
  );
  useLayoutEffect(() => {
    if (!rows || selected === followed.current) return;
    followed.current = selected;
    const found = selected === null ? undefined : store.snapshot.graph.get(selected);
    const index = found ? rows.indexOf(found) : -1;
    if (index >= 0) activate(index);
  }, [rows, selected, store, activate]);
  const active = rows && entity && rows.count > 0 ? placeNow(rows, store.snapshot.graph, entity) : null;
  return { active, activate };
}

function placeNow(rows: RowModel, graph: Graph, entity: Entity): number {
  const now = graph.get(entity.uid);
  const index = now ? rows.indexOf(now) : -1;
  return index >= 0 ? index : Math.min(rows.count - 1, rows.rank(rows.rowOf(entity)));
}
