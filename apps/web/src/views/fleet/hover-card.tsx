import type { NodeEntity, PodEntity } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import type { ResourceLoad } from './node-loads.ts';

/** What the pointer is over. `pods` are those of the node, `loads` its load. */
export interface Hovered {
  pod: PodEntity | null;
  node: NodeEntity | null;
  pods: readonly PodEntity[];
  loads: readonly ResourceLoad[];
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
  const { pod, node, pods, loads, at } = hovered;
  const left = at.x + OFFSET + WIDTH > room.width ? at.x - OFFSET - WIDTH : at.x + OFFSET;
  const top = Math.max(8, at.y + OFFSET + HEIGHT > room.height ? at.y - OFFSET - HEIGHT : at.y + OFFSET);
  return (
    <div
      aria-hidden="true"
      data-testid="fleet-card"
      className="pointer-events-none absolute z-10 rounded-card border border-line bg-s3 p-4 text-12 shadow-float"
      style={{ left: Math.max(8, left), top, width: WIDTH }}
    >
      {node && <NodePart node={node} pods={pods} loads={loads} under={pod} />}
      {pod && <PodPart pod={pod} first={node === null} />}
    </div>
  );
}

function NodePart({
  node,
  pods,
  loads,
  under,
}: Pick<Hovered, 'pods' | 'loads'> & { node: NodeEntity; under: PodEntity | null }) {
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
      <Capacity loads={loads} />
    </>
  );
}

/** What the node's pods ask for and what is used, of what it can give, as the scheduler counts it. */
function Capacity({ loads }: { loads: readonly ResourceLoad[] }) {
  const { text } = useI18n();
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const width = (share: number) => ({ width: `${Math.min(1, share) * 100}%` });
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1">
      {loads.map(({ resource, requested, limited, used }) => (
        <div key={resource} className="contents">
          <dt className="text-t2">{resource}</dt>
          <dd className="relative h-2 bg-line2">
            <span className="absolute inset-y-0 left-0 bg-edge" style={width(requested)} />
            {used !== null && <span className="absolute top-[3px] left-0 h-0.5 bg-t1" style={width(used)} />}
            {limited > 0 && (
              <span className="absolute -inset-y-0.5 left-0 border-t1 border-r-2" style={width(limited)} />
            )}
          </dd>
          <dd className="col-start-2 mb-1 text-t2">
            {[
              `${text.fleetRequested} ${percent(requested)}`,
              ...(limited === 0 ? [] : [`${text.fleetLimits} ${percent(limited)}`]),
              ...(used === null ? [] : [`${text.fleetUsed} ${percent(used)}`]),
            ].join(', ')}
          </dd>
        </div>
      ))}
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
