import type { Kind } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import type { SourceAge } from '../../store/source-age.ts';
import { Glyph, type GlyphName } from '../glyph.tsx';

/** The sources that the wall rests on, by kubectl's plural names. */
const SHOWN: readonly (readonly [Kind, string])[] = [
  ['Pod', 'pods'],
  ['Node', 'nodes'],
  ['Deployment', 'deployments'],
  ['Service', 'services'],
  ['Event', 'events'],
];

const LOOKS: Record<SourceAge['state'], { glyph: GlyphName; tone: string }> = {
  live: { glyph: 'live', tone: 'text-ready' },
  stale: { glyph: 'stale', tone: 'text-warn-t' },
  pending: { glyph: 'pending', tone: 'text-t3' },
  hidden: { glyph: 'unknown', tone: 'text-t3' },
  absent: { glyph: 'unknown', tone: 'text-t3' },
};

/** The age of each source, at the foot of the wall. */
export function SourceRow({ ages }: { ages: readonly SourceAge[] }) {
  const { text, format } = useI18n();
  const words: Record<SourceAge['state'], (age: number) => string> = {
    live: format.freshness,
    stale: (age) => text.stale(format.freshness(age)),
    pending: () => '–',
    hidden: () => text.hidden,
    absent: () => text.absent,
  };
  return (
    <ul className="col-span-2 flex justify-between border-line border-t-2 pt-2.5 text-[1.75rem]/[2.5rem] text-t2">
      {SHOWN.map(([kind, name]) => {
        const { state, age } = ages.find((one) => one.kind === kind) ?? { state: 'pending', age: 0 };
        const { glyph, tone } = LOOKS[state];
        return (
          <li key={kind} className="flex items-center gap-3" data-testid={`source-${kind}`} data-state={state}>
            <Glyph name={glyph} className={`size-6 ${tone}`} />
            <span className={state === 'stale' ? 'text-warn-t' : ''}>
              {name} <span className={state === 'stale' ? '' : 'text-t1'}>{words[state](age)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
