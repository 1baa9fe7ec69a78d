import { type BaseType, type Selection, select } from 'd3-selection';
import type { ChipPart, Part, TextPart } from '../scene/shape.ts';
import { glyphHref } from './glyph-symbols.ts';

type PartSelection = Selection<SVGGElement, Part, BaseType, unknown>;

/** Draws what stands on a shape into a group, each part in a group of its own, joined by key. */
export function drawParts(group: SVGGElement, parts: readonly Part[]): void {
  const joined = select(group)
    .selectAll<SVGGElement, Part>(':scope > g.part')
    .data(parts, (part) => `${part.type} ${part.key}`)
    .join((enter) => enter.append('g').attr('class', (part) => `part ${part.type}`))
    .attr('aria-hidden', 'true');
  drawTexts(joined.filter((part) => part.type === 'text') as Selection<SVGGElement, TextPart, BaseType, unknown>);
  drawChips(joined.filter((part) => part.type === 'chip') as Selection<SVGGElement, ChipPart, BaseType, unknown>);
  drawMarks(joined);
}

function drawTexts(parts: Selection<SVGGElement, TextPart, BaseType, unknown>): void {
  parts.each(function draw({ x, y, text, full, font, ink, anchor }) {
    const line = only(this, 'text');
    line.attr('class', `f-${font} ink-${ink}`).attr('x', x).attr('y', y).attr('text-anchor', anchor);
    if (line.text() !== text || full !== null) line.text(text);
    if (full !== null) line.append('title').text(full);
  });
}

function drawChips(parts: Selection<SVGGElement, ChipPart, BaseType, unknown>): void {
  parts.each(function draw({ x, y, width, height, name, value, full }) {
    select(this).attr('transform', `translate(${x},${y})`).attr('data-label', full);
    only(this, 'rect').attr('class', 'chip-ground').attr('width', width).attr('height', height).attr('rx', 4);
    const line = only(this, 'text').attr('class', 'f-chip ink-t1').attr('x', 5).attr('y', 14).text(null);
    line.append('tspan').attr('class', 'ink-t2').text(name);
    line.append('tspan').text(value);
    only(this, 'title').text(full);
  });
}

function drawMarks(parts: PartSelection): void {
  parts.each(function draw(part) {
    if (part.type === 'glyph') {
      only(this, 'use')
        .attr('class', `ink-${part.ink}`)
        .attr('href', glyphHref(part.glyph))
        .attr('x', part.x)
        .attr('y', part.y)
        .attr('width', part.size)
        .attr('height', part.size);
    } else if (part.type === 'rule') {
      only(this, 'path')
        .attr('class', 'rule')
        .attr('d', `M${part.x},${part.y + 0.5}h${part.width}`);
    } else if (part.type === 'bar') {
      const { x, y, width, share, tone } = part;
      only(this, 'path').attr('class', 'bar-ground').attr('d', `M${x},${y}h${width}v6h${-width}z`);
      only(this, 'rect')
        .attr('class', `ink-${tone} bar`)
        .attr('x', x)
        .attr('y', y)
        .attr('width', width * share)
        .attr('height', 6);
    }
  });
}

/** The group's own element of that tag, made if it is not there yet. */
export function only<K extends 'text' | 'rect' | 'use' | 'path' | 'circle' | 'title' | 'g'>(
  group: SVGGElement,
  tag: K,
): Selection<SVGElementTagNameMap[K], unknown, null, undefined> {
  for (const child of group.children) {
    if (child.tagName === tag) return select(child as SVGElementTagNameMap[K]);
  }
  return select(group).append<SVGElementTagNameMap[K]>(() => document.createElementNS(SVG, tag));
}

const SVG = 'http://www.w3.org/2000/svg';
