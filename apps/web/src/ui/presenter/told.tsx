import type { ScenarioCheck } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { Checks } from './checks.tsx';

/** What scrolls is reached by keyboard, though it is nothing to operate (WCAG 2.1.1). */
const SCROLLED = { tabIndex: 0 };

/** What the step done last is about, and what to look for. */
export function Told({ says, checks }: { says: string; checks: readonly ScenarioCheck[] }) {
  const { text } = useI18n();
  return (
    <section
      {...SCROLLED}
      aria-label={text.presenterTold}
      aria-live="polite"
      className="h-40 flex-none overflow-y-auto border-line border-t bg-s2 px-6 py-4"
      data-testid="told"
    >
      <p className="text-13/[18px]">{says}</p>
      <Checks checks={checks} />
    </section>
  );
}
