import type { Box } from '../../layout/box.ts';
import { type Direction, firstSeen, neighbour, type Target } from '../../scene/neighbour.ts';

/** What the keyboard needs of the fleet while the picture itself has the focus. */
export interface FleetKeyboardPort {
  /** What arrow keys move between at this level; empty where they pan. Boxes are in cells. */
  targets(): readonly Target[];
  /** The part of the picture that is in view, in cells: there the cursor begins. */
  seen(): Box;
  /** The cursor came to a target, or is gone (null). */
  move(target: Target | null): void;
  choose(key: string): void;
  clear(): void;
  pan(x: number, y: number): void;
}

/** Arrows move a cursor between tiles, or pan; Enter and Space choose, Escape clears. */
export interface FleetKeyboard {
  destroy(): void;
}

const ARROWS: Record<string, { direction: Direction; x: number; y: number }> = {
  ArrowLeft: { direction: 'left', x: 1, y: 0 },
  ArrowRight: { direction: 'right', x: -1, y: 0 },
  ArrowUp: { direction: 'up', x: 0, y: 1 },
  ArrowDown: { direction: 'down', x: 0, y: -1 },
};
/** How far an arrow key pans, in CSS pixels. */
const STEP = 96;

/** Listens on the picture itself: keys within its buttons are theirs. Shift makes arrows pan at any level. */
export function createFleetKeyboard(host: HTMLElement, port: FleetKeyboardPort): FleetKeyboard {
  const listening = new AbortController();
  let cursor: Target | null = null;
  const move = (target: Target | null) => {
    cursor = target;
    port.move(target);
  };

  function onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== host) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      const targets = event.shiftKey ? [] : port.targets();
      if (targets.length === 0) port.pan(arrow.x * STEP, arrow.y * STEP);
      else move(next(targets, arrow.direction));
    } else if (event.key === 'Escape') {
      move(null);
      port.clear();
    } else if ((event.key === 'Enter' || event.key === ' ') && cursor) {
      event.preventDefault();
      port.choose(cursor.key);
    }
  }

  function next(targets: readonly Target[], direction: Direction): Target | null {
    const from = targets.find(({ key }) => key === cursor?.key);
    return from ? (neighbour(targets, from, direction) ?? from) : firstSeen(targets, port.seen());
  }

  const { signal } = listening;
  host.addEventListener('keydown', onKey, { signal });
  host.addEventListener('focusout', () => move(null), { signal });
  return { destroy: () => listening.abort() };
}
