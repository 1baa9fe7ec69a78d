import type { ServiceEntity } from '@portolan/shared';
import type { ChipBox, ServiceBox } from '../layout/box.ts';
import { METRICS } from '../layout/metrics.ts';
import { CHIP_PAD, hasOpenLine } from '../layout/service-layout.ts';
import { type Context, podsOf } from './context.ts';
import { countRow } from './count-row.ts';
import { fitText } from './fit-text.ts';
import { countMarks } from './pod-facts.ts';
import type { CardShape, ChipPart, Part } from './shape.ts';

const PAD = METRICS.pad;
const INNER = METRICS.serviceWidth - 2 * PAD;

/** The card of a Service: how it is reached, its selector, and its pods counted by glyph. */
export function drawService(box: ServiceBox, service: ServiceEntity, context: Context): CardShape {
  const { text, texts, graph, measure } = context;
  const pods = podsOf(
    graph,
    [...graph.edgesFrom(service.uid, 'selection')].map((edge) => edge.to),
  );
  const foot = drawFoot(box, service, pods, context);
  const type = `${service.type}${service.clusterIP === 'None' ? ' None' : ''} `;
  const typeWidth = measure(type, 'meta');
  const portsRoom = INNER - typeWidth;
  const ports = portsOf(service, (words) => measure(words, 'mono') <= portsRoom);
  const parts: Part[] = [
    { type: 'glyph', key: 'kind', x: PAD, y: 16, size: 16, glyph: 'kind-service', ink: 't2' },
    text('name', service.name, { x: PAD + 24, y: 29, font: 'title', room: INNER - 24 }),
    text('type', type, { x: PAD, y: 48, ink: 't2' }),
    text('ports', ports, { x: PAD + typeWidth, y: 48, font: 'mono', ink: 't2', room: portsRoom }),
  ];
  if (hasOpenLine(service)) {
    parts.push(text('open', openness(service, texts), { x: PAD, y: 68, ink: 't3', room: INNER }));
  }
  for (const chip of box.chips) parts.push(drawChip(chip, box, context));
  return {
    key: service.uid,
    uid: service.uid,
    kind: 'Service',
    name: service.name,
    label: texts.card('Service', service.name, foot.says),
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    parts: [...parts, ...foot.parts],
    selected: context.selected === service.uid,
  };
}

/** The value is what tells services apart, so a key that is too long makes room for it. */
function drawChip(chip: ChipBox, box: ServiceBox, { measure }: Context): ChipPart {
  const { width, height, key, value, more } = chip;
  const place = { x: chip.x - box.x, y: chip.y - box.y, width, height };
  const full = more > 0 ? `+${more}` : `${key}=${value}`;
  const common = { type: 'chip', key: `chip ${full}`, ...place, full } as const;
  const room = width - 2 * CHIP_PAD;
  if (more > 0) return { ...common, name: '', value: full };
  if (measure(full, 'chip') <= room) return { ...common, name: `${key}=`, value };
  const valueRoom = Math.min(measure(value, 'chip'), room * 0.6);
  const name = `${fitText(key, 'chip', room - valueRoom - measure('=', 'chip'), measure)}=`;
  return { ...common, name, value: fitText(value, 'chip', room - measure(name, 'chip'), measure) };
}

/** The ports as kubectl prints them; where that has no room, without TCP, which is what is meant without a protocol. */
function portsOf({ ports }: ServiceEntity, fits: (words: string) => boolean): string {
  const print = (brief: boolean) =>
    ports
      .map(({ port, nodePort, protocol }) => {
        const numbers = nodePort ? `${port}:${nodePort}` : String(port);
        return brief && protocol === 'TCP' ? numbers : `${numbers}/${protocol}`;
      })
      .join(',');
  const long = print(false);
  return fits(long) ? long : print(true);
}

/** How a service is reached from outside; `<pending>` is kubectl's word for a load balancer without an address yet. */
function openness({ type, external }: ServiceEntity, texts: Context['texts']): string {
  if (external.length > 0) return texts.external(external.join(', '));
  return type === 'LoadBalancer' ? texts.external('<pending>') : texts.openOnNodes;
}

/** "3 ready ▣1 ⍁1 of 5": the first count in words, the others by glyph alone. */
function drawFoot(
  box: ServiceBox,
  service: ServiceEntity,
  pods: ReturnType<typeof podsOf>,
  context: Context,
): { parts: Part[]; says: string } {
  const { text, texts, measure } = context;
  const top = box.height - 40;
  const baseline = top + 25;
  const parts: Part[] = [{ type: 'rule', key: 'rule', x: 0, y: top, width: box.width }];
  if (pods.length === 0) {
    const words = service.selector ? texts.selectsNoPod : texts.noSelector;
    const glyph = service.selector ? 'warn' : 'unknown';
    const ink = service.selector ? 'warn' : 'gone';
    parts.push({ type: 'glyph', key: 'none', x: PAD, y: top + 14, size: 12, glyph, ink });
    parts.push(text('none says', words, { x: PAD + 18, y: baseline, ink: 't2', room: INNER - 18 }));
    return { parts, says: words };
  }
  const row = countRow(pods, { x: PAD, y: baseline, room: INNER }, context);
  parts.push(...row.parts);
  const counts = countMarks(pods);
  const total = texts.of(pods.length);
  const mixed = !row.all || counts.length > 1;
  if (mixed && row.end + 8 + measure(total, 'meta') <= box.width - PAD) {
    parts.push(text('total', total, { x: box.width - PAD, y: baseline, ink: 't2', anchor: 'end' }));
  }
  return { parts, says: counts.map(({ mark, count }) => `${count} ${texts.mark[mark]}`).join(', ') };
}
