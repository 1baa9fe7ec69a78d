import { type Direction, neighbour, type Target } from '../scene/neighbour.ts';

interface Reachable extends Target {
  uid: string | null;
}

/** What the keyboard needs of the chart. */
export interface KeyboardPort {
  /** Every shape by key; those without a uid can't be reached. */
  shapes(): ReadonlyMap<string, Reachable>;
  select(uid: string | null): void;
  /** The focus came to a shape, or left the picture (null). */
  focus(shape: Reachable | null): void;
}

/** Moves the focus between marks; one of them is in the page's tab order at any time. */
export interface Keyboard {
  /** Key of the shape whose focus should be seen, or null. */
  focused(): string | null;
  /** Brings the tab order up to date after drawing. */
  refresh(): void;
  destroy(): void;
}

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const SHAPES = '[data-key][data-uid]:not([data-leaving])';
const BUTTON = '[role="button"]';

/** Listens on the picture: arrows move between marks, Enter and Space choose, Escape clears, a click chooses. */
export function createKeyboard(svg: SVGSVGElement, port: KeyboardPort): Keyboard {
  const listening = new AbortController();
  let active: string | null = null;
  let visible = false;

  const shapeOf = (event: Event): Element | null =>
    event.target instanceof Element ? event.target.closest(SHAPES) : null;
  const keyOf = (element: Element | null): string | null => element?.getAttribute('data-key') ?? null;
  const buttonOf = (key: string): SVGElement | null =>
    svg.querySelector<SVGElement>(`${SHAPES}[data-key="${CSS.escape(key)}"] ${BUTTON}`);

  function onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = keyOf(shapeOf(event));
    const shapes = port.shapes();
    const shape = key === null ? undefined : shapes.get(key);
    const direction = ARROWS[event.key];
    if (event.key === 'Escape') {
      port.select(null);
    } else if (shape && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      port.select(shape.uid);
    } else if (direction) {
      event.preventDefault();
      const next = shape ? neighbour(reachable(shapes), shape, direction) : null;
      if (next) buttonOf(next.key)?.focus();
      else if (!shape) svg.querySelector<SVGElement>(`${BUTTON}[tabindex="0"]`)?.focus();
    }
  }

  function onClick(event: MouseEvent): void {
    port.select(shapeOf(event)?.getAttribute('data-uid') ?? null);
  }

  function onFocus(event: FocusEvent): void {
    const key = keyOf(shapeOf(event));
    if (key === null || !(event.target instanceof Element)) return;
    active = key;
    visible = event.target.matches(':focus-visible');
    refresh();
    port.focus(visible ? (port.shapes().get(key) ?? null) : null);
  }

  function onBlur(): void {
    visible = false;
    port.focus(null);
  }

  function refresh(): void {
    const buttons = [...svg.querySelectorAll<SVGElement>(`${SHAPES} ${BUTTON}`)];
    const inOrder = buttons.find((button) => keyOf(button.closest(SHAPES)) === active) ?? buttons[0];
    for (const button of buttons) {
      const index = button === inOrder ? '0' : '-1';
      if (button.getAttribute('tabindex') !== index) button.setAttribute('tabindex', index);
    }
  }

  const { signal } = listening;
  svg.addEventListener('keydown', onKey, { signal });
  svg.addEventListener('click', onClick, { signal });
  svg.addEventListener('focusin', onFocus, { signal });
  svg.addEventListener('focusout', onBlur, { signal });
  return { focused: () => (visible ? active : null), refresh, destroy: () => listening.abort() };
}

function* reachable(shapes: ReadonlyMap<string, Reachable>): Iterable<Reachable> {
  for (const shape of shapes.values()) if (shape.uid !== null) yield shape;
}
