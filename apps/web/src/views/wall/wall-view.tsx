import type { Kind } from '@portolan/shared';
import { useEffect, useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useClockOffsets, useConnection, useNow, useSources, useToldSources } from '../../store/live.tsx';
import { useKept } from '../../store/use-kept.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE, TEXT_TONE } from '../tones.ts';
import { EventList } from './event-list.tsx';
import { NodeGrid } from './node-grid.tsx';
import { ProblemList } from './problem-list.tsx';
import { Rollouts } from './rollouts.tsx';
import { SourceRow } from './source-row.tsx';
import { useWallPage } from './use-wall-page.ts';
import { type Share, type WallFigures, WallModel } from './wall-model.ts';
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

const makeModel = () => new WallModel();

/** A cluster as it is read from five metres: a word, a sentence, the nodes, what is wrong, and how old all of it is. */
export function WallView({ cluster }: { cluster: string }) {
  const i18n = useI18n();
  const { text } = i18n;
  const kept = useKept(makeModel);
  const figures = useMemo(() => kept.kept?.figures() ?? null, [kept]);
  const { behindSince } = useConnection();
  const now = useNow(1_000);
  const ages = useSources(now);
  useWallPage();
  const behind = behindSince === null ? null : now - behindSince;
  const { word, glyph, tone, sentence } = wallTruth({ verdict: figures?.verdict ?? null, behind, ages }, i18n);
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
      <header className="col-span-2 grid grid-cols-[minmax(0,1fr)_auto_auto] items-start">
        <div className={`flex min-w-0 items-center gap-8 ${TEXT_TONE[tone]}`}>
          <Glyph name={glyph} className={`size-30 flex-none ${GLYPH_TONE[tone]}`} />
          <b className="text-[8rem] leading-none tracking-[-.1875rem]">{text[word]}</b>
        </div>
        <Figures figures={figures} old={old} />
        <Clock cluster={cluster} />
        {/* Beside the clock, below the figures: as high whatever it says. */}
        <h1
          aria-live="polite"
          title={sentence}
          className="col-span-2 mt-4 truncate pr-12 font-normal text-[2.125rem]/[2.5rem]"
        >
          {sentence}
        </h1>
      </header>
      {figures ? <Standing figures={figures} old={old} /> : <div className="col-span-2 row-span-2" />}
      <SourceRow ages={ages} />
    </main>
  );
}

/** What there is and what is wrong; grey where it is old. */
function Standing({ figures, old }: { figures: WallFigures; old: boolean }) {
  const faded = old ? 'desaturated' : '';
  return (
    <>
      <div className={`min-h-0 pt-10 ${faded}`}>
        <NodeGrid figures={figures} />
      </div>
      <div className={`min-h-0 pt-10 ${faded}`}>
        <ProblemList problems={figures.problems} known={!old} />
      </div>
      <div className={`min-h-42 ${faded}`}>
        <Rollouts rollouts={figures.rollouts} />
      </div>
      <div className={`min-h-42 min-w-0 ${faded}`}>
        <EventList events={figures.events} />
      </div>
    </>
  );
}

/** How many nodes and pods are as they should be. */
function Figures({ figures, old }: { figures: WallFigures | null; old: boolean }) {
  const { text, format } = useI18n();
  const sources = useToldSources();
  const shareOf = (kind: Kind, share: Share | undefined) => (gapOf(sources, [kind]) === null ? share : undefined);
  const nodes = shareOf('Node', figures?.nodes);
  const pods = shareOf('Pod', figures?.pods);
  return (
    <div className={`flex gap-16 pt-4 pr-16 ${old ? 'text-t3' : ''}`}>
      <Figure
        name="nodes"
        value={nodes ? format.number(nodes.ready) : '–'}
        of={nodes ? text.wallNodes(nodes.all, format.number(nodes.all)) : text.gapUnknown('Node')}
      />
      <Figure
        name="pods"
        value={pods ? format.number(pods.ready) : '–'}
        of={pods ? text.wallPods(pods.all, format.number(pods.all)) : text.gapUnknown('Pod')}
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
  const { offset } = useClockOffsets();
  const now = useNow(1_000) + offset;
  return (
    <div className="row-span-2 text-right text-[1.75rem]/[2.25rem] text-t2">
      <time className="block font-semibold text-[5.5rem] text-t1 leading-none tracking-[-.125rem]">
        {format.clock(now)}
      </time>
      <div className="mt-2">{format.day(now)}</div>
      <div className="mt-2">{cluster}</div>
    </div>
  );
}
