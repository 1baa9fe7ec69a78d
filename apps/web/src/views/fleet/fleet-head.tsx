import { useEffect, useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useNow, useStaleness, useSynced, useToldSources } from '../../store/live.tsx';
import { gapWords } from '../gap-words.ts';
import { StaleNotice } from '../stale-notice.tsx';

export interface FleetHeadProps {
  /** The verdict, null until everything has been counted. */
  sentence: string | null;
  /** What there is, counted in a line. */
  line: string | null;
}

/** What is true of the fleet in one sentence, and below it how much there is, or why it may be old. */
export function FleetHead({ sentence, line }: FleetHeadProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const synced = useSynced();
  const sources = useToldSources();
  const now = useNow(1_000);
  const staleness = useStaleness(now);
  const asOf = staleness && 'asOf' in staleness ? staleness.asOf : null;
  const verdict = useMemo(() => {
    if (!synced || sentence === null) return text.loadingTitle;
    const gap = gapOf(sources, ['Node', 'Pod']);
    return gap ? gapWords(gap, i18n) : sentence;
  }, [synced, sources, sentence, text, i18n]);
  const headlined = asOf === null ? verdict : text.asOf(format.time(asOf), verdict);
  useEffect(() => {
    document.title = `${asOf === null ? '' : '⚠ '}${verdict} · Portolan`;
  }, [asOf, verdict]);
  return (
    <div className="flex h-13 min-w-0 flex-1 basis-88 flex-col overflow-hidden">
      <h1 aria-live="polite" title={headlined} className="flex-none truncate text-20 tracking-[-.1px]">
        {headlined}
      </h1>
      <div className="mt-2 flex h-5 flex-none text-t2">
        {staleness ? <StaleNotice staleness={staleness} now={now} /> : <p className="truncate">{line}</p>}
      </div>
    </div>
  );
}
