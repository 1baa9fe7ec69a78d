import type { Kind } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useLive } from '../../store/live.tsx';
import { Glyph } from '../glyph.tsx';
import { KIND_GROUPS, type KindGroup } from './kind-groups.ts';

/** Chooses the kind whose table is shown; a kind of which nothing is known says why. */
export function KindSelect({ kind, onKind }: { kind: Kind; onKind(kind: Kind): void }) {
  const { text } = useI18n();
  const { sources } = useLive();
  const said = (one: Kind) => {
    const gap = gapOf(sources, [one]);
    return gap === null ? one : `${one} (${gap.state === 'pending' ? '–' : text[gap.state]})`;
  };
  return (
    <label className="relative flex h-7 items-center gap-2 whitespace-nowrap rounded-tile border border-line bg-s2 pl-3 focus-within:outline-2 focus-within:outline-sel">
      <span className="text-t3">{text.sourceKind}</span>
      <select
        data-testid="kind"
        value={kind}
        onChange={({ target }) => {
          const chosen = Object.values(KIND_GROUPS)
            .flat()
            .find((one) => one === target.value);
          if (chosen !== undefined) onKind(chosen);
        }}
        className="h-full appearance-none bg-transparent pr-8 font-semibold outline-none [&_option]:bg-s2 [&_optgroup]:bg-s2"
      >
        {(Object.keys(KIND_GROUPS) as KindGroup[]).map((group) => (
          <optgroup key={group} label={text.kindGroups[group]}>
            {KIND_GROUPS[group].map((one) => (
              <option key={one} value={one}>
                {said(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Glyph name="chev" className="pointer-events-none absolute right-2.5 size-3 text-t2" />
    </label>
  );
}
