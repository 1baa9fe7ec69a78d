import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import type { LegendEntry } from './legend.ts';

export interface LegendStripProps {
  pods: readonly LegendEntry[];
  nodes: readonly LegendEntry[];
  /** The key of the entry that is lit alone, or null. */
  only: string | null;
  onOnly(key: string | null): void;
}

/** What there is, counted; each count lights its marks when it is chosen, and is the legend of them. */
export function LegendStrip({ pods, nodes, only, onOnly }: LegendStripProps) {
  const { text } = useI18n();
  const entries = (list: readonly LegendEntry[]) =>
    list.map((entry) => (
      <Entry
        key={entry.key}
        entry={entry}
        pressed={entry.key === only}
        onPress={() => onOnly(entry.key === only ? null : entry.key)}
      />
    ));
  return (
    <fieldset
      aria-label={text.fleetLegend}
      className="mx-6 flex min-h-14 flex-none overflow-x-auto rounded-card border border-line bg-s1 px-2 py-1.5"
      data-testid="fleet-legend"
    >
      {entries(pods)}
      <div className="ml-auto flex border-line border-l pl-2">{entries(nodes)}</div>
    </fieldset>
  );
}

function Entry({ entry, pressed, onPress }: { entry: LegendEntry; pressed: boolean; onPress(): void }) {
  const { text, format } = useI18n();
  const { mark, status, tone, count } = entry;
  const words =
    status ?? { ready: text.fleetReady, notready: text.fleetNotReady, pending: text.fleetNoNode }[mark as string] ?? '';
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      data-testid="fleet-count"
      data-key={entry.key}
      className="flex min-w-16 flex-none flex-col items-start rounded-tile px-2 py-0.5 max-[1500px]:min-w-0 max-[1500px]:px-1.5 hover:bg-s3 focus-visible:-outline-offset-2 aria-pressed:bg-s4"
    >
      <b className="text-20">{format.number(count)}</b>
      <span className="flex items-center gap-1.5 whitespace-nowrap text-12 text-t2">
        <Glyph name={mark} className={`size-3.5 ${GLYPH_TONE[tone]}`} />
        {words}
      </span>
    </button>
  );
}
