import type { Selection } from 'd3-selection';

/** What a shape says of itself to assistive technology. Without a uid it can't be chosen. */
export interface Pressable {
  uid: string | null;
  label: string;
  selected: boolean;
}

/**
 * Makes the ground of a shape the button that stands for it. The ground holds no text, so that the words drawn on the
 * shape are neither read twice nor at odds with the button's name (WCAG 2.5.3).
 */
export function dressButton(
  ground: Selection<SVGRectElement, unknown, null, undefined>,
  { uid, label, selected }: Pressable,
): void {
  ground
    .attr('role', uid === null ? 'img' : 'button')
    .attr('aria-pressed', uid === null ? null : String(selected))
    .attr('aria-label', label);
}
