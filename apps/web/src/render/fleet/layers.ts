import { select } from 'd3-selection';
import { defineGlyphs } from '../glyph-symbols.ts';

/** The elements that the fleet is drawn in, from the lowest to the highest. */
export interface FleetLayers {
  ground: HTMLCanvasElement;
  near: SVGSVGElement;
  overlay: HTMLCanvasElement;
  fade: HTMLCanvasElement;
  /** What the cursor of the keyboard is on, said to assistive technology. */
  said: HTMLElement;
  destroy(): void;
}

/** Fills an empty element with the layers and makes it focusable. */
export function createLayers(host: HTMLElement): FleetLayers {
  const { ownerDocument: page } = host;
  const canvas = (name: string) => {
    const element = page.createElement('canvas');
    element.className = `fleet-${name}`;
    element.setAttribute('aria-hidden', 'true');
    return element;
  };
  const near = page.createElementNS('http://www.w3.org/2000/svg', 'svg');
  select(near)
    .classed('chart', true)
    .call((svg) => defineGlyphs(svg.append('defs')));
  const said = page.createElement('div');
  said.className = 'fleet-said';
  said.setAttribute('role', 'status');
  const layers = { ground: canvas('ground'), overlay: canvas('overlay'), fade: canvas('fade'), near, said };
  host.classList.add('fleet');
  host.setAttribute('role', 'group');
  host.tabIndex = 0;
  host.append(layers.ground, near, layers.overlay, layers.fade, said);
  return {
    ...layers,
    destroy: () => {
      host.replaceChildren();
      host.classList.remove('fleet');
    },
  };
}
