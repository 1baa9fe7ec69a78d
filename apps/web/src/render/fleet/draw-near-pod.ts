import type { Part } from '../../scene/shape.ts';
import { glyphHref } from '../glyph-symbols.ts';

/** The namespace of SVG's elements. */
export const SVG = 'http://www.w3.org/2000/svg';

/** What is drawn of a pod that is near; `side` is its tile's, in CSS pixels. */
export interface NearPodDrawing {
  uid: string;
  side: number;
  dimmed: boolean;
  selected: boolean;
  label: string;
  parts: readonly Part[];
}

/** Draws a pod's tile into a group, in place of what it holds. The tile itself stays the same element, and so does the focus. */
export function drawNearPod(group: SVGGElement, { uid, side, dimmed, selected, label, parts }: NearPodDrawing): void {
  if (group.childElementCount === 0) {
    set(group, { class: 'mark', 'data-key': uid, 'data-uid': uid, 'data-kind': 'Pod', 'data-place': 'fleet' });
    make(group, 'rect', { class: 'tile-ground', role: 'button', tabindex: -1, rx: 6 });
  }
  const ground = group.firstElementChild;
  if (ground) set(ground, { width: side, height: side, 'aria-label': label, 'aria-pressed': String(selected) });
  if (dimmed) group.setAttribute('opacity', '0.2');
  else group.removeAttribute('opacity');
  while (group.childElementCount > 1) group.lastElementChild?.remove();
  for (const part of parts) drawPart(group, part);
}

function drawPart(group: SVGGElement, part: Part): void {
  if (part.type === 'glyph') {
    const { x, y, size, glyph, ink } = part;
    const place = { x, y, width: size, height: size };
    make(group, 'use', { class: `ink-${ink}`, href: glyphHref(glyph), 'aria-hidden': true, ...place });
  } else if (part.type === 'text') {
    const { x, y, text, full, font, ink, anchor } = part;
    const line = make(group, 'text', {
      class: `f-${font} ink-${ink}`,
      x,
      y,
      'text-anchor': anchor,
      'aria-hidden': true,
    });
    line.textContent = text;
    if (full !== null) make(line, 'title', {}).textContent = full;
  }
}

function make(parent: Element, tag: string, attributes: Record<string, string | number | boolean>): Element {
  const element = parent.ownerDocument.createElementNS(SVG, tag);
  set(element, attributes);
  return parent.appendChild(element);
}

function set(element: Element, attributes: Record<string, string | number | boolean>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
