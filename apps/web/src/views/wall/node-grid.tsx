import { applicationOf, type NodeEntity, nodeMark, type PodEntity } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useLive } from '../../store/live.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { podsOn } from '../pods-on.ts';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import { chosenPods } from './chosen-pods.ts';
import { type TilePlan, tilePlan } from './tile-plan.ts';
import { type Zone, zones } from './zones.ts';

/** What the mark of a node that is only cordoned says already. */
const READY = /^Ready,/;
/** The rows of named troubled nodes that a zone has room for above its cells, and the width that a name needs. */
const TROUBLED_ROWS = 5;
const TROUBLED_WIDTH = 200;
/** With more zones than this a heading has room for the number of its nodes only. */
const WORDY_ZONES = 3;
/** The largest cell of a healthy node and the gap after it. */
const PITCH = 56;

/** Every node, by zone: a tile each as long as there is room, else those in trouble by name and the others as a mass. */
export function NodeGrid() {
  const live = useLive();
  const all = useMemo(() => zones(live.graph), [live]);
  const plan = useMemo(() => {
    const largest = Math.max(0, ...all.map(({ nodes }) => nodes.length));
    const fullest = Math.max(0, ...all.flatMap(({ nodes }) => nodes.map((node) => podsOn(live.graph, node).length)));
    return tilePlan(largest, all.length, fullest);
  }, [live, all]);
  return (
    <div className="flex h-full gap-4">
      {all.map((zone) => (
        <section key={zone.name ?? ''} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ZoneHeading zone={zone} brief={all.length > WORDY_ZONES} />
          {plan ? <Tiles zone={zone} plan={plan} /> : <Cells zone={zone} zones={all.length} />}
        </section>
      ))}
    </div>
  );
}

function ZoneHeading({ zone, brief }: { zone: Zone; brief: boolean }) {
  const { text, format } = useI18n();
  const { length } = zone.nodes;
  return (
    <h2 className="mb-3.5 flex items-baseline text-[1.875rem]/[2rem]">
      <span className="truncate">{zone.name ?? text.noZone}</span>
      <span className="ml-auto whitespace-nowrap pl-4 font-normal text-[1.625rem] text-t2">
        {brief ? format.number(length) : text.nodesCount(length, format.number(length))}
      </span>
    </h2>
  );
}

/** One tile a node with its pods as marks. */
function Tiles({ zone, plan }: { zone: Zone; plan: TilePlan }) {
  return (
    <ul
      className="mb-6 grid min-h-0 flex-1 auto-rows-fr gap-3"
      style={{ gridTemplateColumns: `repeat(${plan.columns}, minmax(0, 1fr))` }}
    >
      {zone.nodes.map((node) => (
        <Tile key={node.uid} node={node} plan={plan} />
      ))}
    </ul>
  );
}

function Tile({ node, plan }: { node: NodeEntity; plan: TilePlan }) {
  const { graph } = useLive();
  const { glyph, tone, text } = entityMark(node);
  const pods = podsOn(graph, node);
  const troubled = nodeMark(node) !== 'ok';
  const ground = {
    ready: 'border-line bg-s2',
    start: '',
    warn: 'border-warn bg-warn-bg',
    fail: 'border-fail bg-fail-bg',
    gone: 'border-line2 border-dashed bg-s2',
  };
  return (
    <li className={`min-w-0 overflow-hidden rounded-card border-2 px-5 py-3 ${ground[tone]}`} data-testid="wall-node">
      <div className="flex items-center gap-3 text-[1.75rem]/[2.25rem]">
        <Glyph name={glyph} className={`size-7 ${GLYPH_TONE[tone]}`} />
        <b className="max-w-full flex-none truncate">{node.name}</b>
        {troubled && <span className="ml-auto min-w-0 truncate text-[1.5rem] text-t2">{text.replace(READY, '')}</span>}
      </div>
      {pods.length <= plan.named ? <NamedPods pods={pods} /> : <PodMarks pods={pods} plan={plan} />}
    </li>
  );
}

/** Pods by the name of their application; one that is not ready says its state. */
function NamedPods({ pods }: { pods: readonly PodEntity[] }) {
  const { graph } = useLive();
  return (
    <ul className="mt-2 flex flex-col gap-2.5 text-[1.5rem]/[2rem]">
      {pods.map((pod) => {
        const { glyph, tone } = entityMark(pod);
        return (
          <li key={pod.uid} className="flex min-w-0 items-center gap-4" data-testid="wall-pod">
            <Glyph name={glyph} className={`size-8 ${GLYPH_TONE[tone]}`} />
            <span className="truncate">{applicationOf(pod, graph)}</span>
            {glyph !== 'ready' && (
              <span className={`ml-auto truncate ${TEXT_TONE[tone]}`}>{`${pod.ready.join('/')} ${pod.status}`}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Pods as marks alone, as many as there is room for; those in trouble are always among them. */
function PodMarks({ pods, plan }: { pods: readonly PodEntity[]; plan: TilePlan }) {
  const { format } = useI18n();
  const shown = chosenPods(pods, plan.room);
  return (
    <div className={`mt-2 flex flex-wrap items-center ${plan.row}`}>
      {shown.map((pod) => {
        const { glyph, tone } = entityMark(pod);
        return <Glyph key={pod.uid} name={glyph} className={`${plan.mark} ${GLYPH_TONE[tone]}`} />;
      })}
      {pods.length > shown.length && (
        <span className="text-[1.5rem]/[1rem] text-t2">+{format.number(pods.length - shown.length)}</span>
      )}
    </div>
  );
}

/** Troubled nodes by name, and below them a cell a healthy node, drawn as one path. */
function Cells({ zone, zones: columns }: { zone: Zone; zones: number }) {
  const { format } = useI18n();
  const healthy = zone.nodes.length - zone.troubled.length;
  const width = Math.floor(936 / columns) - 16;
  const abreast = Math.max(1, Math.floor(width / TROUBLED_WIDTH));
  const room = abreast * TROUBLED_ROWS;
  const named = zone.troubled.length > room ? zone.troubled.slice(0, room - 1) : zone.troubled;
  const height = 520 - Math.ceil(Math.min(zone.troubled.length, room) / abreast) * 64;
  const pitch = Math.max(4, Math.min(PITCH, Math.floor(Math.sqrt((width * height) / Math.max(1, healthy)))));
  const size = pitch - Math.max(1, Math.round(pitch / 4));
  const across = Math.max(1, Math.floor(width / pitch));
  const path = Array.from(
    { length: healthy },
    (_, i) => `M${(i % across) * pitch} ${Math.floor(i / across) * pitch}h${size}v${size}h-${size}z`,
  ).join('');
  return (
    <>
      <ul className="mb-3 grid gap-1.5" style={{ gridTemplateColumns: `repeat(${abreast}, minmax(0, 1fr))` }}>
        {named.map((node) => {
          const { glyph, tone } = entityMark(node);
          return (
            <li
              key={node.uid}
              className="flex min-w-0 items-center gap-2 rounded-tile border-2 border-line2 px-2 py-2.5 text-[1.5rem]/[1.75rem]"
            >
              <Glyph name={glyph} className={`size-6 ${GLYPH_TONE[tone]}`} />
              <b className="truncate">{node.name}</b>
            </li>
          );
        })}
        {zone.troubled.length > named.length && (
          <li className="px-2 py-2.5 text-[1.5rem]/[1.75rem] text-t2">
            +{format.number(zone.troubled.length - named.length)}
          </li>
        )}
      </ul>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMinYMin meet"
        className="min-h-0 flex-1"
        aria-hidden="true"
      >
        <path d={path} fill="var(--ready-q)" />
      </svg>
    </>
  );
}
