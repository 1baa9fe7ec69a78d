import { applicationOf, type NodeEntity, nodeMark, type PodEntity } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useLive } from '../../store/live.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import { podsOn, type Zone, zones } from './zones.ts';

/** Up to so many nodes each has a tile with its name and its pods; above, healthy ones are cells. */
const TILES = 24;
/** Up to so many nodes the tiles fill the room, and their pods are named. */
const LARGE = 6;
/** The pods that a large tile has room to name. */
const NAMED = 8;
/** The named tiles of troubled nodes that a zone has room for. */
const TROUBLED = 9;
/** The pods that a tile has room for. */
const MARKS = 40;

/** Every node, by zone: those in trouble by name, the healthy ones as a quiet mass. */
export function NodeGrid() {
  const live = useLive();
  const all = useMemo(() => zones(live.graph), [live]);
  const count = all.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const few = count <= TILES;
  return (
    <div className="flex h-full gap-4">
      {all.map((zone) => (
        <section key={zone.name ?? ''} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ZoneHeading zone={zone} />
          {few ? (
            <Tiles zone={zone} wide={all.length === 1} large={count <= LARGE} />
          ) : (
            <Cells zone={zone} zones={all.length} />
          )}
        </section>
      ))}
    </div>
  );
}

function ZoneHeading({ zone }: { zone: Zone }) {
  const { text, format } = useI18n();
  const { length } = zone.nodes;
  return (
    <h2 className="mb-3.5 flex items-baseline text-[1.875rem]/[2rem]">
      <span className="truncate">{zone.name ?? text.noZone}</span>
      <span className="ml-auto whitespace-nowrap pl-4 font-normal text-[1.625rem] text-t2">
        {text.nodesCount(length, format.number(length))}
      </span>
    </h2>
  );
}

/** One tile a node with its pods as marks. */
function Tiles({ zone, wide, large }: { zone: Zone; wide: boolean; large: boolean }) {
  return (
    <ul
      className={`grid gap-3 ${large ? 'mb-6 min-h-0 flex-1 auto-rows-fr' : ''} ${wide ? (zone.nodes.length > 8 ? 'grid-cols-3' : 'grid-cols-2') : 'grid-cols-1'}`}
    >
      {zone.nodes.map((node) => (
        <Tile key={node.uid} node={node} large={large} />
      ))}
    </ul>
  );
}

function Tile({ node, large }: { node: NodeEntity; large: boolean }) {
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
    <li className={`min-w-0 rounded-card border-2 px-5 py-4 ${ground[tone]}`} data-testid="wall-node">
      <div className="flex items-center gap-3 text-[1.75rem]/[2.25rem]">
        <Glyph name={glyph} className={`size-7 ${GLYPH_TONE[tone]}`} />
        <b className="truncate">{node.name}</b>
        {troubled && <span className="ml-auto whitespace-nowrap text-[1.5rem] text-t2">{text}</span>}
      </div>
      {large && pods.length <= NAMED ? <NamedPods pods={pods} /> : <PodMarks pods={pods} large={large} />}
    </li>
  );
}

/** Pods by the name of their application; one that is not ready says its state. */
function NamedPods({ pods }: { pods: readonly PodEntity[] }) {
  const { graph } = useLive();
  return (
    <ul className="mt-4 flex flex-col gap-2.5 text-[1.5rem]/[2rem]">
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

/** Pods as marks alone, as many as there is room for. */
function PodMarks({ pods, large }: { pods: readonly PodEntity[]; large: boolean }) {
  const { format } = useI18n();
  return (
    <div className={`mt-3 flex flex-wrap items-center ${large ? 'min-h-11 gap-2.5' : 'min-h-6 gap-1.5'}`}>
      {pods.slice(0, MARKS).map((pod) => {
        const { glyph, tone } = entityMark(pod);
        return <Glyph key={pod.uid} name={glyph} className={`${large ? 'size-11' : 'size-6'} ${GLYPH_TONE[tone]}`} />;
      })}
      {pods.length > MARKS && (
        <span className="text-[1.5rem]/[1.5rem] text-t2">+{format.number(pods.length - MARKS)}</span>
      )}
    </div>
  );
}

/** Troubled nodes by name, and below them a cell a healthy node, drawn as one path. */
function Cells({ zone, zones: columns }: { zone: Zone; zones: number }) {
  const { format } = useI18n();
  const healthy = zone.nodes.length - zone.troubled.length;
  const width = Math.floor(936 / columns) - 16;
  const rows = Math.max(1, Math.ceil(zone.troubled.slice(0, TROUBLED).length / 2));
  const height = 620 - rows * 64;
  const pitch = Math.max(4, Math.min(28, Math.floor(Math.sqrt((width * height) / Math.max(1, healthy)))));
  const size = pitch - Math.max(1, Math.round(pitch / 4));
  const across = Math.max(1, Math.floor(width / pitch));
  const path = Array.from(
    { length: healthy },
    (_, i) => `M${(i % across) * pitch} ${Math.floor(i / across) * pitch}h${size}v${size}h-${size}z`,
  ).join('');
  return (
    <>
      <ul className="mb-3 grid grid-cols-2 gap-1.5">
        {zone.troubled.slice(0, TROUBLED).map((node) => {
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
        {zone.troubled.length > TROUBLED && (
          <li className="px-2 py-2.5 text-[1.5rem]/[1.75rem] text-t2">
            +{format.number(zone.troubled.length - TROUBLED)}
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
