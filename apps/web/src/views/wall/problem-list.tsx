import { humanDuration } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useLive, useNow } from '../../store/live.tsx';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import { type Problem, problems } from './problems.ts';

/** How many problems the wall has room for. */
const ROOM = 6;

/** What is wrong, the worst first; what does not fit is counted. Nothing is said to be well unless it is `known`. */
export function ProblemList({ known }: { known: boolean }) {
  const { text, format } = useI18n();
  const live = useLive();
  const now = useNow(1_000) + live.offset + live.skew;
  const all = useMemo(() => problems(live.graph), [live]);
  const shown = all.slice(0, ROOM);
  if (!live.synced) return null;
  return (
    <section>
      <h2 className="flex items-baseline gap-4 text-[1.875rem]/[2rem]">
        {known && all.length === 0 ? text.noProblems : text.problems}
        {all.length > 0 && (
          <span className="font-normal text-[1.75rem] text-t2">
            {text.problemsCount(format.number(shown.length), format.number(all.length))}
          </span>
        )}
      </h2>
      {all.length === 0 && (
        <p className="mt-4 text-[1.75rem]/[2.25rem] text-t2">{known ? text.noProblemsNote : text.notKnown}</p>
      )}
      <ol className="mt-3.5">
        {shown.map((problem) => (
          <Row key={problem.key} problem={problem} now={now} />
        ))}
      </ol>
    </section>
  );
}

function Row({ problem, now }: { problem: Problem; now: number }) {
  const { text, format } = useI18n();
  const { glyph, tone, who, others, what, pods, nodes, since } = problem;
  const detail =
    nodes === 0
      ? text.problemPods(pods, format.number(pods))
      : text.problemPodsOn(pods, format.number(pods), nodes, format.number(nodes));
  return (
    <li className="flex h-21 items-center gap-6 border-line border-t-2">
      <Glyph name={glyph} className={`size-11 ${GLYPH_TONE[tone]}`} />
      <div className="min-w-0 flex-1">
        <div className="truncate font-semibold text-[2.125rem]/[2.5rem]">
          {others === 0 ? who : `${who} +${format.number(others)}`} {what}
        </div>
        <div className="truncate text-[1.75rem]/[2rem] text-t2">{detail}</div>
      </div>
      {since !== null && <b className="text-[2.5rem]/[3rem]">{humanDuration(now - since)}</b>}
    </li>
  );
}
