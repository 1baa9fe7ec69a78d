import { amountOf, type NodeEntity, type PodEntity } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';

/** What the pointer is over. `pods` are those of the node. */
export interface Hovered {
  pod: PodEntity | null;
  node: NodeEntity | null;
  pods: readonly PodEntity[];
  at: { x: number; y: number };
}

const WIDTH = 320;
/** About as high as it can become: enough to choose a side. */
const HEIGHT = 260;
const OFFSET = 16;
/** As many marks of its pods as are drawn. */
const MARKS = 120;

/** The node and the pod under the pointer, beside it, and never under it. What it says is also in the drawer and the table. */
export function HoverCard({ hovered, room }: { hovered: Hovered; room: { width: number; height: number } }) {
  const { pod, node, pods, at } = hovered;
  const left = at.x + OFFSET + WIDTH > room.width ? at.x - OFFSET - WIDTH : at.x + OFFSET;
  const top = Math.max(8, at.y + OFFSET + HEIGHT > room.height ? at.y - OFFSET - HEIGHT : at.y + OFFSET);
  return (
    <div
      aria-hidden="true"
      data-testid="fleet-card"
      className="pointer-events-none absolute z-10 rounded-card border border-line bg-s3 p-4 text-12 shadow-float"
      style={{ left: Math.max(8, left), top, width: WIDTH }}
    >
      {node && <NodePart node={node} pods={pods} under={pod} />}
      {pod && <PodPart pod={pod} first={node === null} />}
    </div>
  );
}

function NodePart({ node, pods, under }: { node: NodeEntity; pods: readonly PodEntity[]; under: PodEntity | null }) {
  const { text, format } = useI18n();
  const { glyph, tone, text: status } = entityMark(node);
  const well = pods.filter(({ health }) => health === 'ok').length;
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <Glyph name={glyph} className={`size-4 ${GLYPH_TONE[tone]}`} />
        <b className="truncate text-15">{node.name}</b>
      </div>
      <div className="mt-1 text-t2">{text.fleetPodsWell(status, format.number(well), format.number(pods.length))}</div>
      <div className="mt-2 flex flex-wrap gap-1">
        {pods.slice(0, MARKS).map((pod) => {
          const mark = entityMark(pod);
          return (
            <Glyph
              key={pod.uid}
              name={mark.glyph}
              className={`size-3 ${mark.glyph === 'ready' ? 'text-ready-q' : GLYPH_TONE[mark.tone]} ${pod.uid === under?.uid ? 'rounded-xs outline-2 outline-sel' : ''}`}
            />
          );
        })}
      </div>
      <Capacity node={node} pods={pods} />
    </>
  );
}

/** What the node's pods ask for, of what it can give, as the scheduler counts it. */
function Capacity({ node, pods }: { node: NodeEntity; pods: readonly PodEntity[] }) {
  const { text } = useI18n();
  const sum = (of: 'cpu' | 'memory', what: 'requests' | 'limits') =>
    pods.reduce(
      (total, pod) => total + (pod.phase === 'Running' || pod.phase === 'Pending' ? (pod[what]?.[of] ?? 0) : 0),
      0,
    );
  const rows = [
    { name: 'cpu', all: amountOf('cpu', node.allocatable.cpu ?? '0') },
    { name: 'memory', all: amountOf('memory', node.allocatable.memory ?? '0') },
  ] as const;
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1">
      {rows
        .filter(({ all }) => all > 0)
        .map(({ name, all }) => {
          const requested = sum(name, 'requests') / all;
          const limited = sum(name, 'limits') / all;
          return (
            <div key={name} className="contents">
              <dt className="text-t2">{name}</dt>
              <dd className="relative h-2 overflow-hidden rounded-xs bg-s4">
                <span
                  className="absolute inset-y-0 left-0 border-edge border-r-2"
                  style={{ width: `${Math.min(1, limited) * 100}%` }}
                />
                <span
                  className="absolute inset-y-0 left-0 bg-edge"
                  style={{ width: `${Math.min(1, requested) * 100}%` }}
                />
              </dd>
              <dd className="text-right text-t2">
                {`${text.fleetRequested} ${Math.round(requested * 100)}%, ${text.fleetLimits} ${Math.round(limited * 100)}%`}
              </dd>
            </div>
          );
        })}
    </dl>
  );
}

function PodPart({ pod, first }: { pod: PodEntity; first: boolean }) {
  const { text, format } = useI18n();
  const { tone } = entityMark(pod);
  return (
    <div className={first ? '' : 'mt-3 border-line border-t pt-3'}>
      <div className="flex items-baseline gap-3">
        <b className="min-w-0 truncate text-13">{pod.name}</b>
        <span className="ml-auto flex-none text-t2">{pod.namespace}</span>
      </div>
      <div className="mt-1 flex items-baseline gap-3">
        <span className={TEXT_TONE[tone]}>{`${pod.ready.join('/')} ${pod.status}`}</span>
        {pod.restarts > 0 && (
          <span className="ml-auto flex-none">{text.restarts(pod.restarts, format.number(pod.restarts))}</span>
        )}
      </div>
      {pod.reason && <p className="mt-2 line-clamp-3 wrap-anywhere">{pod.reason}</p>}
    </div>
  );
}
