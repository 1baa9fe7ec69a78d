import { humanDuration } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { useClockOffsets, useNow } from '../../store/live.tsx';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import type { Problem } from './problem.ts';
import type { Problems } from './problems.ts';

/** What is wrong, the worst first; what does not fit is counted. Nothing is said to be well unless it is `known`. */
export function ProblemList({ problems: { worst, all }, known }: { problems: Problems; known: boolean }) {
  const { text, format } = useI18n();
  const { offset, skew } = useClockOffsets();
  const now = useNow(1_000) + offset + skew;
  return (
    <section>
      <h2 className="flex items-baseline gap-4 text-[1.875rem]/[2rem]">
        {known && all === 0 ? text.noProblems : text.problems}
        {all > 0 && (
          <span className="font-normal text-[1.75rem] text-t2">
            {text.problemsCount(format.number(worst.length), format.number(all))}
          </span>
        )}
      </h2>
      {all === 0 && (
        <p className="mt-4 text-[1.75rem]/[2.25rem] text-t2">{known ? text.noProblemsNote : text.notKnown}</p>
      )}
      <ol className="mt-3.5">
        {worst.map((problem) => (
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
