import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Row, RowModel } from '../../store/rows/row-model.ts';
import { HEAD, ROW, reveal, type Stretch, windowAt } from './row-window.ts';

/** A scrolled element of rows. */
export interface RowWindow {
  /** The element that scrolls. */
  ref: RefObject<HTMLDivElement | null>;
  /** The rows to draw. */
  stretch: Stretch;
  /** How many rows are in view, and the first of them. */
  inView(): { page: number; first: number };
  /** Scrolls so that a row is seen whole, if it is not. */
  show(index: number): void;
}

/** The first row in view, and how many pixels of it are scrolled away. */
interface Anchor {
  row: Row;
  hidden: number;
}

/** Before it is measured. */
const LIKELY_HEIGHT = 400;

/**
 * Which of many rows to draw. When rows above those in view come or go, what is in view stays where it is on the screen;
 * only at the very top it is the top that stays. Another order begins at the top. `rows` are read anew at each rendering.
 */
export function useRowWindow(rows: RowModel | null): RowWindow {
  const ref = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | null>(null);
  // As it was last seen: to ask the element after a change would have it laid out at once.
  const seen = useRef({ top: 0, height: LIKELY_HEIGHT });
  const [place, setPlace] = useState(seen.current);
  const count = rows?.count ?? 0;

  /** Renders again if other rows are to be drawn. */
  const draw = useCallback(() => {
    setPlace((before) => {
      const is = windowAt(seen.current.top, seen.current.height, rows?.count ?? 0);
      const was = windowAt(before.top, before.height, rows?.count ?? 0);
      return is.from === was.from && is.to === was.to ? before : seen.current;
    });
  }, [rows]);

  /** Takes up where the element is scrolled to, and how much of it is in view. */
  const look = useCallback(() => {
    const element = ref.current;
    if (!element || !rows) return;
    const top = element.scrollTop;
    seen.current = { top, height: Math.max(0, element.clientHeight - HEAD) };
    const first = Math.floor(top / ROW);
    const [row] = top > 0 ? rows.slice(first, first + 1) : [];
    anchor.current = row ? { row, hidden: top - first * ROW } : null;
    draw();
  }, [rows, draw]);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [look]);

  const order = rows?.query.order;
  const namespace = rows?.query.namespace;
  const shown = useRef({ order, namespace });
  // After every rendering: rows may have come or gone above.
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !rows) return;
    const before = shown.current;
    let { top } = seen.current;
    if (before.order !== order || before.namespace !== namespace) {
      shown.current = { order, namespace };
      top = 0;
    } else if (anchor.current) {
      top = rows.rank(anchor.current.row) * ROW + anchor.current.hidden;
    }
    if (Math.abs(seen.current.top - top) >= 1) {
      element.scrollTop = top;
      look();
    } else draw();
  });

  const inView = useCallback(() => {
    const element = ref.current;
    if (!element) return { page: 1, first: 0 };
    const page = Math.max(1, Math.floor((element.clientHeight - HEAD) / ROW));
    return { page, first: Math.ceil(element.scrollTop / ROW) };
  }, []);

  const show = useCallback(
    (index: number) => {
      const element = ref.current;
      if (!element) return;
      element.scrollTop = reveal(index, element.scrollTop, Math.max(ROW, element.clientHeight - HEAD));
      look();
    },
    [look],
  );

  return { ref, stretch: windowAt(place.top, place.height, count), inView, show };
}
