import { type Kind, nodeMark, podMark } from '@portolan/shared';
import { useEffect, useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useConnection, useLive, useNow, useSources } from '../../store/live.tsx';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import { EventList } from './event-list.tsx';
import { NodeGrid } from './node-grid.tsx';
import { ProblemList } from './problem-list.tsx';
import { Rollouts } from './rollouts.tsx';
import { SourceRow } from './source-row.tsx';
import { useWallPage } from './use-wall-page.ts';
import { wallTruth } from './wall-truth.ts';

/** One step a minute around a 3×3 orbit of 2 px, so that nothing burns into the screen. */
const ORBIT = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;
const MINUTE = 60_000;

/** A cluster as it is read from five metres: a word, a sentence, the nodes, what is wrong, and how old all of it is. */
export function WallView({ cluster }: { cluster: string }) {
  const i18n = useI18n();
  const { text } = i18n;
  const live = useLive();
  const { behindSince } = useConnection();
  const now = useNow(1_000);
  const ages = useSources(now);
  useWallPage();
  const behind = behindSince === null ? null : now - behindSince;
  const { word, glyph, tone, sentence } = wallTruth({ ...live, behind, ages }, i18n);
  useEffect(() => {
    document.title = `${text[word]} · ${cluster} · Portolan`;
  }, [text, word, cluster]);
  const [x, y] = ORBIT[Math.floor(now / MINUTE) % ORBIT.length] ?? ORBIT[0];
  const old = word === 'unknown';
  return (
    <main
      className="grid h-full cursor-none select-none grid-cols-[58.5rem_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto_auto] gap-x-12 overflow-hidden px-12 pt-10 pb-6"
      style={{ transform: `translate(${x * 2}px, ${y * 2}px)` }}
      data-testid="wall"
      data-verdict={word}
    >
      <header className="col-span-2 flex items-start">
        <div className="min-w-0 flex-1">
          <div className={`flex items-center gap-8 ${TEXT_TONE[tone]}`}>
            <Glyph name={glyph} className={`size-30 ${GLYPH_TONE[tone]}`} />
            <b className="text-[8rem] leading-none tracking-[-.1875rem]">{text[word]}</b>
          </div>
          <h1 aria-live="polite" className="mt-4 font-normal text-[2.125rem]/[2.5rem]">
            {sentence}
          </h1>
        </div>
        <Figures old={old} />
        <Clock cluster={cluster} />
      </header>
      <div className={`min-h-0 pt-10 ${old ? 'desaturated' : ''}`}>
        <NodeGrid />
      </div>
      <div className={`min-h-0 pt-10 ${old ? 'desaturated' : ''}`}>
        <ProblemList known={!old} />
      </div>
      <div className={`min-h-42 ${old ? 'desaturated' : ''}`}>
        <Rollouts />
      </div>
      <div className={`min-h-42 min-w-0 ${old ? 'desaturated' : ''}`}>
        <EventList />
      </div>
      <SourceRow ages={ages} />
    </main>
  );
}

/** How many nodes and pods are as they should be. */
function Figures({ old }: { old: boolean }) {
  const { text, format } = useI18n();
  const live = useLive();
  const figures = useMemo(() => {
    const nodes = [...live.graph.all('Node')];
    const pods = [...live.graph.all('Pod')].filter((pod) => podMark(pod) !== 'completed');
    return {
      nodes: nodes.length,
      nodesReady: nodes.filter((node) => nodeMark(node) !== 'fail' && nodeMark(node) !== 'unknown').length,
      pods: pods.length,
      podsReady: pods.filter((pod) => podMark(pod) === 'ready').length,
    };
  }, [live]);
  const { nodes, nodesReady, pods, podsReady } = figures;
  const known = (kind: Kind) => live.synced && gapOf(live.sources, [kind]) === null;
  return (
    <div className={`flex gap-16 pt-4 pr-16 ${old ? 'text-t3' : ''}`}>
      <Figure
        name="nodes"
        value={known('Node') ? format.number(nodesReady) : '–'}
        of={known('Node') ? text.wallNodes(nodes, format.number(nodes)) : text.gapUnknown('Node')}
      />
      <Figure
        name="pods"
        value={known('Pod') ? format.number(podsReady) : '–'}
        of={known('Pod') ? text.wallPods(pods, format.number(pods)) : text.gapUnknown('Pod')}
      />
    </div>
  );
}

function Figure({ name, value, of }: { name: string; value: string; of: string }) {
  return (
    <p>
      <b className="block text-[4rem]/[4.5rem] tracking-[-.0625rem]" data-testid={`wall-${name}`}>
        {value}
      </b>
      <span className="whitespace-nowrap text-[1.75rem]/[2.25rem] text-t2">{of}</span>
    </p>
  );
}

function Clock({ cluster }: { cluster: string }) {
  const { format } = useI18n();
  const { offset } = useLive();
  const now = useNow(1_000) + offset;
  return (
    <div className="text-right text-[1.75rem]/[2.25rem] text-t2">
      <time className="block font-semibold text-[5.5rem] text-t1 leading-none tracking-[-.125rem]">
        {format.clock(now)}
      </time>
      <div className="mt-2">{format.day(now)}</div>
      <div className="mt-2">{cluster}</div>
    </div>
  );
}
