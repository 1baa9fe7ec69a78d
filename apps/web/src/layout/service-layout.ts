import type { ServiceEntity } from '@portolan/shared';
import type { ChipBox, ServiceBox } from './box.ts';
import { METRICS, type Measure } from './metrics.ts';

const INNER = METRICS.serviceWidth - 2 * METRICS.pad;
/** Left and right of a chip's text. */
export const CHIP_PAD = 5;
/** Title and type. */
const HEAD = 12 + 24 + 16;
/** The line that says where it is open to the outside. */
const OPEN_LINE = 20;
const FOOT = 12 + 40;

/** The card of a Service with its top left corner at (x, y); its height follows from what it has to say. */
export function layoutService(service: ServiceEntity, measure: Measure, x: number, y: number): ServiceBox {
  const top = HEAD + (hasOpenLine(service) ? OPEN_LINE : 0);
  const chips = layoutChips(service.selector ?? {}, measure, x + METRICS.pad, y + top + 8);
  const last = chips.at(-1);
  const bottom = last ? last.y + last.height - y : top;
  return { uid: service.uid, x, y, width: METRICS.serviceWidth, height: bottom + FOOT, chips };
}

/** True when the card has a line on how it is reached from outside. */
export function hasOpenLine(service: ServiceEntity): boolean {
  return service.type === 'NodePort' || service.type === 'LoadBalancer' || service.external.length > 0;
}

/** Chips flow in rows; when there are too many rows the last chip counts those left out. */
function layoutChips(selector: Record<string, string>, measure: Measure, x: number, y: number): ChipBox[] {
  const entries = Object.entries(selector);
  const chips: ChipBox[] = [];
  let row = 0;
  let left = 0;
  for (const [index, [key, value]] of entries.entries()) {
    const width = Math.min(INNER, Math.ceil(measure(`${key}=${value}`, 'chip')) + 2 * CHIP_PAD);
    if (left > 0 && left + width > INNER) {
      row += 1;
      left = 0;
    }
    const box = { x: x + left, y: y + row * (METRICS.chipHeight + METRICS.chipGap), height: METRICS.chipHeight };
    if (row === METRICS.chipRows - 1 && index < entries.length - 1) {
      return [...chips, { ...box, width: 40, key: '', value: '', more: entries.length - index }];
    }
    chips.push({ ...box, width, key, value, more: 0 });
    left += width + METRICS.chipGap;
  }
  return chips;
}
