import type { Point } from '../../layout/box.ts';
import type { FleetHit } from '../../scene/fleet/hit.ts';

/** What the pointer needs of the picture. */
export interface FleetPointerPort {
  /** What stands at a point of the view, in CSS pixels. */
  hit(at: Point): FleetHit | null;
  /** The pointer came over something else. */
  hover(hit: FleetHit | null, at: Point): void;
  click(hit: FleetHit | null): void;
  /** Whether an element is a button of its own, whose clicks are not the picture's. */
  owns(target: Element): boolean;
}

/** Follows the pointer over the picture. */
export interface FleetPointer {
  /** Looks again at what the pointer is over: something else may stand there now. */
  refresh(): void;
  destroy(): void;
}

/** Listens on the picture; while a button is held, the pointer drags and is over nothing new. */
export function createFleetPointer(host: HTMLElement, port: FleetPointerPort): FleetPointer {
  const listening = new AbortController();
  let over: FleetHit | null = null;
  /** Where the pointer rests; null while it is away, or drags. */
  let last: Point | null = null;
  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = host.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const move = (hit: FleetHit | null, point: Point) => {
    if (sameHit(hit, over)) return;
    over = hit;
    port.hover(hit, point);
  };
  const { signal } = listening;
  host.addEventListener(
    'pointermove',
    (event) => {
      last = event.buttons === 0 && event.pointerType !== 'touch' ? at(event) : null;
      if (last) move(port.hit(last), last);
    },
    { signal },
  );
  host.addEventListener(
    'pointerleave',
    (event) => {
      last = null;
      move(null, at(event));
    },
    { signal },
  );
  host.addEventListener(
    'click',
    (event) => {
      if (event.target instanceof Element && !port.owns(event.target)) port.click(port.hit(at(event)));
    },
    { signal },
  );
  return {
    refresh: () => {
      if (last) move(port.hit(last), last);
    },
    destroy: () => listening.abort(),
  };
}

function sameHit(a: FleetHit | null, b: FleetHit | null): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b;
  if (a.kind === 'group') return b.kind === 'group' && a.group === b.group;
  if (b.kind === 'group' || a.tile !== b.tile) return false;
  return a.kind !== 'pod' || b.kind !== 'pod' || a.slot === b.slot;
}
