import { humanDuration } from '@portolan/shared';
import { conditionMark } from '../../views/entity-mark.ts';
import { Glyph } from '../../views/glyph.tsx';
import { GLYPH_TONE } from '../../views/tones.ts';
import type { ConditionRow } from './manifest.ts';
import { Row } from './section.tsx';

/** The conditions as the cluster states them: how long they have held, or why they do not. `now` is the server's clock. */
export function Conditions({ rows, now }: { rows: readonly ConditionRow[]; now: number }) {
  return (
    <ul>
      {rows.map(({ type, status, reason, message, since }) => {
        const { glyph, tone } = conditionMark(type, status);
        const age = since === null ? '' : humanDuration(now - since);
        return (
          <li key={type}>
            <Row right={tone === 'ready' ? age : (reason ?? age)} title={[reason, message].filter(Boolean).join(': ')}>
              <Glyph name={glyph} className={`size-3 ${GLYPH_TONE[tone]}`} />
              <span>{type}</span>
              <span className="text-t2">{status}</span>
            </Row>
          </li>
        );
      })}
    </ul>
  );
}
