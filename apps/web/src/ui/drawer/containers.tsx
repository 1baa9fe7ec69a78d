import type { Tone } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph, type GlyphName } from '../../views/glyph.tsx';
import { GLYPH_TONE } from '../../views/tones.ts';
import type { ContainerRow } from './manifest.ts';

const CALM = new Set(['ContainerCreating', 'PodInitializing', 'waiting']);

function markOf({ state, ready, init }: ContainerRow): { glyph: GlyphName; tone: Tone } {
  if (state === 'Completed') return { glyph: 'completed', tone: 'gone' };
  if (state === 'running')
    return ready || init ? { glyph: 'ready', tone: 'ready' } : { glyph: 'notready', tone: 'warn' };
  return CALM.has(state) ? { glyph: 'creating', tone: 'start' } : { glyph: 'fail', tone: 'fail' };
}

/** The containers of a pod with their images and states. */
export function Containers({ rows }: { rows: readonly ContainerRow[] }) {
  const { text, format } = useI18n();
  return (
    <ul className="flex flex-col gap-2">
      {rows.map((row) => {
        const { glyph, tone } = markOf(row);
        return (
          <li key={`${row.init}/${row.name}`} className="flex gap-2">
            <Glyph name={glyph} className={`mt-0.5 size-3 ${GLYPH_TONE[tone]}`} />
            <div className="min-w-0 flex-1">
              <div className="flex gap-2">
                <span className="truncate">{row.name}</span>
                <span className="ml-auto whitespace-nowrap text-12 text-t2">
                  {row.restarts > 0
                    ? `${row.state}, ${text.restarts(row.restarts, format.number(row.restarts))}`
                    : row.state}
                </span>
              </div>
              <div className="truncate font-mono text-11 text-t2" title={row.image}>
                {row.image}
              </div>
              {row.message && <p className="mt-0.5 text-12 text-t2">{row.message}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
