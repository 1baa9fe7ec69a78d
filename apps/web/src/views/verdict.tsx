import { type ReactNode, useEffect } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { useTruthLook } from './use-truth-look.ts';

export interface VerdictProps {
  /** What is true, in one sentence. */
  sentence: string;
  /** What the page's title says after it. */
  place: string;
  /** Where it is long it may take a second line, in the place of what is below. */
  wraps?: boolean;
  className?: string;
  /** What is below it, while the picture is current. */
  children: ReactNode;
}

/**
 * The heading of a lens: its verdict, as of when, and below it a line of what there is, or of why it may be old. As high
 * whatever it says, lest the picture below move.
 */
export function Verdict({ sentence, place, wraps = false, className = '', children }: VerdictProps) {
  const { text, format } = useI18n();
  const { now, staleness } = useTruthLook();
  const asOf = staleness && 'asOf' in staleness ? staleness.asOf : null;
  const headlined = asOf === null ? sentence : text.asOf(format.time(asOf), sentence);
  useEffect(() => {
    document.title = `${asOf === null ? '' : '⚠ '}${sentence} · ${place}`;
  }, [asOf, sentence, place]);
  return (
    <div className={`flex h-13 min-w-0 flex-1 flex-col overflow-hidden ${className}`}>
      <h1
        aria-live="polite"
        title={headlined}
        className={`flex-none text-20 tracking-[-.1px] ${wraps && !staleness ? 'line-clamp-2 wrap-anywhere' : 'truncate'}`}
      >
        {headlined}
      </h1>
      <div className="mt-2 flex h-5 flex-none">
        {staleness ? <StaleNotice staleness={staleness} now={now} /> : children}
      </div>
    </div>
  );
}
