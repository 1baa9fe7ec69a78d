import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useSynced, useToldSources } from '../../store/live.tsx';
import { gapWords } from '../gap-words.ts';
import { Verdict } from '../verdict.tsx';

export interface FleetHeadProps {
  /** The verdict, null until everything has been counted. */
  sentence: string | null;
  /** What there is, counted in a line. */
  line: string | null;
}

/** What is true of the fleet in one sentence, and below it how much there is, or why it may be old. */
export function FleetHead({ sentence, line }: FleetHeadProps) {
  const i18n = useI18n();
  const { text } = i18n;
  const synced = useSynced();
  const sources = useToldSources();
  const verdict = useMemo(() => {
    if (!synced || sentence === null) return text.loadingTitle;
    const gap = gapOf(sources, ['Node', 'Pod']);
    return gap ? gapWords(gap, i18n) : sentence;
  }, [synced, sources, sentence, text, i18n]);
  return (
    <Verdict sentence={verdict} place="Portolan" className="basis-88">
      <p className="truncate text-t2">{line}</p>
    </Verdict>
  );
}
