import { applicationOf, type Graph, type NodeEntity, nodeMark, type PodEntity } from '@portolan/shared';
import { memo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { byName, podsOn } from '../pods-on.ts';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import { Cells } from './cells.tsx';
import { chosenPods } from './chosen-pods.ts';
import { type TilePlan, tilePlan } from './tile-plan.ts';
import type { WallFigures } from './wall-model.ts';
import type { Zone } from './zones.ts';

/** What the mark of a node that is only cordoned says already. */
const READY = /^Ready,/;
/** With more zones than this a heading has room for the number of its nodes only. */
const WORDY_ZONES = 3;

/** Every node, by zone: a tile each as long as there is room, else those in trouble by name and the others as a mass. */
export const NodeGrid = memo(function NodeGrid({ figures: { zones, graph } }: { figures: WallFigures }) {
  const largest = Math.max(0, ...zones.map(({ nodes }) => nodes.length));
  // How many pods there are is asked only where every node has a tile.
  const tiled = tilePlan(largest, zones.length, 0) !== null;
  const fullest = tiled ? fullestOf(zones, graph) : 0;
  const plan = tiled ? tilePlan(largest, zones.length, fullest) : null;
  return (
    <div className="flex h-full gap-4">
      {zones.map((zone) => (
        <section key={zone.name ?? ''} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ZoneHeading zone={zone} zones={zones.length} />
          {plan ? <Tiles zone={zone} plan={plan} graph={graph} /> : <Cells zone={zone} zones={zones.length} />}
        </section>
      ))}
    </div>
  );
});

function fullestOf(zones: readonly Zone[], graph: Graph): number {
  let fullest = 0;
  for (const { nodes } of zones)
    for (const { uid } of nodes) fullest = Math.max(fullest, graph.countTo(uid, 'placement'));
  return fullest;
}

/** The width of the grid on a screen of 1920 × 1080, of a letter of a zone's name and of one of what is beside it. */
const WIDTH = 936;
const LETTER = 17;
const SMALL_LETTER = 14;
const GAPS = 32;

/** The name of a zone and its nodes counted; what is too long says first less of the count, then of the name. */
function ZoneHeading({ zone, zones }: { zone: Zone; zones: number }) {
  const { text, format } = useI18n();
  const { length } = zone.nodes;
  const name = zone.name ?? text.noZone;
  const long = text.nodesCount(length, format.number(length));
  const short = format.number(length);
  const fits = (title: string, count: string) =>
    title.length * LETTER + count.length * SMALL_LETTER + GAPS <= WIDTH / zones;
  const count = zones <= WORDY_ZONES && fits(name, long) ? long : short;
  return (
    <h2 className="mb-3.5 flex items-baseline text-[1.875rem]/[2rem]">
      <span className="truncate">{fits(name, count) ? name : (zone.brief ?? name)}</span>
      <span className="ml-auto whitespace-nowrap pl-4 font-normal text-[1.625rem] text-t2">{count}</span>
    </h2>
  );
}

/** One tile a node with its pods as marks. */
function Tiles({ zone, plan, graph }: { zone: Zone; plan: TilePlan; graph: Graph }) {
  return (
    <ul
      className="mb-6 grid min-h-0 flex-1 auto-rows-fr gap-3"
      style={{ gridTemplateColumns: `repeat(${plan.columns}, minmax(0, 1fr))` }}
    >
      {zone.nodes.toSorted(byName).map((node) => (
        <Tile key={node.uid} node={node} plan={plan} graph={graph} />
      ))}
    </ul>
  );
}

function Tile({ node, plan, graph }: { node: NodeEntity; plan: TilePlan; graph: Graph }) {
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
      {pods.length <= plan.named ? <NamedPods pods={pods} graph={graph} /> : <PodMarks pods={pods} plan={plan} />}
    </li>
  );
}

/** Pods by the name of their application; one that is not ready says its state. */
function NamedPods({ pods, graph }: { pods: readonly PodEntity[]; graph: Graph }) {
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
