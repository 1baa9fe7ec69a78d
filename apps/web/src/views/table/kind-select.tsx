import type { Kind } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useToldSources } from '../../store/live.tsx';
import { Choice } from '../choice.tsx';
import { KIND_GROUPS, type KindGroup } from './kind-groups.ts';

/** Chooses the kind whose table is shown; a kind of which nothing is known says why. */
export function KindSelect({ kind, onKind }: { kind: Kind; onKind(kind: Kind): void }) {
  const { text } = useI18n();
  const sources = useToldSources();
  const options = useMemo(() => {
    const said = (one: Kind) => {
      const gap = gapOf(sources, [one]);
      return gap === null ? one : `${one} (${gap.state === 'pending' ? '–' : text[gap.state]})`;
    };
    return (Object.keys(KIND_GROUPS) as KindGroup[]).map((group) => (
      <optgroup key={group} label={text.kindGroups[group]}>
        {KIND_GROUPS[group].map((one) => (
          <option key={one} value={one}>
            {said(one)}
          </option>
        ))}
      </optgroup>
    ));
  }, [sources, text]);
  return (
    <Choice
      label={text.sourceKind}
      value={kind}
      onChange={(value) => {
        const chosen = Object.values(KIND_GROUPS)
          .flat()
          .find((one) => one === value);
        if (chosen !== undefined) onKind(chosen);
      }}
      height="h-7"
      className="font-semibold"
      testId="kind"
    >
      {options}
    </Choice>
  );
}
