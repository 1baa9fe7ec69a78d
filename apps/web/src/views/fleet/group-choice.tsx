import { useI18n } from '../../i18n/i18n.tsx';
import type { Grouping } from '../../layout/fleet/plan.ts';
import { Choice } from '../choice.tsx';
import { GROUPINGS, groupingText } from './grouping-text.ts';

export interface GroupChoiceProps {
  grouping: Grouping;
  /** The keys of labels that pods wear, the most frequent first. */
  labelKeys: readonly string[];
  onGrouping(grouping: string): void;
}

/** As many groupings as are buttons of their own; the others are behind a choice. */
const BUTTONS = 3;

/** What the fleet is gathered by. */
export function GroupChoice({ grouping, labelKeys, onGrouping }: GroupChoiceProps) {
  const { text } = useI18n();
  const chosen = groupingText(grouping);
  const keys = grouping.by === 'label' && !labelKeys.includes(grouping.key) ? [grouping.key, ...labelKeys] : labelKeys;
  const behind = GROUPINGS.slice(BUTTONS);
  const isBehind = !GROUPINGS.slice(0, BUTTONS).some((by) => by === chosen);
  return (
    <fieldset aria-label={text.groupBy} className="flex items-center gap-2">
      <span className="whitespace-nowrap text-t3 max-[1500px]:hidden">{text.groupBy}</span>
      <div className="flex h-8 divide-x divide-line overflow-hidden rounded-tile border border-line bg-s1">
        {GROUPINGS.slice(0, BUTTONS).map((by) => (
          <button
            key={by}
            type="button"
            aria-pressed={by === chosen}
            onClick={() => onGrouping(by)}
            className="px-3 text-t2 max-[1500px]:px-2 hover:bg-s2 hover:text-t1 focus-visible:-outline-offset-2 aria-pressed:bg-s4 aria-pressed:font-semibold aria-pressed:text-t1"
          >
            {text.groupings[by]}
          </button>
        ))}
      </div>
      <Choice
        label={text.groupMore}
        value={isBehind ? chosen : ''}
        onChange={(value) => value && onGrouping(value)}
        className={isBehind ? 'max-w-44 font-semibold' : 'w-20'}
        testId="group-more"
      >
        <option value="">{text.none}</option>
        {behind.map((by) => (
          <option key={by} value={by}>
            {text.groupings[by]}
          </option>
        ))}
        <optgroup label={text.groupLabel}>
          {keys.map((key) => (
            <option key={key} value={groupingText({ by: 'label', key })}>
              {key}
            </option>
          ))}
        </optgroup>
      </Choice>
    </fieldset>
  );
}
