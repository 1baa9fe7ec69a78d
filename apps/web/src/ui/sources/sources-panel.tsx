import type { Source } from '@portolan/shared';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useClockOffsets, useConnection, useNow, useSources, useToldSources } from '../../store/live.tsx';
import type { SourceAge } from '../../store/source-age.ts';
import { Glyph } from '../../views/glyph.tsx';
import { GLYPH_TONE } from '../../views/tones.ts';
import { Modal } from '../modal.tsx';
import { Reports } from './reports.tsx';
import { sourceLook } from './source-looks.ts';

export interface SourcesPanelProps {
  cluster: string;
  onClose(): void;
}

/** The `Date` header tells the apiserver's clock to a second; less than this is none. */
const SKEWED = 2_000;

const HEAD = 'px-3 py-1.5 text-11 text-t3';

/** Every kind that is watched: its state, how much there is of it, how old it may be, and what is being done about it. */
export function SourcesPanel({ cluster, onClose }: SourcesPanelProps) {
  const { text } = useI18n();
  const sources = useToldSources();
  const { offset } = useClockOffsets();
  const now = useNow(500);
  const ages = useSources(now);
  const [reports, setReports] = useState(false);
  return (
    <Modal
      name="sources"
      title={text.sourcesTitle}
      className="mt-14 mr-4 mb-4 ml-auto max-h-[calc(100vh-72px)] w-220 max-w-[calc(100vw-32px)] overflow-y-auto"
      onClose={onClose}
    >
      <p className="mt-1 text-t2">{text.sourcesIntro}</p>
      <table className="mt-3 w-full border-collapse text-12">
        <caption className="sr-only">{text.sourcesTitle}</caption>
        <thead>
          <tr className="border-line border-b">
            {[text.sourceKind, text.sourceState, text.sourceObjects, text.sourceAge, text.sourceNote].map((title) => (
              <th
                key={title}
                scope="col"
                className={`${HEAD} ${title === text.sourceObjects ? 'text-right' : 'text-left'}`}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Row
              key={source.kind}
              source={source}
              age={ages.find(({ kind }) => kind === source.kind)}
              serverNow={now + offset}
            />
          ))}
        </tbody>
      </table>
      <StreamFacts />
      <button
        type="button"
        aria-expanded={reports}
        onClick={() => setReports(!reports)}
        className="mt-4 h-8 rounded-tile border border-line2 bg-s2 px-3 hover:bg-s3"
      >
        {text.sourceReports}
      </button>
      {reports && <Reports cluster={cluster} />}
    </Modal>
  );
}

interface RowProps {
  source: Source;
  age: SourceAge | undefined;
  serverNow: number;
}

function Row({ source, age, serverNow }: RowProps) {
  const { text, format } = useI18n();
  const { kind, state, objects, problem, retryAt, reading } = source;
  const aged = age?.state ?? 'pending';
  const { glyph, tone } = sourceLook(state, aged);
  const known = aged === 'live' || aged === 'stale';
  const notes = [
    reading &&
      (reading.expected === null
        ? text.sourceReadingSome(format.number(reading.received))
        : text.received(format.number(reading.received), format.number(reading.expected))),
    problem && text.problem(problem),
    retryAt !== null &&
      state !== 'live' &&
      (retryAt > serverNow ? text.nextTry(format.wait(retryAt - serverNow)) : text.tryingNow),
  ].filter((note) => typeof note === 'string');
  return (
    <tr
      data-testid={`source-row-${kind}`}
      data-state={state}
      data-age={aged}
      className={`border-line border-b align-top ${aged === 'stale' ? 'hatched' : ''}`}
    >
      <th scope="row" className="px-3 py-1.5 text-left">
        {kind}
      </th>
      <td className="whitespace-nowrap px-3 py-1.5">
        <Glyph name={glyph} className={`mr-1.5 size-3.5 align-[-2px] ${GLYPH_TONE[tone]}`} />
        {state === 'live' && aged === 'stale' ? text.sourceWasLive : text.sourceStates[state]}
      </td>
      <td className="px-3 py-1.5 text-right">{known ? format.number(objects) : '–'}</td>
      <td className={`whitespace-nowrap px-3 py-1.5 ${aged === 'stale' ? 'text-warn-t' : ''}`}>
        {!known
          ? '–'
          : aged === 'stale'
            ? text.stale(format.freshness(age?.age ?? 0))
            : format.freshness(age?.age ?? 0)}
      </td>
      <td className="break-words px-3 py-1.5 text-t2">{notes.join(' · ')}</td>
    </tr>
  );
}

/** What concerns the stream itself: how often the picture was found to be another than the server's, and why it last failed. */
function StreamFacts() {
  const { text, format } = useI18n();
  const { divergences, problem } = useConnection();
  const { skew } = useClockOffsets();
  return (
    <p className="mt-3 text-12 text-t2" data-testid="stream-facts">
      {text.sourceDivergences(divergences, format.number(divergences))}
      {Math.abs(skew) >= SKEWED && ` ${text.sourceSkew(format.freshness(Math.abs(skew)), skew > 0)}`}
      {problem !== null && ` ${problem}`}
    </p>
  );
}
