import type { ScenarioCheck } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph } from '../../views/glyph.tsx';

/** What a step must bring about, and what of it is there already. */
export function Checks({ checks }: { checks: readonly ScenarioCheck[] }) {
  const { text, language } = useI18n();
  if (checks.length === 0) return null;
  return (
    <ul aria-label={text.checksTitle} className="mt-2 flex flex-col gap-1 border-line border-t pt-2">
      {checks.map(({ says, holds }) => (
        <li key={says.en} className="flex gap-2 text-12" data-holds={holds}>
          {holds ? (
            <Glyph name="ok" className="size-4 text-ready" label={text.checkHolds} />
          ) : (
            <Glyph name="creating" className="size-4 text-start" label={text.checkWaits} />
          )}
          <span className={`min-w-0 break-words ${holds ? 'text-t2' : ''}`}>{says[language]}</span>
        </li>
      ))}
    </ul>
  );
}
